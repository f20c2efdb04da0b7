"""A seller's orders as her list shows them: by what is to be done, found by what people ask for, a page at a time."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from marketplace.aftersales.models import Case
from marketplace.order.models import Order, Parcel
from marketplace.order.states import OrderState

from ..capabilities import Can
from ..models import Membership

PER_PAGE = 20
LONGEST_SEARCH = 60
LEAST_DIGITS = 4
"""So many digits at the end of a mobile number tell buyers apart."""
TO_SHIP, SENT, AWAITING_RECEIPT, COMPLETED, CASES, ALL = "", "sent", "awaiting-receipt", "completed", "cases", "all"
TABS = {
    TO_SHIP: _("Awaiting shipment"),
    SENT: _("Shipped"),
    AWAITING_RECEIPT: _("Awaiting receipt"),
    COMPLETED: _("Completed"),
    CASES: _("Refunds and after-sales"),
    ALL: _("All"),
}


@dataclass(frozen=True)
class Tab:
    """One view of the list; ``count`` is None where a number would say nothing."""

    state: str
    text: str
    count: int | None
    current: bool

    @property
    def href(self) -> str:
        return f"?state={self.state}" if self.state else "?"


def of(member: Membership):
    """The orders this member's seller has to do with: paid, or to be paid to the courier."""
    return Order.objects.of_seller(member.seller).exclude(status=OrderState.AWAITING_PAYMENT)


def has_open_case():
    return Exists(Case.objects.open().filter(order=OuterRef("pk")))


def has_parcel():
    return Exists(Parcel.objects.filter(order=OuterRef("pk")))


def in_tab(orders, state: str):
    """The orders of one tab, those that press first at the top."""
    if state == TO_SHIP:
        return orders.in_state(OrderState.AWAITING_SHIPMENT).order_by("date_placed", "id")
    if state == SENT:
        return orders.filter(has_parcel()).annotate(sent_at=Max("parcels__shipped_at")).order_by("-sent_at", "-id")
    if state == AWAITING_RECEIPT:
        return orders.in_state(OrderState.AWAITING_RECEIPT).order_by("-date_placed", "-id")
    if state == COMPLETED:
        return orders.in_state(OrderState.COMPLETED).order_by("-date_placed", "-id")
    if state == CASES:
        return orders.filter(has_open_case()).order_by("date_placed", "id")
    return orders.order_by("-date_placed", "-id")


def matching(orders, words: str, member: Membership):
    """Orders by number, parcel or goods; by recipient or the end of her mobile number only for those who may see buyers."""
    wanted = Q(number__startswith=words) | Q(lines__title__icontains=words)
    wanted |= Q(pk__in=Parcel.objects.filter(tracking_number__iexact=words).values("order"))
    if member.may(Can.BUYERS):
        wanted |= Q(shipping_address__first_name__icontains=words)
        if words.isdecimal() and len(words) >= LEAST_DIGITS:
            wanted |= Q(shipping_address__phone_number__endswith=words)
    return orders.filter(pk__in=orders.filter(wanted).values("pk"))


def page_of(member: Membership, state: str, words: str, number) -> Page:
    """One page of the list, in a fixed number of queries."""
    shown = in_tab(matching(of(member), words, member) if words else of(member), state)
    shown = shown.select_related("seller", "shipping_address", "purchase").prefetch_related("lines", "parcels")
    return Paginator(shown.annotate(has_case=has_open_case()), PER_PAGE).get_page(number)


def counts_of(member: Membership) -> dict[str, int]:
    """What waits for somebody, by tab; one query."""
    counted = of(member).aggregate(
        to_ship=Count("id", filter=Q(status=OrderState.AWAITING_SHIPMENT)),
        on_the_way=Count("id", filter=Q(status=OrderState.AWAITING_RECEIPT)),
        cases=Count("id", filter=has_open_case()),
    )
    return {TO_SHIP: counted["to_ship"], AWAITING_RECEIPT: counted["on_the_way"], CASES: counted["cases"]}


def tabs(chosen: str, counts: dict[str, int]) -> list[Tab]:
    """The views one can choose."""
    return [Tab(state, str(text), counts.get(state), state == chosen) for state, text in TABS.items()]
