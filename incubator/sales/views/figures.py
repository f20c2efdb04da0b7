"""Sales by channel, county, cooperative, product and week, drawn and as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from incubator.sales.figures import Figures, week_of
from incubator.sales.forms import FiguresSift
from incubator.shell import staff_only
from marketplace.core.tables import handed_out, write_xlsx

MOST_SHOWN = 12


@staff_only
@require_safe
def figures(request):
    """What was sold in the chosen days."""
    sift = FiguresSift(request.GET or None)
    found = Figures(request.user, sift.asked)
    context = {
        "sift": sift if request.GET else FiguresSift(initial=vars(sift.asked)),
        "asked": sift.asked,
        "figures": found,
        "products": found.products[:MOST_SHOWN],
        "more_products": len(found.products) - MOST_SHOWN,
        "monday": week_of(sift.asked.since),
        "query": request.GET.urlencode(),
    }
    return render(request, "incubator/sales/figures.html", context)


@staff_only
@require_safe
def export(request):
    """The same figures as rows, all of them."""
    found = Figures(request.user, FiguresSift(request.GET or None).asked)
    parts = (
        [(_("Sales channel"), row.name, row) for row in found.channels]
        + [(_("Place"), row.name or _("Unknown"), row) for row in found.counties]
        + [(_("Cooperative"), row.name, row) for row in found.cooperatives]
        + [(_("Product"), row.name, row) for row in found.products]
        + [(_("Week"), str(bar.week), bar.sums) for bar in found.weeks]
    )
    headers = [_("By"), _("Name"), _("Orders"), _("Lines"), "kg", _("Gross sales"), _("Refunded"), _("Net sales")]
    rows = (
        [by, name, row.orders, row.lines, row.grams / 1000, row.gross, row.refunded, row.net] for by, name, row in parts
    )
    return workbook(headers, rows, "sales.xlsx")


def workbook(headers, rows, name: str) -> HttpResponse:
    """A table to take home."""
    return handed_out(name, write_xlsx(headers, rows))
