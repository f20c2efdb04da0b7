"""Sales by channel, week and cooperative, drawn and as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from incubator.agreements.fulfilment import unattributed
from incubator.sales import figures as sums
from incubator.sales.forms import FiguresSift
from incubator.sales.report import open_questions
from incubator.shell import staff_only
from marketplace.core.tables import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_only
@require_safe
def figures(request):
    """What was sold in the chosen days."""
    sift = FiguresSift(request.GET or None)
    asked = sift.asked
    facts = sums.facts_of(request.user, asked)
    context = {
        "sift": sift if request.GET else FiguresSift(initial=vars(asked)),
        "asked": asked,
        "whole": sums.whole(facts),
        "channels": sums.by_channel(facts),
        "cooperatives": sums.by_cooperative(facts),
        "weeks": sums.by_week(facts, asked),
        "questions": open_questions(facts),
        "rest": sums.whole(unattributed(facts)),
        "query": request.GET.urlencode(),
    }
    return render(request, "incubator/sales/figures.html", context)


@staff_only
@require_safe
def export(request):
    """The same figures as rows."""
    asked = FiguresSift(request.GET or None).asked
    facts = sums.facts_of(request.user, asked)
    parts = (
        [(_("Sales channel"), row.name, row) for row in sums.by_channel(facts)]
        + [(_("Cooperative"), row.name, row) for row in sums.by_cooperative(facts)]
        + [(_("Week"), str(bar.week), bar.sums) for bar in sums.by_week(facts, asked)]
    )
    headers = [_("By"), _("Name"), _("Orders"), "kg", _("Gross sales"), _("Refunded"), _("Net sales")]
    rows = ([by, name, row.orders, row.grams / 1000, row.gross, row.refunded, row.net] for by, name, row in parts)
    answer = HttpResponse(write_xlsx(headers, rows), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="sales.xlsx"'
    return answer
