"""Part of an order, several parcels, and parcels that were a mistake."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from marketplace.core.states import IllegalMove
from marketplace.order import actions as orders
from marketplace.order.models import Order, Parcel
from tests import shop
from tests.cases import ZTO, an_order

pytestmark = pytest.mark.django_db


def send(order, *quantities, number="73100000000017"):
    lines = order.lines.order_by("id")
    return orders.ship(
        order=order,
        carrier="zhongtong",
        tracking_number=number,
        quantities={line.pk: n for line, n in zip(lines, quantities, strict=True)} if quantities else None,
        by=None,
        at=timezone.now(),
    )


class TestPart:
    def test_leaves_the_order_waiting_until_all_goods_are_in_parcels(self):
        order = an_order(sent=False)

        send(order, 2, 1)
        assert Order.objects.get().status == "awaiting_shipment"
        send(order, number="73100000000024")

        assert Order.objects.get().status == "awaiting_receipt"
        assert [parcel.lines.count() for parcel in order.parcels.all()] == [2, 1]


class TestUndo:
    def test_brings_the_goods_back_and_the_order_to_its_place(self):
        order = an_order()
        record = order.lines.first().stockrecord

        orders.undo_parcel(parcel=order.parcels.get(), by=None, at=timezone.now())

        order.refresh_from_db()
        record.refresh_from_db()
        assert (order.status, order.shipped_at, order.confirm_receipt_by) == ("awaiting_shipment", None, None)
        assert (record.num_in_stock, record.num_allocated) == (10, 2)
        assert not order.parcels.exists()
        send(order)
        assert Order.objects.get().status == "awaiting_receipt"

    def test_twice_changes_nothing(self):
        parcel = an_order().parcels.get()
        orders.undo_parcel(parcel=parcel, by=None, at=timezone.now())

        orders.undo_parcel(parcel=parcel, by=None, at=timezone.now())

        assert set(parcel.order.lines.values_list("num_allocated", flat=True)) == {2}

    @pytest.mark.parametrize("late", ["after an hour", "after receipt"])
    def test_is_refused(self, late):
        order = an_order(received=late == "after receipt")
        at = timezone.now() + timedelta(minutes=61 if late == "after an hour" else 0)

        with pytest.raises(orders.TooLate):
            orders.undo_parcel(parcel=order.parcels.get(), by=None, at=at)


class TestCorrect:
    def test_changes_the_number(self):
        parcel = an_order().parcels.get()

        orders.correct_parcel(
            parcel=parcel, carrier="shunfeng", tracking_number="SF123456789", by=None, at=timezone.now()
        )

        assert Parcel.objects.get().tracking_number == "SF123456789"

    def test_is_over_once_the_order_was_received(self):
        with pytest.raises(IllegalMove):
            orders.correct_parcel(parcel=an_order(received=True).parcels.get(), by=None, at=timezone.now(), **ZTO)


@pytest.mark.django_db(transaction=True)
def test_goods_leave_once_however_many_parcels_are_noted_at_once():
    order = an_order(sent=False)

    calls = [partial(send, order, number=f"7310000000{n:04}") for n in range(8)]
    shop.at_once(calls, workers=8)

    assert Parcel.objects.count() == 1
    assert order.lines.first().stockrecord.num_in_stock == 8
