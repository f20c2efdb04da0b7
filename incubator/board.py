"""What staff see first: how their places stand, from sums and small tables only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from incubator.agreements.models import Agreement
from incubator.agreements.states import BINDING, AgreementState
from incubator.learning import funnel
from incubator.learning.models import Enrolment
from incubator.matching.models import Fair
from incubator.sales.figures import Asked, Figures
from incubator.sales.models import AccountDay
from incubator.sales.stalled import Stalled, stalled

WEEKS = 26
FAIRS_SHOWN, PROMISES_SHOWN, STALLED_SHOWN = 4, 6, 5
MOST_RUNNING = 500


@dataclass(frozen=True)
class Promise:
    """What was agreed and what has come of it."""

    agreement: Agreement
    grams: int
    first_on: date | None
    today: date

    @property
    def percent(self) -> int:
        return self.grams // 10 // self.agreement.volume_kg

    @property
    def time_percent(self) -> int:
        """How much of its period has gone by."""
        begins, ends = self.agreement.begins_on, self.agreement.ends_on
        return max(0, min(100, 100 * (self.today - begins).days // ((ends - begins).days or 1)))

    @property
    def is_late(self) -> bool:
        """True if its first order did not come within 30 days."""
        due = self.agreement.first_order_due
        return due is not None and (self.first_on or self.today) > due


class Board:
    """Everything on the first page of staff, each part asked for when it is drawn."""

    def __init__(self, user, today: date):
        self.user, self.today = user, today

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.user, Asked(self.today - timedelta(weeks=WEEKS), self.today))

    @cached_property
    def funnel(self) -> list[tuple[str, int, int]]:
        """Name of each step, how many people reached it, and percent of the enrolled."""
        whole = funnel.whole(Enrolment.objects.visible_to(self.user))
        return [
            (str(name), reached, 100 * reached // (whole.enrolled or 1))
            for name, reached in [
                (funnel.ENROLLED, whole.enrolled),
                *zip(funnel.STEPS.values(), whole.reached, strict=True),
            ]
        ]

    @cached_property
    def fairs(self) -> list[Fair]:
        """The latest fairs with what came of them."""
        signed = Agreement.objects.filter(proposal__run__fair=OuterRef("pk"), state__in=BINDING).order_by()
        number = signed.values("proposal__run__fair").annotate(n=Count("pk")).values("n")
        found = Fair.objects.visible_to(self.user).select_related("plan").defer("plan__inputs", "plan__report")
        return list(found.annotate(signed=Coalesce(Subquery(number), 0)).order_by("-held_on", "-pk")[:FAIRS_SHOWN])

    @cached_property
    def promises(self) -> list[Promise]:
        """Agreements in force, those furthest behind their time first."""
        running = Agreement.objects.for_staff(self.user).filter(
            state__in=(AgreementState.SIGNED, AgreementState.ACTIVE)
        )
        # Above nought, because the index by agreement holds nothing else.
        days = AccountDay.objects.filter(agreement=OuterRef("pk"), agreement__gt=0).order_by()
        agreements = running.select_related("cooperative").annotate(
            kept=Coalesce(Subquery(days.values("agreement").annotate(n=Sum("grams")).values("n")), 0),
            first_on=Subquery(days.filter(lines__gt=0).order_by("day").values("day")[:1]),
        )
        found = [
            Promise(each, each.kept, each.first_on, self.today) for each in agreements.order_by("-pk")[:MOST_RUNNING]
        ]
        return sorted(found, key=lambda each: (not each.is_late, each.percent - each.time_percent, each.agreement.pk))

    @property
    def late(self) -> int:
        """How many agreements wait for a first order that is overdue."""
        return sum(each.is_late for each in self.promises)

    @property
    def worst_promises(self) -> list[Promise]:
        return self.promises[:PROMISES_SHOWN]

    @cached_property
    def all_stalled(self) -> list[Stalled]:
        return stalled(self.user, self.today)

    @property
    def stalled(self) -> list[Stalled]:
        return self.all_stalled[:STALLED_SHOWN]
