"""Agreements, and sales that count for them."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from incubator.agreements import actions
from incubator.agreements.models import Agreement
from incubator.sales import rollups
from incubator.sales.models import ChannelAccount, SaleFact, week_of
from tests import incubator

TERMS = {
    "goods": "大米",
    "price_kind": Agreement.PriceKind.FIXED,
    "price": Decimal("8.50"),
    "volume_kg": 1000,
    "commission_percent": Decimal(8),
    "begins_on": date(2026, 1, 1),
    "ends_on": date(2026, 12, 31),
}


def agreement(cooperative=None, partner=None, by=None, **terms):
    """A letter of intent with its paper."""
    made = actions.draw_up(
        cooperative=cooperative or incubator.cooperative(),
        partner=partner or incubator.partner(),
        file=ContentFile(b"%PDF-1.4 paper", name="agreement.pdf"),
        by=by,
        at=timezone.now(),
        **(TERMS | terms),
    )
    made.refresh_from_db()
    return made


def signed(of, first, second, on=date(2026, 1, 10)):
    """Handed in by one person, checked by another."""
    actions.move(agreement=of, move="submit", by=first, at=timezone.now())
    return actions.move(agreement=of, move="sign", by=second, at=timezone.now(), on=on)


def account(name="测试店", channel="taobao", area=incubator.QIQIHAR):
    """A channel account of one place."""
    return ChannelAccount.objects.get_or_create(channel=channel, name=name, defaults={"area": area})[0]


def counted(of, code="A-1", by_account=None):
    """Let sales of a code count for an agreement."""
    return actions.count_good(agreement=of, account=by_account or account(), code=code, by=None)


def sale(number, *, on, code="A-1", of=None, grams=5000, fen=5000, refunded=0):
    """One paid line of one order."""
    fact = SaleFact.objects.create(
        account=of or account(),
        order_number=str(number),
        state=40,
        sold_on=on,
        week=week_of(on),
        title="大米 5kg",
        code=code,
        quantity=1,
        grams=grams,
        grams_kept=grams,
        gross_fen=fen,
        refunded_fen=refunded,
        is_first=1,
        evidence=2,
        recorded_at=timezone.now() - timedelta(days=1),
    )
    rollups.follow([], [vars(fact)])
    return fact
