"""``kill -9`` at each named point, so many times (5); what must be true afterwards is asked after each."""

import sys
import time
from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.order import actions as orders
from marketplace.order.models import Order, Purchase
from marketplace.payment import actions as payments
from marketplace.settlement.models import Payable, Recall

from . import truth
from .house import House, until
from .points import CANCEL, LATE, NEWS, PAY, PAYOUT, POINTS, RECALL, Point
from .world import Person, path_of, pay_on, sellers_with_goods

STEPS = {
    PAY: ("order", "pay", "back"),
    NEWS: ("order", "news"),
    CANCEL: ("order", "pay", "back", "cancel", "refunded"),
    LATE: ("order", "overdue", "pay_late"),
    PAYOUT: ("order", "pay", "back", "receive", "released", "withdraw", "sent"),
    RECALL: ("order", "pay", "back", "receive", "released", "withdraw", "sent", "refund", "recalled"),
}
GUARD_IS_OVER = timedelta(days=8)


class Journey:
    """One purchase from the basket to wherever the point lies; each step is what a person does, or waits for the worker."""

    def __init__(self, house: House, goods):
        self.house, self.goods, self.buyer = house, goods, Person(house.url)
        self.page = self.leads_back = ""

    def run(self, point: Point) -> None:
        for step in STEPS[point.journey]:
            if step == point.during:
                self.house.set_point(point)
            getattr(self, step)()
            if step != "overdue":  # what comes next happens while the worker is away
                self.house.mend()

    @property
    def purchase(self) -> Purchase:
        return Purchase.objects.latest("pk")

    def wait(self, holds, what: str) -> None:
        """While the worker may die of it: it is started again."""

        def holds_now() -> bool:
            self.house.mend()
            return holds()

        until(holds_now, what)

    def order(self) -> None:
        self.buyer.fill(self.goods)
        self.page = self.buyer.order(self.buyer.form())

    def pay(self) -> None:
        self.leads_back = pay_on(self.page)

    def back(self) -> None:
        self.buyer.back(self.leads_back)

    def news(self) -> None:
        """She pays and never comes back: only the provider's news tell of it."""
        self.pay()
        self.wait(lambda: self.purchase.paid_at and self.house.has_fired, "paid by its news")

    def cancel(self) -> None:
        purchase = self.purchase
        for order in purchase.orders.order_by("pk"):
            self.buyer.post(f"{path_of(purchase.get_absolute_url())}orders/{order.number}/cancel/")

    def refunded(self) -> None:
        self.wait(truth.at_rest, "refunded")

    def overdue(self) -> None:
        Purchase.objects.filter(pk=self.purchase.pk).update(pay_by=timezone.now())
        until(lambda: self.house.has_fired, "the worker dies of it")

    def pay_late(self) -> None:
        self.pay()

    def receive(self) -> None:
        for order in self.purchase.orders.order_by("pk"):
            number, now = f"SF{order.pk:010}", timezone.now()
            orders.ship(order=order, carrier="shunfeng", tracking_number=number, by=None, at=now)
            orders.confirm_receipt(order=order, by=None, at=now)
        Order.objects.filter(purchase=self.purchase).update(received_at=timezone.now() - GUARD_IS_OVER)

    def released(self) -> None:
        held = Payable.objects.filter(order__purchase=self.purchase, state="held")
        self.wait(lambda: not held.exists(), "released")

    def withdraw(self) -> None:
        for each in self.goods:
            owner = User.objects.get(memberships__seller=each.seller)
            Person(self.house.url).sign_in(owner).post("/seller/money/withdraw/")

    def sent(self) -> None:
        self.wait(truth.at_rest, "paid out")

    def refund(self) -> None:
        for order in self.purchase.orders.order_by("pk"):
            left = payments.refundable(order)
            amounts = {line: amount / 2 for line, amount in left.lines.items()}
            payments.refund_lines(order=order, amounts=amounts, cause=f"fault:{order.pk}", by=None, at=timezone.now())

    def recalled(self) -> None:
        self.wait(lambda: Recall.objects.exists() and truth.at_rest(), "called back")


def after_it(house: House, journey: Journey) -> list[str]:
    """Everything works again and comes to rest; then what is wrong. The buyer goes on with the same browser."""
    house.mend()
    said = wrong_in_the_end()
    journey.buyer.fill(journey.goods[:1])
    return said + ([] if "seen" in journey.buyer.form() else ["basket not usable"])


def wrong_in_the_end() -> list[str]:
    """News may still be on its way when nothing seems to be: what is wrong counts once it stays so."""
    said: list[str] = []

    def is_well() -> bool:
        said[:] = truth.wrongs() if truth.at_rest() else ["no rest"]
        return not said

    with suppress(AssertionError):
        until(is_well, "all is well")
    return said


def die_once(house: House, goods, point: Point) -> list[str]:
    """One journey that dies at the point; what was wrong after it."""
    journey = Journey(house, goods)
    try:
        journey.run(point)
    except AssertionError as late:  # the other points still have their turn
        fired = "after" if house.has_fired else "before"
        house.forget_point()
        return [f"{late}, {fired} the point was reached"]
    if not house.has_fired:
        house.forget_point()
        return ["the point was not reached"]
    return after_it(house, journey)


def main(house: House, times: int = 5, wanted: str = "") -> int:
    goods, found = sellers_with_goods(), 0
    chosen = [point for point in POINTS if wanted in point.name]
    for point in chosen:
        begun, wrong = time.monotonic(), []
        for _turn in range(times):
            wrong += die_once(house, goods, point)
        found += len(wrong)
        took = (time.monotonic() - begun) / times
        say(f"{point.role:<4} {point.name:<45} {times} × killed  {len(wrong)} wrong  {took:5.1f} s each", *wrong)
    deaths = len(chosen) * times
    say(f"{len(chosen)} points × {times} = {deaths} × kill -9: {len(truth.paid_there())} payments at the provider, "
        f"{Purchase.objects.filter(paid_at__isnull=False).count()} paid purchases, {found} wrong")  # fmt: skip
    return found


def say(*lines: str) -> None:
    sys.stdout.write("\n    ".join(lines) + "\n")
    sys.stdout.flush()
