"""Doors of the table: get it, bring it back filled in, look, then ship."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core import imports
from marketplace.core.states import IllegalMove
from marketplace.core.tables import Row, UnreadableTable, handed_out, read_table

from ..access import seller_page
from ..capabilities import Can
from . import bulk as tables
from . import shelf
from .views import MOST_PAPERS

SALT = "seller.ship-orders"


class TableForm(forms.Form):
    """The filled-in table."""

    file = forms.FileField(
        label=gettext_lazy("Table with tracking numbers"),
        help_text=gettext_lazy("XLSX or CSV with the columns order number, courier and tracking number."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


@require_safe
@seller_page(Can.SHIP)
def table(request):
    """The orders that wait, as a workbook to fill in."""
    waiting = shelf.in_tab(shelf.of(request.member), shelf.TO_SHIP)
    waiting = waiting.select_related("shipping_address").prefetch_related("lines")[: tables.MOST_ROWS]
    return handed_out(f"orders-{timezone.localdate():%Y%m%d}.xlsx", tables.to_fill_in(waiting))


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page(Can.SHIP)
def bulk(request):
    """Look at a table first; what was looked at comes back sealed and is carried out."""
    if "sealed" in request.POST:
        return carried_out(request)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return show(request, form)
    file = form.cleaned_data["file"]
    try:
        rows = tables.normal(read_table(file, file.name))
    except UnreadableTable as refusal:
        form.add_error("file", refusal.for_people)
        return show(request, form)
    return looked(request, form, rows, file.name)


def show(request, form, **context):
    return render(request, "marketplace/seller/orders/bulk.html", {"form": form, "most": MOST_PAPERS} | context)


def looked(request, form, rows: list[Row], name: str):
    """What the table would do, and the button that does it."""
    importer = tables.Shipping(request.member)
    report = imports.look(importer, rows)
    sealed = signing.dumps(
        {"seller": request.seller.pk, "name": name[:200], "rows": [[row.number, row.values] for row in rows]},
        salt=SALT,
        compress=True,
    )
    return show(request, form, report=report, doubts=importer.doubts, sealed=sealed)


def opened(request) -> tuple[list[Row], str] | None:
    """The rows that were looked at, in the order of their orders' numbers; None for a seal of somebody else."""
    try:
        said = signing.loads(request.POST["sealed"], salt=SALT, max_age=24 * 60 * 60)
    except signing.BadSignature:
        return None
    if said["seller"] != request.seller.pk:
        return None
    rows = [Row(number, values) for number, values in said["rows"]]
    return sorted(rows, key=lambda row: row["order"]), said["name"]


def carried_out(request):
    """Ship what the rows say. Pressed twice, the second time finds the parcels noted."""
    sealed = opened(request)
    if sealed is None:
        messages.error(request, _("Please choose the table again."))
        return redirect("seller:orders-bulk")
    rows, name = sealed
    try:
        run = imports.apply(
            tables.Shipping(request.member),
            rows,
            file_name=name,
            digest=imports.digest(request.POST["sealed"].encode()),
            scope=f"seller:{request.seller.pk}",
            by=request.user,
            at=timezone.now(),
        )
    except (IllegalMove, IntegrityError, ValueError):
        messages.error(request, _("An order was shipped by somebody else meanwhile. Please choose the table again."))
        return redirect("seller:orders-bulk")
    return done(request, run)


def done(request, run):
    if run.new:
        messages.success(
            request,
            ngettext("%(n)s order is on its way.", "%(n)s orders are on their way.", run.new) % {"n": run.new},
        )
    else:
        messages.info(request, _("No order was shipped: the table holds nothing new."))
    return redirect("seller:orders")
