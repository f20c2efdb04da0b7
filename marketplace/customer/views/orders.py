"""Orders: the list, one of them, and what a buyer may do with it; by account, or by the link of its purchase."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.pages import own
from marketplace.aftersales import rules
from marketplace.core.states import IllegalMove
from marketplace.order import actions as orders
from marketplace.order.models import Order
from marketplace.payment import actions as payments

from .. import claiming, shelf, story, wayhome
from ..pages import show


@dataclass(frozen=True)
class Ways:
    """The addresses of one order's page and of what can be done there."""

    page: str
    receive: str
    cancel: str
    ask: str
    complain: str
    invoice: str
    invoice_file: str


DOORS = ("order", "order-receive", "order-cancel", "ask", "complain-order", "invoice", "invoice-file")


def ways_of(order: Order) -> Ways:
    """For her own order."""
    return Ways(*(reverse(f"customer:{name}", args=[order.number]) for name in DOORS))


def ways_by_link(order: Order) -> Ways:
    """For whoever has the link of its purchase."""
    return Ways(*(reverse(f"checkout:{name}", args=[order.purchase.token, order.number]) for name in DOORS))


@require_safe
@own
def order_list(request):
    """Her orders, by state."""
    state = request.GET.get("state", "")
    if state not in shelf.TABS:
        raise Http404
    payments.close_overdue_of(request.user, timezone.now())
    return show(
        request,
        "orders",
        here="orders",
        page=shelf.entries(request.user, state, request.GET.get("page")),
        tabs=shelf.tabs(state, shelf.counts_of(request.user)),
        state=state,
        guest_orders=claiming.count(request.user),
        has_unverified=not (request.user.mobile_verified_at and request.user.email_verified_at),
    )


@require_POST
@own
def claim(request):
    """What she ordered as a guest becomes hers."""
    found = claiming.claim(user=request.user, by=request.user)
    if found:
        words = ngettext("%(n)s order is now among yours.", "%(n)s orders are now among yours.", found)
        messages.success(request, words % {"n": found})
    return redirect("customer:orders")


@require_safe
@own
def order(request, number):
    """One of her orders."""
    return page_of(request, own_order(request, number), ways_of)


@require_POST
@own
def receive(request, number):
    """Her goods are there."""
    return received(request, own_order(request, number), ways_of)


@require_POST
@own
def cancel(request, number):
    """She no longer wants what was not sent yet."""
    return cancelled(request, own_order(request, number), ways_of)


@require_safe
@never_cache
def order_by_link(request, token, number):
    """One order of a purchase, for whoever has the link of it."""
    return page_of(request, linked_order(token, number), ways_by_link)


@require_POST
def receive_by_link(request, token, number):
    return received(request, linked_order(token, number), ways_by_link)


@require_POST
def cancel_by_link(request, token, number):
    return cancelled(request, linked_order(token, number), ways_by_link)


def own_order(request, number: str) -> Order:
    return get_object_or_404(whole().visible_to(request.user), number=number)


def linked_order(token: str, number: str) -> Order:
    return get_object_or_404(whole(), purchase__token=token, number=number)


def whole():
    """Orders with all their page shows."""
    return Order.objects.select_related("purchase", "seller", "shipping_address").prefetch_related(
        "lines__product__producer",
        "lines__product__parent__producer",
        "parcels__lines__line",
        "refunds",
        "cases",
        "purchase__attempts",
        "purchase__orders__seller",
    )


def page_of(request, order: Order, ways):
    """The page of an order; an overdue purchase is closed by looking at it."""
    purchase = order.purchase
    if purchase and purchase.is_unpaid:
        payments.close_if_overdue(purchase=purchase, at=timezone.now())
        order = whole().get(pk=order.pk)
    attempts = sorted(order.purchase.attempts.all(), key=lambda attempt: attempt.pk)
    return show(
        request,
        "order",
        here="orders",
        order=order,
        ways=ways(order),
        others=[(each, ways(each)) for each in siblings(order)],
        steps=story.steps(order),
        outlook=story.outlook(order),
        chain=wayhome.chain(order),
        attempt=attempts[-1] if attempts else None,
        is_own=ways is ways_of,
        case=next((case for case in order.cases.all() if case.is_open), None),
        may_ask=rules.is_open_for_cases(order, timezone.now()),
    )


def siblings(order: Order) -> list[Order]:
    """What is paid together with it."""
    found = [each for each in order.purchase.orders.all() if each.pk != order.pk]
    for each in found:
        each.purchase = order.purchase
    return sorted(found, key=lambda each: each.pk)


def received(request, order: Order, ways):
    try:
        orders.confirm_receipt(order=order, by=person(request), at=timezone.now())
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("Thank you. We are glad that your goods have arrived."))
    return redirect(ways(order).page)


def cancelled(request, order: Order, ways):
    try:
        payments.cancel_order(order=order, by=person(request), at=timezone.now())
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("The order is cancelled. What you paid for it goes back the way it came."))
    return redirect(ways(order).page)


def person(request):
    return request.user if request.user.is_authenticated else None
