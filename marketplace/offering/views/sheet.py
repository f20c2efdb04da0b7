"""The table of a seller's goods: taken out, brought back, looked at, carried out, taken back."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from marketplace.core import imports
from marketplace.core.models import ImportRun
from marketplace.core.tables import Row, UnreadableTable, handed_out, read_table
from marketplace.offering.sheet import MOST_ROWS, GoodsImporter, workbook
from marketplace.seller.access import SellerPage, seller_page
from marketplace.seller.capabilities import Can

SALT = "seller.goods-table"
GOOD_FOR_SECONDS = 3600
SHOWN_RUNS = 10


class TableForm(forms.Form):
    """The table as it came back."""

    file = forms.FileField(
        label=gettext_lazy("Table of goods"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": gettext_lazy("Please choose the table.")},
    )


@require_safe
@seller_page(Can.LIST)
def download(request):
    """Every pack of the shop as a workbook."""
    return handed_out(f"goods-{timezone.localdate():%Y%m%d}.xlsx", workbook(request.seller))


class Sheet(SellerPage):
    """Look at a table first; what was looked at comes back sealed and is carried out."""

    capability = Can.LIST

    def get(self, request):
        return self.page(request, TableForm())

    def post(self, request):
        if "sealed" in request.POST:
            return self.carry_out(request)
        form = TableForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(request, form, status=422)
        file = form.cleaned_data["file"]
        try:
            rows = list(read_table(file, file.name).rows)
        except UnreadableTable as refusal:
            form.add_error("file", refusal.for_people)
            return self.page(request, form, status=422)
        if len(rows) > MOST_ROWS:
            form.add_error("file", _("A table has at most %(most)s rows. Please split it.") % {"most": MOST_ROWS})
            return self.page(request, form, status=422)
        return self.look(request, form, rows, file.name)

    def look(self, request, form, rows, name):
        """What the table would do, and the button that does it."""
        report = imports.look(self.importer(request, rows), rows)
        sealed = signing.dumps(
            {"seller": request.seller.pk, "name": name[:200], "rows": [[row.number, row.values] for row in rows]},
            salt=SALT,
            compress=True,
        )
        return self.page(request, form, report=report, sealed=sealed)

    def carry_out(self, request):
        try:
            told = signing.loads(request.POST["sealed"], salt=SALT, max_age=GOOD_FOR_SECONDS)
        except signing.BadSignature:
            told = {}
        if told.get("seller") != request.seller.pk:
            messages.error(request, _("The look at this table is too old. Please bring it again."))
            return redirect("seller:goods-table")
        rows = [Row(number, values) for number, values in told["rows"]]
        run = imports.apply(
            self.importer(request, rows),
            rows,
            file_name=told["name"],
            digest=imports.digest(request.POST["sealed"].encode()),
            scope=scope_of(request.seller),
            by=request.user,
            at=timezone.now(),
        )
        said = {"new": run.new, "updated": run.updated, "refused": run.refused}
        messages.success(request, _("Done: %(new)s new, %(updated)s changed, %(refused)s refused.") % said)
        return redirect("seller:goods-table")

    def importer(self, request, rows):
        return GoodsImporter(request.seller, request.user, timezone.now(), rows)

    def page(self, request, form, status=200, **more):
        runs = ImportRun.objects.filter(kind=GoodsImporter.kind, scope=scope_of(request.seller))[:SHOWN_RUNS]
        return render(request, "marketplace/seller/sheet.html", {"form": form, "runs": runs} | more, status=status)


def scope_of(seller) -> str:
    """How imports of this seller are marked."""
    return f"seller:{seller.pk}"


@require_POST
@seller_page(Can.LIST)
def undo(request, pk):
    """Put everything back as it was before one import."""
    runs = ImportRun.objects.filter(kind=GoodsImporter.kind, scope=scope_of(request.seller))
    try:
        imports.undo(run=get_object_or_404(runs, pk=pk), by=request.user, at=timezone.now())
        messages.success(request, _("The import was undone."))
    except imports.CannotUndo as refusal:
        messages.error(request, refusal.for_people)
    return redirect("seller:goods-table")
