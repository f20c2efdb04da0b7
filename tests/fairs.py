"""A fair with its two sides, as the spreadsheets of tests/data/fair have them or as small as a test wants it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from incubator.matching import actions
from incubator.matching.models import Fair, FairPartner, FairProduct
from tests import incubator

SHEETS = Path(__file__).parent / "data/fair"


def fair(by=None, **fields):
    """A planned fair in Qiqihar with nobody registered."""
    usual = {"name": "测试对接会", "area": incubator.QIQIHAR, "held_on": date(2026, 12, 1)}
    return Fair.objects.create(by=by, **(usual | fields))


def product(of, code="P1", **fields):
    """Rice from Gannan, all year, that one partner may take."""
    usual = {
        "name": f"大米{code}",
        "cooperative_name": "甘南绿沃合作社",
        "county": incubator.GANNAN,
        "category": "grain_oil",
        "volume_t": Decimal(50),
        "season_from": 1,
        "season_to": 12,
        "floor_price": Decimal("6.7654"),
        "slots": 1,
    }
    return FairProduct.objects.create(fair=of, code=code, **(usual | fields))


def partner(of, code="E1", **fields):
    """Somebody who buys rice from anywhere, all year, one good."""
    usual = {
        "name": f"电商{code}",
        "kind": "company",
        "outlets": ["taobao"],
        "categories": ["grain_oil"],
        "min_volume_t": Decimal(1),
        "season_from": 1,
        "season_to": 12,
        "price_from": Decimal(6),
        "price_to": Decimal(20),
        "commission_percent": Decimal(8),
        "slots": 1,
    }
    return FairPartner.objects.create(fair=of, code=code, **(usual | fields))


def registered(by, products=2, partners=2, **fields):
    """A fair with so many on both sides."""
    made = fair(by, **fields)
    for number in range(1, products + 1):
        product(made, f"P{number}")
    for number in range(1, partners + 1):
        partner(made, f"E{number}")
    return made


def imported(of, by):
    """Both spreadsheets of 46 products and 35 partners taken in."""
    for side in ("products", "partners"):
        file = SHEETS / f"{side}.csv"
        preview = actions.look_at(fair=of, side=side, data=file.read_bytes(), file_name=file.name)
        actions.take_in(fair=of, side=side, token=preview.token, by=by, at=timezone.now())
    return of


def run(of, by, number=1, *, keep=False):
    """One finished run."""
    made = actions.begin_run(fair=of, number=number, keep=keep, by=by, at=timezone.now())
    actions.carry_out(run_id=made.pk)
    made.refresh_from_db()
    return made
