"""Paying out: once, through one door, or taken back; adjustments by two persons."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.core.models import Event
from marketplace.core.states import IllegalMove
from marketplace.payment import actions as payments
from marketplace.payment import refunds
from marketplace.settlement import adjustments, payouts, recalls, release
from marketplace.settlement.doors import Fate
from marketplace.settlement.models import Adjustment, Payable, Payout, PayoutItem, Recall
from tests import money, shop
from tests.settlement.test_sales_and_refunds import received

pytestmark = pytest.mark.django_db


def begin(seller):
    return payouts.begin(seller=seller, by=None, at=timezone.now())


def arrive(payout, reference="BANK-1"):
    return payouts.arrive(payout=payout, reference=reference, by=None, at=timezone.now())


def available_order(price="100.00", shop_name="甲店"):
    """An order whose share its seller may withdraw."""
    bought = shop.buy(shop.product(shop.seller(shop_name), price=price))
    payments.complete(attempt=bought.attempts.get(), at=timezone.now())
    order = bought.orders.get()
    received(order)
    release.release_ripe(timezone.now() + timedelta(days=8))
    return order


class TestByBank:
    @pytest.fixture
    def seller(self, seller_with_account):
        seller = seller_with_account(shop.seller("甲店"))
        money.owe(seller, 5000)
        return seller

    def test_needs_an_account(self):
        stranger = shop.seller()
        money.owe(stranger, 5000)

        with pytest.raises(payouts.CannotPayOut):
            begin(stranger)

    def test_needs_something_to_pay(self, seller_with_account):
        with pytest.raises(payouts.CannotPayOut):
            begin(seller_with_account(shop.seller()))

    def test_needs_more_than_she_owes(self, seller):
        money.owe(seller, -5000)

        with pytest.raises(payouts.CannotPayOut):
            begin(seller)

    def test_is_exported_and_marked_with_the_banks_number(self, seller):
        payout = begin(seller)
        assert money.holds("leaving", seller) == "50.00"

        batch = payouts.export(by=None, at=timezone.now())
        arrive(payout)

        assert batch.payouts.get() == payout
        assert money.holds("leaving", seller) == "0.00"
        assert money.holds("clearing", place="bank") == "50.00"
        assert Event.objects.get(name="payout_paid").payload == {"payout": payout.pk}

    def test_on_its_way_is_called_a_payout_and_no_parcel(self, seller):
        payouts.begin(seller=seller, by=None, at=timezone.now())
        payouts.export(by=None, at=timezone.now())

        assert Payout.objects.get().get_state_display() == "打款中"

    def test_is_exported_in_one_batch_only(self, seller):
        begin(seller)

        assert payouts.export(by=None, at=timezone.now()) is not None
        assert payouts.export(by=None, at=timezone.now()) is None

    def test_is_one_at_a_time(self, seller):
        begin(seller)
        money.owe(seller, 100)

        with pytest.raises(payouts.CannotPayOut):
            begin(seller)

    def test_arrives_once(self, seller):
        payout = begin(seller)
        arrive(payout)
        arrive(payout, "BANK-2")

        assert Payout.objects.get().reference == "BANK-1"
        assert money.holds("clearing", place="bank") == "50.00"

    def test_taken_back_is_available_again_and_may_leave_again(self, seller):
        payout = begin(seller)
        payouts.take_back(payout=payout, reason="wrong account", by=None, at=timezone.now())

        assert money.holds("available", seller) == "50.00"
        arrive(begin(seller))
        assert PayoutItem.objects.filter(is_void=False).count() == 1

    def test_taken_back_owes_again_what_was_netted(self, seller):
        money.owe(seller, -1200)
        payout = begin(seller)
        assert (payout.fen, payout.netted_fen, money.holds("debt", seller)) == (3800, 1200, "0.00")

        payouts.take_back(payout=payout, reason="", by=None, at=timezone.now())

        assert money.holds("debt", seller) == "-12.00"
        assert money.all_adds_up()

    def test_that_arrived_cannot_be_taken_back_nor_the_other_way_round(self, seller):
        payout = begin(seller)
        arrive(payout)
        with pytest.raises(IllegalMove):
            payouts.take_back(payout=payout, reason="", by=None, at=timezone.now())

        money.owe(seller, 100)
        another = begin(seller)
        payouts.take_back(payout=another, reason="", by=None, at=timezone.now())
        with pytest.raises(IllegalMove):
            arrive(another, "BANK-2")

    def test_does_not_share_a_receipt_number(self, seller, seller_with_account):
        other = seller_with_account(shop.seller("乙店"))
        money.owe(other, 100)
        arrive(begin(seller))

        with pytest.raises(IntegrityError, match="reference"), transaction.atomic():
            arrive(begin(other))


class TestThroughAProvider:
    def test_is_sent_after_the_commit_with_its_parts(self, settings, django_capture_on_commit_callbacks):
        money.pretend(settings)
        seller = shop.seller()
        money.owe(seller, 5000)

        with django_capture_on_commit_callbacks(execute=True):
            payout = begin(seller)

        payout.refresh_from_db()
        assert (payout.state, payout.reference) == ("sent", f"po_{payout.pk}")
        assert payout.items.get().reference.startswith("tr_")
        assert money.holds("clearing", place="pretend") == "50.00"

    def test_refused_is_available_again(self, settings, django_capture_on_commit_callbacks):
        money.pretend(settings, fates=[Fate.REFUSED])
        seller = shop.seller()
        money.owe(seller, 5000)

        with django_capture_on_commit_callbacks(execute=True):
            begin(seller)

        assert Payout.objects.get().state == "taken_back"
        assert money.holds("available", seller) == "50.00"

    def test_unanswered_is_asked_again_with_the_same_key_and_cannot_be_taken_back_by_hand(
        self, settings, django_capture_on_commit_callbacks, django_user_model
    ):
        money.pretend(settings, fates=[Fate.PENDING])
        seller = shop.seller()
        money.owe(seller, 5000)
        with django_capture_on_commit_callbacks(execute=True):
            payout = begin(seller)

        with pytest.raises(IllegalMove):
            by = django_user_model.objects.create_user(mobile="13900000006")
            payouts.take_back(payout=payout, reason="", by=by, at=timezone.now())
        payouts.send.call(payout.pk)

        assert money.PretendDoor.asked == [("send", payout.key)] * 2
        assert Payout.objects.get().state == "sent"


class TestMoneyCalledBack:
    @pytest.fixture
    def order(self, settings, django_capture_on_commit_callbacks):
        money.pretend(settings)
        order = available_order()
        with django_capture_on_commit_callbacks(execute=True):
            begin(order.seller)
        return order

    def refund(self, order, amount="30.00"):
        return refunds.refund_lines(
            order=order, amounts={order.lines.get().pk: shop.Decimal(amount)}, cause="c", by=None, at=timezone.now()
        )

    def test_pays_the_debt_of_a_refund(self, order, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            self.refund(order)

        assert ("recall", 3000) in money.PretendDoor.asked
        assert money.holds("debt", order.seller) == "0.00"
        assert money.holds("clearing", place="pretend") == "70.00"

    def test_leaves_a_debt_where_her_account_does_not_cover_it(self, order, django_capture_on_commit_callbacks):
        money.PretendDoor.covers[:] = [1000]
        with django_capture_on_commit_callbacks(execute=True):
            self.refund(order)

        assert money.holds("debt", order.seller) == "-20.00"
        assert Recall.objects.get().got_fen == 1000

    def test_is_not_netted_while_it_may_still_come(self, order):
        self.refund(order)
        money.owe(order.seller, 5000)

        assert begin(order.seller).netted_fen == 0
        recalls.finish(recall=Recall.objects.get(), fen=3000, reference="x", at=timezone.now())
        assert money.holds("debt", order.seller) == "0.00"

    def test_is_counted_once(self, order):
        self.refund(order)
        for _time in range(2):
            recalls.finish(recall=Recall.objects.get(), fen=3000, reference="x", at=timezone.now())

        assert money.holds("clearing", place="pretend") == "70.00"


class TestAnAdjustment:
    def test_needs_two_persons(self, django_user_model):
        one = django_user_model.objects.create_user(mobile="13900000001")
        proposed = adjustments.propose(seller=shop.seller(), fen=100, reason="r", by=one, at=timezone.now())

        with pytest.raises(adjustments.NeedsAnother):
            adjustments.decide(adjustment=proposed, agree=True, by=one, at=timezone.now())
        with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
            Adjustment.objects.update(decided_by=one, decided_at=timezone.now(), is_agreed=True)

    def test_moves_nothing_when_refused(self, django_user_model):
        one, two = (django_user_model.objects.create_user(mobile=f"1390000000{n}") for n in range(2))
        proposed = adjustments.propose(seller=shop.seller(), fen=100, reason="r", by=one, at=timezone.now())

        adjustments.decide(adjustment=proposed, agree=False, by=two, at=timezone.now())
        adjustments.decide(adjustment=proposed, agree=True, by=two, at=timezone.now())

        assert money.books() == {}

    def test_gives_what_can_be_paid_out_and_takes_what_is_owed(self):
        seller = shop.seller("甲店")
        money.owe(seller, 300)
        money.owe(seller, -100)

        assert money.books() == {"available 甲店": "3.00", "debt 甲店": "-1.00", "adjustments": "-2.00"}


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_a_payout_begins_once_however_often_it_is_pressed(self, seller_with_account):
        seller = seller_with_account(shop.seller())
        money.owe(seller, 5000)

        answers = shop.at_once([partial(begin, seller)] * 12, workers=12)

        assert sum(isinstance(answer, Payout) for answer in answers) == 1
        assert {type(answer) for answer in answers} <= {Payout, payouts.CannotPayOut, IntegrityError}
        assert money.holds("leaving", seller) == "50.00"

    def test_a_refund_and_a_payout_end_in_balance_whichever_comes_first(self, seller_with_account):
        for turn in range(6):
            order = available_order(shop_name=f"店{turn}")
            seller_with_account(order.seller)
            give_back = partial(
                refunds.refund_lines,
                order=order,
                amounts={order.lines.get().pk: shop.Decimal("30.00")},
                cause=f"c{turn}",
                by=None,
                at=timezone.now(),
            )

            answers = shop.at_once([give_back, partial(begin, order.seller)], workers=2)

            assert not [answer for answer in answers if isinstance(answer, Exception)]
            payout = Payout.objects.get(seller=order.seller)
            owed = money.holds("debt", order.seller)
            assert (payout.fen, owed) in {(7000, "0.00"), (10000, "-30.00")}
            assert Payable.objects.get(order=order).state == "leaving"
        assert money.all_adds_up()
