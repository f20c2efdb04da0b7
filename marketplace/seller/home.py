"""The seller's front page: things to do, and what was sold in seven days. A fixed number of queries, however many orders."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Min, Sum
from django.db.models.functions import TruncDate
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core import money
from marketplace.order.models import Line, Order
from marketplace.order.states import OrderState

from .capabilities import Can
from .models import Membership

DAYS = 7
SOLD = (OrderState.AWAITING_SHIPMENT, OrderState.AWAITING_RECEIPT, OrderState.COMPLETED)
TODO_SOURCES = (
    "marketplace.seller.home.to_ship",
    "marketplace.seller.cases.todo.to_answer",
    "marketplace.seller.talk.todo.to_answer",
    "marketplace.seller.money.invoices.to_issue",
    "marketplace.opening.home.papers_to_renew",
    "marketplace.offering.home.goods_to_see_to",
    "marketplace.seller.complaints.views.to_answer",
)
"""Functions by dotted name: each takes the member and returns things to do. Other apps add theirs."""


@dataclass(frozen=True)
class Todo:
    """One line of "do these first". ``number`` of None shows the icon instead; ``clock`` is a word on how long there is."""

    title: str
    note: str = ""
    number: int | None = None
    icon: str = ""
    href: str = ""
    clock: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Day:
    """What was sold on one day: packs, and yuan for goods."""

    day: date
    packs: int
    amount: Decimal

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS_ABBR[self.day.weekday()])


@dataclass(frozen=True)
class Overview:
    """Everything the page shows."""

    todos: list[Todo]
    days: list[Day]
    shows_money: bool

    @property
    def packs(self) -> int:
        return sum(day.packs for day in self.days)

    @property
    def amount(self) -> Decimal:
        return sum((day.amount for day in self.days), Decimal("0.00"))


def overview(member: Membership, today: date) -> Overview:
    """The front page of one member on one day."""
    sources: list[Callable[[Membership], list[Todo]]] = [import_string(name) for name in TODO_SOURCES]
    return Overview(
        todos=[todo for source in sources for todo in source(member)],
        days=sold_by_day(member.seller, today),
        shows_money=member.may(Can.MONEY),
    )


def sold_by_day(seller, today: date) -> list[Day]:
    """The last seven days, today included; a day without sales is there with zero."""
    start = timezone.make_aware(datetime.combine(today - timedelta(days=DAYS - 1), time.min))
    sold = Line.objects.filter(order__seller=seller, order__status__in=SOLD, order__date_placed__gte=start)
    rows = (
        sold.annotate(day=TruncDate("order__date_placed"))
        .values("day")
        .order_by("day")
        .annotate(packs=Sum("quantity"), amount=Sum("line_price_incl_tax"))
    )
    found = {row["day"]: Day(row["day"], row["packs"], row["amount"].quantize(money.FEN)) for row in rows}
    days = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    return [found.get(day) or Day(day, 0, Decimal("0.00")) for day in days]


def to_ship(member: Membership) -> list[Todo]:
    """Orders that wait to be packed."""
    if not member.may(Can.SHIP):
        return []
    waiting = Order.objects.of_seller(member.seller).in_state(OrderState.AWAITING_SHIPMENT)
    counted = waiting.aggregate(number=Count("id"), oldest=Min("date_placed"))
    if not counted["number"]:
        return []
    days = (timezone.localdate() - timezone.localdate(counted["oldest"])).days
    waits = ngettext("The oldest waits for %(days)s day", "The oldest waits for %(days)s days", days) % {"days": days}
    return [
        Todo(
            title=_("Orders to ship"),
            note=waits if days else _("All placed today"),
            number=counted["number"],
            href=address("seller:orders"),
            is_late=days > 1,
        )
    ]


def address(name: str) -> str:
    """The address of a page of another part of the seller centre; empty where that part is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
