"""What buyers are told, and that they are told once."""

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.core import events
from marketplace.core.models import Delivery, Event, Notice, NoticePreference
from marketplace.payment import actions as payments
from tests import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(django_user_model, django_capture_on_commit_callbacks):
    """Somebody who wants e-mail has paid."""
    buyer = django_user_model.objects.create_user(mobile="13900000001", email="buyer@example.org")
    NoticePreference.objects.create(user=buyer, by_email=["order"])
    with django_capture_on_commit_callbacks(execute=True):
        purchase = shop.buy(shop.product(shop.seller()), owner=buyer)
        payments.complete(attempt=purchase.attempts.get(), at=timezone.now())
    return purchase


class TestAPaidPurchase:
    def test_is_told_on_the_site_and_by_the_chosen_way(self, paid):
        assert sorted(Notice.objects.values_list("channel", flat=True)) == ["email", "in_app"]
        assert paid.number in mail.outbox[0].body

    def test_is_told_once_however_often_the_event_is_delivered(self, paid):
        events.replay(Event.objects.all())
        events.replay(Event.objects.all())

        assert Notice.objects.count() == 2
        assert len(mail.outbox) == 1

    def test_leaves_nothing_outstanding(self, paid):
        assert not Delivery.objects.filter(delivered_at=None).exists()


class TestARefund:
    @pytest.fixture
    def refunded(self, paid, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            payments.cancel_order(order=paid.orders.get(), by=paid.buyer, at=timezone.now())
        for _n in range(2):  # money of the demo provider goes back at once, and once
            events.replay(Event.objects.filter(name="refund_made"))
        return paid

    def test_is_told_with_its_amount_as_after_sales(self, refunded):
        notice = Notice.objects.get(cause__startswith="refund_made")

        assert (notice.kind, notice.channel) == ("case", "in_app")
        assert f"{refunded.total:.2f}" in notice.body and refunded.orders.get().number in notice.link


def test_a_failing_receiver_is_tried_again_and_keeps_no_words_of_the_error(monkeypatch, paid):
    def broken(**ids):
        raise RuntimeError("王样例 13800000001")

    receiver = "marketplace.order.receivers.purchase_is_paid"
    monkeypatch.setitem(events._receivers["purchase_paid"], receiver, broken)
    event = Event.objects.get(name="purchase_paid")
    Delivery.objects.filter(event=event).update(delivered_at=None)

    events.deliver_outstanding()

    assert Delivery.objects.get(event=event, receiver=receiver).last_error == "RuntimeError"
    monkeypatch.undo()
    events.deliver_outstanding()
    assert Delivery.objects.get(event=event, receiver=receiver).delivered_at is not None
