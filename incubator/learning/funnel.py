"""From training to sales: how many people came how far, each person counted once, and on which day.

enrolled → trained (was there, or learnt a lesson and passed its quiz, if any) → certified → shop open → first listing → first sale → sold in a third
month. A shop that was open before the course counts as well: the funnel says what happened, not why.
"""

from dataclasses import dataclass
from functools import cache

from django.db.models import Case, CharField, Count, DateField, Func, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest, Substr, TruncDate
from django.utils.translation import gettext_lazy as _

from incubator.sales.models import AccountDay, ChannelAccount
from marketplace.catalogue.models import Listing
from marketplace.seller.capabilities import TeamRole
from marketplace.seller.models import Membership

from .models import Attendance, Certificate, Enrolment, Learnt, Result

COUNTY = 6
STEPS = {
    "trained": _("Trained"),
    "certified": _("Certified"),
    "shop": _("Shop open"),
    "listing": _("First listing"),
    "sale": _("First sale"),
    "months": _("Three months of sales"),
}
"""Name of the step's day on a row of ``with_days`` → what it is called."""
ENROLLED = _("Enrolled")
GROUPS = {
    "programme": ("cohort__programme", "cohort__programme__name", "cohort__programme__name_en"),
    "cohort": ("cohort", "cohort__course__title", "cohort__course__title_en", "cohort__number"),
    "county": ("county",),
}


class NextMonth(Func):
    """The first day of the month after that of a day."""

    output_field = DateField()

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(
            compiler, connection, template="date(%(expressions)s, 'start of month', '+1 month')", **extra
        )

    def as_postgresql(self, compiler, connection, **extra):
        template = "(date_trunc('month', %(expressions)s::timestamp) + interval '1 month')::date"
        return self.as_sql(compiler, connection, template=template, **extra)


@dataclass(frozen=True)
class Row:
    """One group: its key values, how many enrolled, and how many reached each step, in the order of STEPS."""

    group: tuple
    enrolled: int
    reached: tuple[int, ...]


def first(rows: QuerySet, day: str) -> Subquery:
    return Subquery(rows.order_by(day).values(day)[:1])


def mastered(rows: QuerySet) -> QuerySet:
    """Lessons said to be learnt, without those whose quiz is not passed; ``mastered_at`` is when the last of both was done."""
    same = {"enrolment": OuterRef("enrolment"), "lesson": OuterRef("lesson")}
    rows = rows.annotate(passed_at=first(Result.objects.filter(is_passed=True, **same), "sent_at"))
    without = Q(lesson__has_quiz=False)
    mastered_at = Case(When(without, then="at"), default=Greatest("at", "passed_at"))
    return rows.filter(without | Q(passed_at__isnull=False)).annotate(mastered_at=mastered_at)


def first_sale(owned: dict, since: str = "") -> Subquery:
    """The first day something was sold, or the first since another day of the row: of each account one look at its index."""
    sold = AccountDay.objects.filter(account=OuterRef("pk"), kept__gt=0)
    if since:
        sold = sold.filter(day__gte=OuterRef(OuterRef(since)))
    accounts = ChannelAccount.objects.filter(**owned).order_by().values("seller__members__user")
    return Subquery(accounts.annotate(day=Min(first(sold, "day"))).values("day"))


@cache
def days() -> dict:
    """The day a learner reached each step, as expressions over an enrolment; null for a step not reached. Some only lead to others."""
    owned = {"seller__members__user": OuterRef("learner__user"), "seller__members__role": TeamRole.OWNER}
    same = {"enrolment__learner": OuterRef("learner"), "enrolment__cohort": OuterRef("cohort")}
    was_there = first(Attendance.objects.filter(**same), "session__on")
    learnt = first(mastered(Learnt.objects.filter(**same)).annotate(day=TruncDate("mastered_at")), "day")
    shelf = Listing.objects.filter(Q(is_live=True) | Q(sold__gt=0), **owned).annotate(day=TruncDate("listed_at"))
    shops = Membership.objects.filter(user=OuterRef("learner__user"), role=TeamRole.OWNER)
    papers = Certificate.objects.filter(revoked_at=None, **same).annotate(day=TruncDate("issued_at"))
    return {
        "trained": Coalesce(was_there, learnt),
        "certified": first(papers, "day"),
        "shop": first(shops, "seller__joined_on"),
        "listing": first(shelf, "day"),
        "sale": first_sale(owned),
        "second_since": NextMonth("sale"),
        "second": first_sale(owned, "second_since"),
        "third_since": NextMonth("second"),
        "months": first_sale(owned, "third_since"),
    }


def with_days(enrolments: QuerySet) -> QuerySet:
    """Enrolments, each with the day of every step."""
    return enrolments.annotate(**days())


def counted(enrolments: QuerySet) -> QuerySet:
    """Those who stayed, with the day of every step to count by."""
    return enrolments.exclude(state=Enrolment.State.LEFT).alias(**days())


@cache
def people() -> dict[str, Count]:
    """How many enrolled and how many reached each step, each person once."""
    steps = {f"n_{name}": Count("learner", distinct=True, filter=Q(**{f"{name}__isnull": False})) for name in STEPS}
    return {"enrolled": Count("learner", distinct=True)} | steps


def whole(enrolments: QuerySet) -> Row:
    """One query: the steps of all together."""
    row = counted(enrolments).aggregate(**people())
    return Row((), row["enrolled"], tuple(row[f"n_{name}"] for name in STEPS))


def funnel(enrolments: QuerySet, by: str) -> list[Row]:
    """One query: the steps per ``by``, a key of GROUPS."""
    keys = GROUPS[by]
    rows = (
        counted(enrolments)
        .annotate(county=Substr("learner__area", 1, COUNTY, output_field=CharField()))
        .order_by(*keys[:1])
        .values(*keys)
        .annotate(**people())
    )
    return [
        Row(tuple(row[key] for key in keys), row["enrolled"], tuple(row[f"n_{name}"] for name in STEPS)) for row in rows
    ]
