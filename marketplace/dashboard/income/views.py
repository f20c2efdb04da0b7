"""Income of sellers by quarter, for finance staff. Every look is a row in the audit trail, and says whether identities were shown."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.core import audit, tables
from marketplace.settlement.periods import Period

from . import report

PERMISSION = "opening.read_identity"


@require_safe
@never_cache
def quarter(request):
    """The quarter chosen, by default the one before this."""
    wanted = quarter_of(request)
    found = read(request, wanted, "income_report.viewed")
    context = {
        "quarters": [(report.name_of(each), each == wanted) for each in report.quarters(timezone.localdate())],
        "quarter": wanted,
        "name": report.name_of(wanted),
        "due": report.due(wanted),
        "rows": [(row, row.figures.in_yuan) for row in found],
        "with_identity": request.user.has_perm(PERMISSION),
    }
    return render(request, "oscar/dashboard/income/quarter.html", context)


@require_safe
@never_cache
def table(request):
    """The same as CSV."""
    wanted = quarter_of(request)
    rows = [report.cells(wanted, row) for row in read(request, wanted, "income_report.taken")]
    return tables.csv_answer(f"income-{report.name_of(wanted)}.csv", report.headers(), rows)


def quarter_of(request) -> Period:
    known = {report.name_of(each): each for each in report.quarters(timezone.localdate())}
    name = request.GET.get("quarter") or list(known)[1]
    if name not in known:
        raise Http404
    return known[name]


def read(request, wanted: Period, deed: str) -> list[report.Row]:
    with_identity = request.user.has_perm(PERMISSION)
    audit.record(deed, of=request.user, by=request.user, quarter=report.name_of(wanted), identities=with_identity)
    return report.rows(wanted, with_identity=with_identity)
