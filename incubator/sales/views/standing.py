"""Sellers who have come to a stop, and what goods add to their raw price: tables that go home as workbooks."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from incubator.sales import pricing
from incubator.sales import stalled as standing
from incubator.sales.figures import Figures
from incubator.sales.forms import FiguresSift, RawPriceForm
from incubator.sales.models import RawPrice
from incubator.sales.value import added_in_all, values
from incubator.shell import staff_only
from marketplace.core.money import to_yuan

from .figures import workbook

PER_PAGE = 50


@staff_only
@require_safe
def stalled(request):
    """Who has stopped, why we think so, and a next step."""
    found = standing.stalled(request.user, timezone.localdate())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "incubator/sales/stalled.html", {"page": page})


@staff_only
@require_safe
def stalled_export(request):
    """The same list as a workbook."""
    headers = [
        _("Seller"),
        _("Signs"),
        _("Last listed"),
        _("Last sale"),
        _("Refunded (%)"),
        _("Before (%)"),
        _("Next step"),
    ]
    rows = (
        [
            each.standing.seller.display_name,
            "; ".join(each.reasons),
            each.standing.listed_on,
            each.standing.sold_on,
            each.standing.refund_percent,
            each.standing.refund_percent_before,
            each.step,
        ]
        for each in standing.stalled(request.user, timezone.localdate())
    )
    return workbook(headers, rows, "stalled-sellers.xlsx")


def values_of(request):
    """The form of days, and every good sold in them with its raw price."""
    sift = FiguresSift(request.GET or None)
    goods = Figures(request.user, sift.asked).products
    prices = RawPrice.objects.visible_to(request.user).known_on(sift.asked.until)
    return sift, values([good for good in goods if good.net_fen or good.grams], prices)


@staff_only
@require_safe
def value(request):
    """Value added against the raw price, good by good."""
    sift, found = values_of(request)
    added, unknown = added_in_all(found)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "sift": sift if request.GET else FiguresSift(initial=vars(sift.asked)),
        "asked": sift.asked,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "added": to_yuan(added) if unknown < len(found) else None,
        "unknown": unknown,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "incubator/sales/value.html", context)


@staff_only
@require_safe
def value_export(request):
    """The same table as a workbook; unknown stays empty."""
    headers = [
        _("Product"), "kg", _("Net sales"), _("Net per kg"), _("Raw price per kg of goods"), _("Value added per kg"),
        _("Value added"), _("Source"), _("As of"),
    ]  # fmt: skip
    rows = (
        [
            each.sums.name, each.sums.grams / 1000, each.sums.net, each.per_kg, each.raw_per_kg, each.added_per_kg,
            each.added, each.raw and each.raw.source, each.raw and each.raw.as_of,
        ]
        for each in values_of(request)[1]
    )  # fmt: skip
    return workbook(headers, rows, "value-added.xlsx")


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def raw_price(request):
    """Note the raw price of one good that was sold here."""
    good, name = good_of(request)
    form = RawPriceForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        pricing.note(good=good, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect(reverse("incubator:sales:value"))
    earlier = RawPrice.objects.visible_to(request.user).filter(good=good).order_by("-as_of", "-pk")[:PER_PAGE]
    return render(request, "incubator/sales/raw_price.html", {"form": form, "name": name, "earlier": earlier})


def good_of(request) -> tuple[str, str]:
    """The good named in the address and what it is called; 404 for one that was never sold in this person's places."""
    asked = request.GET.get("good", "")
    everything = FiguresSift({"since": "2000-01-01"}).asked
    known = {good.key: good.name for good in Figures(request.user, everything).products}
    if asked not in known:
        raise Http404
    return asked, known[asked]
