"""Each side hears of an invoice: the shop that one is asked for or has to be cancelled, the buyer what was decided."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marketplace.core import notices
from marketplace.core.events import receives
from marketplace.order.receivers import purchase_of, tell_buyer
from marketplace.payment.models import Refund
from marketplace.seller.capabilities import Can
from marketplace.seller.models import Membership

from . import rules
from .models import InvoiceRequest, InvoiceState


@receives("invoice_asked")
def invoice_is_asked_for(invoice: int) -> None:
    asked = whole(invoice)
    tell_shop(asked, f"invoice:{invoice}", _("A buyer asks for an invoice"))


@receives("invoice_decided")
def invoice_is_decided(invoice: int, at: str) -> None:
    decided = whole(invoice)
    bought = purchase_of(decided.order_id)
    with translation.override(bought.language):
        is_issued = decided.state == InvoiceState.ISSUED
        issued, declined = _("The shop issued the invoice for order %(number)s."), _("Order %(number)s: %(reason)s")
        words = issued if is_issued else declined
        tell_buyer(
            bought,
            cause=f"invoice:{invoice}:{at}"[:80],
            subject=_("Your invoice") if is_issued else _("The shop cannot issue the invoice"),
            body=notices.saying(words, number=decided.order.number, reason=decided.reason),
            link=link_for_buyer(decided.order),
        )


@receives("refund_made")
def money_went_back_after_the_invoice(refund: int) -> None:
    made = Refund.objects.filter(pk=refund, order__isnull=False).first()
    asked = InvoiceRequest.objects.current(made.order) if made else None
    if asked is not None and rules.has_to_be_cancelled(asked):
        tell_shop(whole(asked.pk), f"invoice:{asked.pk}:refund:{refund}", _("An invoice has to be cancelled"))


@receives("account_closed")
def buyer_has_left(user: int) -> None:
    """Her address goes, and her name where no invoice carries it: one that was issued has to be kept as it is."""
    hers = InvoiceRequest.objects.filter(order__user=user)
    hers.update(email="")
    hers.filter(kind=InvoiceRequest.Title.PERSON).exclude(state=InvoiceState.ISSUED).update(title="")


def whole(pk: int) -> InvoiceRequest:
    return InvoiceRequest.objects.select_related("order__purchase", "order__seller").get(pk=pk)


def tell_shop(asked: InvoiceRequest, cause: str, subject) -> None:
    """Those of the team who see amounts."""
    team = Membership.objects.filter(seller=asked.order.seller).select_related("user__notice_preference")
    with translation.override(settings.LANGUAGE_CODE):
        body = notices.saying(_("Order %(number)s"), number=asked.order.number)
        link = reverse("seller:invoice", args=[asked.pk])
        for member in team:
            if member.may(Can.MONEY):
                notices.tell(user=member.user, cause=cause, subject=subject, body=body, link=link)


def link_for_buyer(order) -> str:
    """Her own page, or for a guest the one behind her purchase's link."""
    if order.user_id:
        return reverse("customer:invoice", args=[order.number])
    return reverse("checkout:invoice", args=[order.purchase.token, order.number])
