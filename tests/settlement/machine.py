"""Money under any order of events: a machine that sells, refunds, releases, pays out and takes back as chance has it.

Real actions against a real database. The machine keeps a world of its own, what lies outside the shop as an outsider would
count it, and after every step compares the ledger with that world, with the rows of the shop and with itself.
"""

import sys
from collections import Counter
from datetime import timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from marketplace.core.money import to_fen, to_yuan
from marketplace.core.states import IllegalMove
from marketplace.order import actions as orders
from marketplace.order.models import Order, Purchase
from marketplace.order.states import OrderState
from marketplace.payment import actions as payments
from marketplace.payment import refunds
from marketplace.payment.models import AttemptState, PaymentAttempt, Refund, RefundState
from marketplace.payment.reconciliation import books
from marketplace.payment.reconciliation import orders as rows
from marketplace.promotions import actions as promotions
from marketplace.settlement import adjustments, cash, ledger, payouts, recalls, release
from marketplace.settlement.doors import Fate, Returned, Sent
from marketplace.settlement.kinds import AccountKind, place_of
from marketplace.settlement.models import (
    Account,
    Adjustment,
    LineTerms,
    Payable,
    Payout,
    PayoutItem,
    PayoutState,
    Recall,
    RecallState,
)
from tests import promos, shop

MOST_CASH = 400
"""Yuan of goods; couriers carry no more."""
METHODS = ["demo", "demo", "demo", "transfer", "cash"]
FRACTIONS = st.sampled_from([0, 1, 3, 50, 97, 100])
"""Of what is there, in percent; 1 and 97 leave odd fen."""

UNBALANCED = "SELECT posting_id FROM settlement_entry GROUP BY posting_id HAVING SUM(fen) <> 0 OR COUNT(*) < 2"
BALANCES = """
    SELECT kind, seller_id, place, fen,
           (SELECT COALESCE(SUM(e.fen), 0) FROM settlement_entry e WHERE e.account_id = a.id)
    FROM settlement_account a"""
REFUNDED_ABOVE = """
    SELECT o.number FROM order_order o JOIN payment_refund r ON r.order_id = o.id
    GROUP BY o.id, o.number, o.total_incl_tax HAVING SUM(r.amount) > o.total_incl_tax + 0.001
    UNION ALL
    SELECT a.reference FROM payment_paymentattempt a JOIN payment_refund r ON r.attempt_id = a.id
    GROUP BY a.id, a.reference, a.amount HAVING SUM(r.amount) > a.amount + 0.001"""
LEFT_TWICE = """
    SELECT i.payable_id FROM settlement_payoutitem i JOIN settlement_payout p ON p.id = i.payout_id
    WHERE p.state = 'sent' GROUP BY i.payable_id HAVING COUNT(*) > 1"""
NOW_AND_THEN = 10
"""The checks of `reconcile` cost more: they run after every so many steps and at the end of each history."""


