"""Prices that were charged, and which of them may be struck out."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from marketplace.catalogue.prices import struck_out
from marketplace.offering.models import PriceChange
from tests import shop

BEGAN = datetime(2026, 5, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def ago(days):
    return BEGAN - timedelta(days=days)


HISTORIES = {
    "nothing known": ([], 0, None),
    "never another price": ([(ago(90), "59.90")], 0, None),
    "a real reduction": ([(ago(120), "59.90"), (BEGAN, "49.90")], 0, "59.90"),
    "the lowest of the week before": ([(ago(120), "59.90"), (ago(4), "55.00"), (BEGAN, "49.90")], 0, "55.00"),
    "cheaper just before": ([(ago(120), "59.90"), (ago(3), "39.90"), (BEGAN, "49.90")], 0, None),
    "raised for an hour to look reduced": ([(ago(120), "49.90"), (ago(0.05), "99.00"), (BEGAN, "49.90")], 0, None),
    "dear long ago": ([(ago(120), "99.00"), (ago(30), "55.00"), (BEGAN, "49.90")], 0, "55.00"),
    "the price by now": ([(ago(120), "59.90"), (BEGAN, "49.90")], 31, None),
    "dearer than before": ([(ago(120), "59.90"), (BEGAN, "69.90")], 0, None),
}


@pytest.mark.parametrize(("history", "days_later", "expected"), HISTORIES.values(), ids=HISTORIES.keys())
def test_a_struck_out_price_was_really_charged(history, days_later, expected):
    rows = [(since, Decimal(price)) for since, price in history]

    found = struck_out(rows, BEGAN + timedelta(days=days_later))

    assert found == (Decimal(expected) if expected else None)


@pytest.mark.django_db
class TestHistory:
    def test_has_a_row_for_each_new_price(self):
        good = shop.product(shop.seller(), price="59.90")
        stock = good.stockrecords.get()
        for price in ("59.90", "49.90", "49.90"):
            stock.price = Decimal(price)
            stock.save()

        assert [str(change.price) for change in PriceChange.objects.all()] == ["59.90", "49.90"]

    def test_begins_with_the_old_price_where_nobody_noted_it(self):
        good = shop.product(shop.seller(), price="59.90")
        PriceChange.objects.all().delete()
        stock = good.stockrecords.get()
        stock.price = Decimal("49.90")
        stock.save()

        assert [str(change.price) for change in PriceChange.objects.all()] == ["59.90", "49.90"]

    def test_shows_the_old_price_struck_out(self, client):
        good = shop.product(shop.seller(), price="59.90")
        PriceChange.objects.update(since=timezone.now() - timedelta(days=20))
        stock = good.stockrecords.get()
        stock.price = Decimal("49.90")
        stock.save()

        assert "¥59.90</s>" in client.get(good.get_absolute_url()).content.decode()
