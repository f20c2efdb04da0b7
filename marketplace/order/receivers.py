"""Buyers hear what becomes of their orders, each fact once and by the ways they chose."""

from functools import partial

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marketplace.core import notices
from marketplace.core.events import receives
from marketplace.core.models import NoticeKind
from marketplace.core.templatetags.yanxing import yuan
from marketplace.payment.models import Refund

from .carriers import name_of
from .models import Order, Parcel, Purchase


def tell_buyer(
    purchase: Purchase, *, cause: str, subject, body, link: str, kind: NoticeKind = NoticeKind.ORDER
) -> None:
    """A notice to the account or, for a guest, to the address she left; what leaves the site, in the language she bought in."""
    message = {"cause": cause, "subject": subject, "body": body, "link": link, "language": purchase.language}
    if purchase.buyer:
        notices.tell(user=purchase.buyer, kind=kind, **message)
    else:
        notices.tell_guest(email=purchase.email, **message)


def purchase_of(order: int) -> Purchase:
    """The purchase an order belongs to, with how its buyer wants to be told."""
    return Purchase.objects.select_related("buyer__notice_preference").get(orders=order)


@receives("purchase_paid")
def purchase_is_paid(purchase: int) -> None:
    bought = Purchase.objects.select_related("buyer__notice_preference").get(pk=purchase)
    with translation.override(bought.language):
        tell_buyer(
            bought,
            cause=f"purchase_paid:{bought.pk}",
            subject=_("Payment successful"),
            body=notices.saying(
                _("We have received ¥%(amount)s for purchase %(number)s. The sellers are packing."),
                amount=bought.total,
                number=bought.number,
            ),
            link=bought.get_absolute_url(),
        )


@receives("order_shipped")
def order_is_on_its_way(order: int, parcel: int) -> None:
    sent = Parcel.including_undone.select_related("order__purchase").get(pk=parcel)
    bought = purchase_of(order)
    if sent.undone_at is not None:
        return  # she has never heard of it, or is told of the mistake
    with translation.override(bought.language):
        tell_buyer(
            bought,
            cause=f"order_shipped:{parcel}",
            kind=NoticeKind.PARCEL,
            subject=_("A parcel is on its way"),
            body=notices.saying(
                _("%(seller)s has sent order %(number)s with %(courier)s, number %(tracking)s."),
                seller=lambda: sent.order.shop_name,
                number=sent.order.number,
                courier=partial(name_of, sent.carrier),
                tracking=sent.tracking_number,
            ),
            link=link_to(sent.order),
        )


@receives("parcel_undone")
def parcel_was_a_mistake(order: int, parcel: int) -> None:
    undone = Parcel.including_undone.select_related("order__purchase").get(pk=parcel)
    bought = purchase_of(order)
    with translation.override(bought.language):
        tell_buyer(
            bought,
            cause=f"parcel_undone:{parcel}",
            kind=NoticeKind.PARCEL,
            subject=_("A parcel was noted by mistake"),
            body=notices.saying(
                _("%(seller)s took back the parcel %(tracking)s of order %(number)s: it was noted by mistake."),
                seller=lambda: undone.order.shop_name,
                number=undone.order.number,
                tracking=undone.tracking_number,
            ),
            link=link_to(undone.order),
        )


@receives("parcel_corrected")
def parcel_has_another_number(order: int, parcel: int) -> None:
    sent = Parcel.including_undone.select_related("order__purchase").get(pk=parcel)
    bought = purchase_of(order)
    with translation.override(bought.language):
        tell_buyer(
            bought,
            cause=f"parcel_corrected:{parcel}:{sent.tracking_number}",
            kind=NoticeKind.PARCEL,
            subject=_("A parcel has another number"),
            body=notices.saying(
                _("The parcel of order %(number)s travels with %(courier)s, number %(tracking)s."),
                number=sent.order.number,
                courier=partial(name_of, sent.carrier),
                tracking=sent.tracking_number,
            ),
            link=link_to(sent.order),
        )


@receives("order_closed")
def order_is_closed(order: int) -> None:
    closed = Order.objects.select_related("purchase__buyer__notice_preference").get(pk=order)
    with translation.override(closed.purchase.language):
        tell_buyer(
            closed.purchase,
            cause=f"order_closed:{order}",
            subject=_("An order was closed"),
            body=notices.saying(
                _("Order %(number)s of %(seller)s was closed. What was paid for it goes back to you."),
                number=closed.number,
                seller=lambda: closed.shop_name,
            ),
            link=link_to(closed),
        )


@receives("refund_made")
def money_went_back(refund: int) -> None:
    made = Refund.objects.select_related("order__purchase", "attempt__purchase__buyer__notice_preference").get(
        pk=refund
    )
    bought = made.attempt.purchase
    with translation.override(bought.language):
        tell_buyer(
            bought,
            cause=f"refund_made:{made.pk}",
            kind=NoticeKind.CASE,
            subject=_("Your money is on its way back"),
            body=notices.saying(
                _(
                    "%(amount)s of purchase %(number)s went back the way you paid. Your bank may take some days to show it."
                ),
                amount=yuan(made.amount),
                number=bought.number,
            ),
            link=link_to(made.order) if made.order else bought.get_absolute_url(),
        )


def link_to(order: Order) -> str:
    """The order's page for an account, the purchase's unguessable page for a guest."""
    return order.get_absolute_url() if order.user_id else order.purchase.get_absolute_url()
