"""Who complained hears the answer; a seller who is asked hears of it, and how it ended."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marketplace.core import notices
from marketplace.core.events import receives
from marketplace.core.models import NoticeKind
from marketplace.seller.capabilities import Can
from marketplace.seller.models import Membership

from .models import Complaint


def whole(pk: int) -> Complaint:
    return Complaint.objects.select_related("user__notice_preference", "order__purchase", "seller").get(pk=pk)


@receives("complaint_told")
def seller_is_asked(complaint: int) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        tell_seller(
            whole(complaint),
            cause=f"complaint-told:{complaint}",
            subject=_("Somebody complained to the platform"),
            body=_("Please say how you see it: complaint %(number)s."),
        )


@receives("complaint_answered")
def complaint_is_answered(complaint: int) -> None:
    answered = whole(complaint)
    tell_complainant(answered)
    if answered.told_seller:
        with translation.override(settings.LANGUAGE_CODE):
            tell_seller(
                answered,
                cause=f"complaint-ended:{complaint}",
                subject=_("A complaint has been decided"),
                body=_("Complaint %(number)s is decided. Please see the result."),
            )


def tell_seller(complaint: Complaint, *, cause: str, subject, body) -> None:
    """The owners of the shop."""
    link = reverse("seller:complaints")
    for member in Membership.objects.filter(seller=complaint.seller).select_related("user__notice_preference"):
        if member.may(Can.SHOP):
            told = notices.saying(body, number=complaint.number)
            notices.tell(user=member.user, cause=cause, subject=subject, body=told, link=link, kind=NoticeKind.CASE)


def tell_complainant(complaint: Complaint) -> None:
    """By her account, or the address a guest left with her purchase."""
    with translation.override(complaint.language or settings.LANGUAGE_CODE):
        message = {
            "cause": f"complaint-answered:{complaint.pk}",
            "subject": _("Your complaint is answered"),
            "body": notices.saying(
                _("We have looked into complaint %(number)s. Please read our answer."), number=complaint.number
            ),
            "link": address_for(complaint),
            "language": complaint.language,
        }
        if complaint.user:
            notices.tell(user=complaint.user, kind=NoticeKind.CASE, **message)
        else:
            notices.tell_guest(email=complaint.order.purchase.email, **message)


def address_for(complaint: Complaint) -> str:
    """Her own page, or a guest's behind the link of her purchase."""
    if complaint.user_id:
        return reverse("customer:complaint", args=[complaint.number])
    return reverse("checkout:complaint", args=[complaint.order.purchase.token, complaint.number])
