"""The fair of the demonstration: 46 products and 35 e-commerce partners, registered, matched and approved.

Rows and terms are examples; only the names of one pair are real, and that pair was reported to cooperate in 2016.
"""

from datetime import date, time
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from incubator.matching import actions
from incubator.matching.models import Fair, Override
from marketplace.accounts.models import User

HERE = Path(__file__).parent
STAFF, SECOND = "+8613800000004", "+8613800000008"
NAME, NAME_EN = "互联网+绿色有机食品对接会(示例)", "Internet and green food matching fair (sample)"
AREA, DAY = "230200", date(2026, 12, 12)
REPORTED = ("P00001", "E00001")


def load() -> None:
    """Make the fair with its stored run, if it is not there."""
    if Fair.objects.filter(name=NAME, area=AREA).exists():
        return
    staff = User.objects.get(mobile=STAFF)
    fair = actions.plan_fair(
        name=NAME, name_en=NAME_EN, area=AREA, held_on=DAY, venue="示例会展中心", by=staff, is_sample=True
    )
    for side in ("products", "partners"):
        file = HERE / f"{side}.csv"
        preview = actions.look_at(fair=fair, side=side, data=file.read_bytes(), file_name=file.name)
        actions.take_in(fair=fair, side=side, token=preview.token, by=staff, at=timezone.now())
    actions.enrol_strangers(fair=fair, by=staff)
    run_twice(fair, staff)
    fair.refresh_from_db()
    actions.make_timetable(fair=fair, tables=12, slots=7, begins=time(9), minutes=20, by=staff, at=timezone.now())


def run_twice(fair: Fair, staff: User) -> None:
    """Once as it comes, once with the pair that was reported in 2016; the second run is the plan."""
    match(fair, 1, staff)
    actions.place_override(
        fair=fair,
        kind=Override.Kind.PIN,
        product=fair.products.get(code=REPORTED[0]),
        partner=fair.partners.get(code=REPORTED[1]),
        reason="2016 年公开报道的合作",
        by=staff,
        at=timezone.now(),
    )
    run = match(fair, 2, staff)
    actions.approve_plan(run=run, by=User.objects.get(mobile=SECOND), at=timezone.now())


def match(fair: Fair, number: int, staff: User):
    """One run, carried out here and now; the worker finds nothing left to do."""
    with transaction.atomic():
        run = actions.begin_run(fair=fair, number=number, keep=False, by=staff, at=timezone.now())
        actions.carry_out(run_id=run.pk)
    run.refresh_from_db()
    return run
