"""What time does to cases whose side said nothing."""

from django.db import transaction

from . import actions
from .models import Case
from .states import CaseState, Side
from .steps import CaseRefused, locked_case, step


def move_overdue(now) -> int:
    """Do what time does to cases whose side let it pass; returns how many moved. Safe to run at any time, twice."""
    waiting = Case.objects.overdue(now).exclude(state=CaseState.ESCALATED)
    return sum(move_if_overdue(case, now) for case in waiting.order_by("id")[:200])


@transaction.atomic
def move_if_overdue(case: Case, now) -> bool:
    """One case; False if somebody was quicker."""
    case = locked_case(case)
    if not case.is_open or case.due_at > now or case.turn.then is None:
        return False
    if case.turn.then != "accept" or not accept_for_her(case, now):
        step(case, "go_to_staff" if case.turn.then == "accept" else case.turn.then, Side.CLOCK, None, now)
    return True


def accept_for_her(case: Case, now) -> bool:
    """An unanswered offer is paid; False where it can no longer be (staff will look at it)."""
    try:
        actions.accept(case=case, by=None, at=now, side=Side.CLOCK)
    except CaseRefused:
        return False
    return True