def ask(sql: str) -> list[tuple]:
    """Rows of a plain question: asked after every step, it has to be quick."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


class OtherDoor:
    """A provider's door beside the bank; it is shut unless the machine opens it, and answers what it was told to."""

    code, place, is_by_hand, can_recall, label = "other", "other", False, True, "Other"
    is_open = False
    fate = Fate.SENT
    covers = 100

    def refuses(self, seller):
        return "" if type(self).is_open else "shut"

    def send(self, payout):
        parts = {item.pk: f"tr_{item.pk}" for item in payout.items.all() if item.fen}
        return Sent(self.fate, f"po_{payout.pk}", parts if self.fate is Fate.SENT else {}, "refused")

    def recall(self, recall):
        return Returned(recall.fen * self.covers // 100, f"back_{recall.pk}")


DOORS = ["tests.settlement.machine.OtherDoor", "marketplace.settlement.doors.bank.BankDoor"]


class Money(RuleBasedStateMachine):
    """One example is one shop's history; everything it wrote is undone at its end.

    ``goods`` (of three sellers) and ``people`` (two) are set by the test; ``taken`` counts the steps of all examples.
    """

    goods: tuple = ()
    people: tuple = ()
    taken = 0

    def __init__(self):
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.now = timezone.now()
        self.outside: Counter = Counter()
        """What lies at each place, as an outsider counts it, in fen."""
        self.numbers = 0

    def teardown(self):
        try:
            if sys.exc_info()[0] is None and not transaction.get_connection().needs_rollback:
                self.agree()
        finally:
            self.undo()

    def undo(self):
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    def number(self) -> str:
        self.numbers += 1
        return f"N{self.numbers:08}"

    def pick(self, data, found):
        """One of the rows, or None."""
        keys = list(found.order_by("pk").values_list("pk", flat=True))
        return found.model._default_manager.get(pk=data.draw(st.sampled_from(keys))) if keys else None

    # what buyers do

    @initialize()
    def a_shop_that_sells(self):
        self.sell([1, 2, 1], "demo", 10, 5)
        self.pay(Purchase.objects.get().attempts.get())

    @rule(
        quantities=st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(any),
        method=st.sampled_from(METHODS),
        own=st.sampled_from([0, 0, 7, 33, 100]),
        platform=st.sampled_from([0, 0, 3, 50, 100]),
    )
    def order(self, quantities, method, own, platform):
        self.sell(quantities, method, own, platform)

    def sell(self, quantities, method, own, platform):
        basket = shop.basket()
        for product, quantity in zip(self.goods, quantities, strict=True):
            if quantity:
                shop.baskets.add(basket=basket, product=product, quantity=quantity)
        total = sum(goods.stockrecords.get().price * n for goods, n in zip(self.goods, quantities, strict=True))
        if method == "cash" and total > MOST_CASH:
            method = "demo"
        offers = self.offers(own, platform)
        shop.checkout.place_purchase(**shop.order_form(basket, payment_method=method, at=self.now))
        for offer in offers:
            promotions.move(promotion=offer, name="end", by=None, at=self.now)

    def offers(self, own, platform) -> list:
        """So many percent off for this purchase: each seller pays ``own`` of hers, the platform its part of what is left."""
        payers = [(goods.seller, own) for goods in self.goods] + [(None, platform)]
        return [promos.promotion(payer, percent=percent, max_uses=9) for payer, percent in payers if percent]

    @rule(data=st.data(), times=st.integers(1, 2))
    def buyer_pays(self, data, times):
        """Now, too late, or twice."""
        attempt = self.pick(data, PaymentAttempt.objects.exclude(provider="cash").exclude(state="succeeded"))
        for _time in range(times if attempt else 0):
            self.pay(attempt)

    def pay(self, attempt):
        before = attempt.state
        after = payments.complete(attempt=attempt, at=self.now, reference=attempt.reference or f"pay-{attempt.pk}")
        arrived = {AttemptState.SUCCEEDED, AttemptState.SURPLUS}
        attempt.refresh_from_db()
        if before not in arrived and after.state in arrived:
            self.outside[place_of(attempt.provider)] += to_fen(after.amount)

    @rule(data=st.data())
    def purchase_is_given_up(self, data):
        purchase = self.pick(data, Purchase.objects.filter(state="awaiting_payment"))
        if purchase:
            payments.cancel_purchase(purchase=purchase, by=None, at=self.now)

    @rule(data=st.data())
    def order_is_cancelled(self, data):
        order = self.pick(data, Order.objects.filter(status=OrderState.AWAITING_SHIPMENT))
        if order:
            payments.cancel_order(order=order, by=None, at=self.now)

    @rule(data=st.data())
    def parcel_arrives(self, data):
        order = self.pick(data, Order.objects.filter(status=OrderState.AWAITING_SHIPMENT))
        if order is None:
            return
        orders.ship(order=order, carrier="sf", tracking_number=f"SF{self.number()}", by=None, at=self.now)
        order = orders.confirm_receipt(order=order, by=None, at=self.now)
        if order.purchase.payment_method == "cash":
            payments.collect_cash(order=order, at=self.now)
            self.outside["courier"] += to_fen(order.total)

    # what goes back

    @rule(data=st.data(), part=FRACTIONS, freight=FRACTIONS, too_much=st.booleans())
    def refund(self, data, part, freight, too_much):
        """Some of one line and of the freight; asking for a fen more than is left gives nothing."""
        order = self.pick(data, Order.objects.filter(payable__isnull=False))
        if order is None:
            return
        left = refunds.refundable(order)
        line = data.draw(st.sampled_from(sorted(left.lines)))
        asked = {line: to_yuan(to_fen(left.lines[line]) * part // 100)}
        freight_back = to_yuan(to_fen(left.freight) * freight // 100)
        if too_much:
            asked = {line: left.lines[line] + Decimal("0.01")}
        before = Refund.objects.count()
        try:
            payments.refund_lines(
                order=order, amounts=asked, freight=freight_back, cause=self.number(), by=None, at=self.now
            )
        except payments.RefundRefused:
            assert too_much or not (asked[line] + freight_back)
            assert Refund.objects.count() == before
        else:
            assert not too_much

    @rule(data=st.data())
    def refund_leaves(self, data):
        refund = self.pick(data, Refund.objects.filter(state=RefundState.OWED))
        if refund is None:
            return
        by_hand = refund.attempt.provider != "demo"
        by = self.people[0] if by_hand else None
        payments.mark_refunded(refund=refund, reference=self.number(), by=by, at=self.now)
        self.outside["bank" if by_hand else "demo"] -= to_fen(refund.amount)

    # what becomes of the sellers' shares

    @rule(short=st.sampled_from([0, 0, 1, 780, -220]))
    def courier_hands_over(self, short):
        found = cash.with_couriers()
        collected = sum(to_fen(each.order.total) for each in found)
        if collected > max(short, 0):
            keys, brought = list(found.values_list("pk", flat=True)), collected - short
            reference = {"reference": self.number(), "by": None, "at": self.now}
            cash.hand_over(payables=keys, received=to_yuan(brought), **reference)
            self.outside["courier"] -= collected
            self.outside["bank"] += brought

    @rule(days=st.sampled_from([1, 8]))
    def time_passes(self, days):
        self.now += timedelta(days=days)
        release.release_ripe(self.now)
        assert release.release_ripe(self.now) == 0

    @rule(data=st.data(), through_the_bank=st.booleans())
    def payout_begins(self, data, through_the_bank):
        seller = data.draw(st.sampled_from([goods.seller for goods in self.goods]))
        OtherDoor.is_open = not through_the_bank
        try:
            payout = payouts.begin(seller=seller, by=None, at=self.now)
        except payouts.CannotPayOut:
            return
        assert payout.door == ("bank" if through_the_bank else "other")

    @precondition(lambda self: Payout.objects.under_way().exists())
    @rule(data=st.data(), fate=st.sampled_from(list(Fate)), twice=st.booleans())
    def payout_is_answered(self, data, fate, twice):
        """The bank or the other door says that it left, that it did not, or nothing; the answer may come twice."""
        payout = self.pick(data, Payout.objects.under_way())
        OtherDoor.fate = fate
        if payout.door == "other":
            payouts.send.call(payout.pk)
            if twice:
                payouts.send.call(payout.pk)
        else:
            self.bank_answers(payout, fate, twice)
        if fate is Fate.SENT:
            self.outside[payout.door] -= payout.fen
            self.refuse_the_other_end(payout)

    def bank_answers(self, payout, fate, twice):
        payouts.export(by=None, at=self.now)
        if fate is Fate.SENT:
            reference = self.number()
            for _time in range(2 if twice else 1):
                payouts.arrive(payout=payout, reference=reference, by=None, at=self.now)
        elif fate is Fate.REFUSED:
            payouts.take_back(payout=payout, reason="wrong account", by=None, at=self.now)

    def refuse_the_other_end(self, payout):
        """What has left cannot be taken back."""
        try:
            payouts.take_back(payout=payout, reason="", by=None, at=self.now)
        except IllegalMove:
            return
        raise AssertionError("a payout that left was taken back")

    @rule(covers=st.sampled_from([0, 1, 50, 100]))
    def transfers_are_called_back(self, covers):
        """Twice, as a lost answer makes it."""
        OtherDoor.covers = covers
        waiting = list(Recall.objects.filter(state=RecallState.ASKED).values_list("pk", flat=True))
        for _time in range(2):
            for pk in waiting:
                recalls.send.call(pk)
        got = Recall.objects.filter(pk__in=waiting).aggregate(sum=Sum("got_fen"))["sum"] or 0
        self.outside["other"] += got

    @rule(data=st.data(), fen=st.sampled_from([-100_000, -3, -1, 1, 7, 5_000]), agree=st.booleans())
    def adjustment(self, data, fen, agree):
        seller = data.draw(st.sampled_from([goods.seller for goods in self.goods]))
        one, another = self.people
        proposed = adjustments.propose(seller=seller, fen=fen, reason="x", by=one, at=self.now)
        adjustments.decide(adjustment=proposed, agree=agree, by=another, at=self.now)

    @rule()
    def balances_are_recomputed(self):
        assert ledger.repair_balances() == []

    # what has to be true after each of them

    @invariant()
    def every_posting_balances(self):
        type(self).taken += 1
        self.now += timedelta(seconds=1)
        assert ask(UNBALANCED) == []

    @invariant()
    def balances_are_what_entries_say(self):
        accounts = ask(BALANCES)
        assert [row for row in accounts if row[3] != row[4]] == []
        assert [row for row in accounts if row[0] == AccountKind.ROUNDING and row[3]] == []
        lies = {place: -fen for kind, _seller, place, fen, _true in accounts if kind == AccountKind.CLEARING and fen}
        assert lies == {place: fen for place, fen in self.outside.items() if fen}, "an outsider counts otherwise"

    @invariant()
    def nothing_is_refunded_above_what_was_paid(self):
        assert ask(REFUNDED_ABOVE) == []

    @invariant()
    def no_share_leaves_twice(self):
        assert ask(LEFT_TWICE) == []

    @invariant()
    def now_and_then_the_whole_shop_agrees(self):
        if type(self).taken % NOW_AND_THEN == 0:
            self.agree()

    def agree(self):
        """Sellers have what their sales brought, counted anew, and `reconcile` has nothing to say."""
        assert self.hers() == self.earned()
        checks = (rows.payments, rows.refunds, books.orders, books.refunds, books.surplus, books.sellers, books.places)
        found = [str(difference) for check in checks for difference in check()]
        assert found == [], found

    def hers(self) -> dict:
        """What is hers anywhere, and what she has been sent."""
        sums: Counter = Counter()
        for account in Account.objects.filter(seller__isnull=False):
            sums[account.seller_id] += account.fen
        sent = PayoutItem.objects.filter(payout__state=PayoutState.SENT).values_list("payout__seller")
        for seller, fen, back in sent.annotate(fen=Sum("fen"), back=Sum("recalled_fen")):
            sums[seller] += fen - back
        return {seller: fen for seller, fen in sums.items() if fen}

    def earned(self) -> dict:
        """Her shares less what she bears, plus adjustments."""
        sums: Counter = Counter()
        written = LineTerms.objects.filter(line__order__payable__isnull=False).select_related("line__order")
        for terms in written:
            sums[terms.line.order.seller_id] += terms.share.share - terms.back.from_seller
        for payable in Payable.objects.filter(order__isnull=False):
            sums[payable.seller_id] += payable.freight_fen - payable.freight_refunded_fen
        for adjustment in Adjustment.objects.filter(is_agreed=True):
            sums[adjustment.seller_id] += adjustment.fen
        return {seller: fen for seller, fen in sums.items() if fen}
