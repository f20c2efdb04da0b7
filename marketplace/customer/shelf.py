"""A buyer's orders as her list shows them: by state, newest first, what is paid together as one."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Order
from marketplace.order.states import OrderState
from marketplace.reviews.models import lines_to_review

PER_PAGE = 10
TO_REVIEW = "awaiting-review"
TABS = {
    "": _("All"),
    OrderState.AWAITING_PAYMENT.value: OrderState.AWAITING_PAYMENT.label,
    OrderState.AWAITING_SHIPMENT.value: OrderState.AWAITING_SHIPMENT.label,
    OrderState.AWAITING_RECEIPT.value: OrderState.AWAITING_RECEIPT.label,
    OrderState.COMPLETED.value: OrderState.COMPLETED.label,
    TO_REVIEW: _("Awaiting review"),
}
ICONS: dict[str, str] = {
    OrderState.AWAITING_PAYMENT: "wallet",
    OrderState.AWAITING_SHIPMENT: "box",
    OrderState.AWAITING_RECEIPT: "truck",
    OrderState.COMPLETED: "check",
    TO_REVIEW: "quote",
}
ON_ACCOUNT = (
    OrderState.AWAITING_PAYMENT,
    OrderState.AWAITING_SHIPMENT,
    OrderState.AWAITING_RECEIPT,
    TO_REVIEW,
)
"""What the first page of an account leads to."""
COUNTED = {OrderState.AWAITING_PAYMENT, OrderState.AWAITING_SHIPMENT, OrderState.AWAITING_RECEIPT}
"""Only what still waits for something carries a number."""


@dataclass(frozen=True)
class Tab:
    """One state to look at; ``count`` is None where a number would say nothing."""

    state: str
    text: str
    count: int | None
    current: bool

    @property
    def href(self) -> str:
        return f"?state={self.state}" if self.state else "?"

    @property
    def icon(self) -> str:
        return ICONS[self.state] if self.state else "file"


@dataclass(frozen=True)
class Entry:
    """What is shown as one: an order, or all orders of a purchase that is still to be paid."""

    orders: tuple[Order, ...]

    @property
    def order(self) -> Order:
        return self.orders[0]

    @property
    def purchase(self):
        return self.order.purchase

    @property
    def is_unpaid(self) -> bool:
        return self.order.status == OrderState.AWAITING_PAYMENT

    @property
    def attempt(self):
        """The last try to pay it."""
        return max(self.purchase.attempts.all(), key=lambda attempt: attempt.pk, default=None)

    @property
    def total(self):
        return self.purchase.total if self.is_unpaid else self.order.total

    @property
    def count(self) -> int:
        return sum(line.quantity for order in self.orders for line in order.lines.all())


def counts_of(user) -> dict[str, int]:
    """How many entries wait in each state; unpaid ones are counted by purchase."""
    rows = Order.objects.visible_to(user).filter(status__in=COUNTED).order_by().values("status")
    rows = rows.annotate(orders=Count("id"), purchases=Count("purchase", distinct=True))
    return {
        row["status"]: row["purchases" if row["status"] == OrderState.AWAITING_PAYMENT else "orders"] for row in rows
    }


def tabs(chosen: str, counts: dict[str, int]) -> list[Tab]:
    """The states one can look at."""
    return [Tab(state, str(text), counts.get(state), state == chosen) for state, text in TABS.items()]


def entries(user, state: str, number) -> Page:
    """One page of her orders in ``state`` (any if empty), in a fixed number of queries."""
    shown = listed(user)
    if state == TO_REVIEW:
        shown = shown.filter(pk__in=lines_to_review(user).values("order"))
    elif state:
        shown = shown.in_state(state)
    page = Paginator(shown, PER_PAGE).get_page(number)
    page.object_list = [entry_of(order) for order in page.object_list]
    return page


def coming(user) -> list[Entry]:
    """The latest that are on their way to her."""
    return [entry_of(order) for order in listed(user).in_state(OrderState.AWAITING_RECEIPT)[:2]]


def listed(user):
    """Her orders with all a list shows; of those that are paid together one stands for all."""
    earlier = Order.objects.filter(
        purchase=OuterRef("purchase"), status=OrderState.AWAITING_PAYMENT, pk__lt=OuterRef("pk")
    )
    return (
        Order.objects.visible_to(user)
        .exclude(Exists(earlier), status=OrderState.AWAITING_PAYMENT)
        .select_related("purchase", "seller")
        .prefetch_related("lines", "purchase__attempts", "purchase__orders__lines", "purchase__orders__seller")
        .order_by("-date_placed", "-id")
    )


def entry_of(order: Order) -> Entry:
    """An unpaid order brings along those that are paid with it."""
    if order.status != OrderState.AWAITING_PAYMENT:
        return Entry((order,))
    return Entry(tuple(sorted(order.purchase.orders.all(), key=lambda each: each.pk)))
