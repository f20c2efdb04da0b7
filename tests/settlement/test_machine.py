"""Chance against the ledger: 2,000 steps with every run of the suite, as many as one likes with MONEY_STEPS (make chance)."""

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from marketplace.accounts.models import User
from marketplace.settlement.models import CommissionRate
from tests import money, shop
from tests.settlement.machine import DOORS, Money

STEPS = int(os.environ.get("MONEY_STEPS", "2000"))
IN_ONE_HISTORY = 50
USUALLY = 42
"""Some histories end sooner."""


@pytest.fixture
def shops(db, settings, monkeypatch):
    """Three sellers of odd prices with accounts at a bank, a rate for each of the ways there are, and two of the staff."""
    settings.PAYOUT_DOORS = DOORS
    shop.country()
    sellers = [money.give_account(shop.seller(f"示例{n}店", fee=fee)) for n, fee in enumerate(["8.00", "0.07", None])]
    prices = zip(sellers, ["59.90", "0.03", "133.33"], strict=True)
    goods = tuple(shop.product(of, price=price, stock=10**6, grams=500) for of, price in prices)
    since = timezone.now() - timedelta(days=999)
    CommissionRate.objects.create(scope="platform", percent="3.33", since=since)
    CommissionRate.objects.create(scope="seller", seller=sellers[2], percent="50", since=since)
    people = tuple(User.objects.create(mobile=f"+861390000009{n}", nickname=f"示例财务{n}") for n in range(2))
    monkeypatch.setattr(Money, "goods", goods)
    monkeypatch.setattr(Money, "people", people)
    monkeypatch.setattr(Money, "taken", 0)


def test_not_a_fen_is_lost_in_any_order_of_events(shops):
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=STEPS // USUALLY,
            stateful_step_count=IN_ONE_HISTORY,
            deadline=None,
            derandomize="MONEY_STEPS" not in os.environ,
            database=None,
            phases=[Phase.generate, *([Phase.shrink] if "MONEY_STEPS" not in os.environ else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )

    print(f"\n{Money.taken} steps on {connection.vendor}, 0 fen off")  # noqa: T201
    assert Money.taken >= STEPS * 0.9
