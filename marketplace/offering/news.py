"""What those are told who offer goods for a seller, on the site and by the ways they chose."""

from django.utils.translation import gettext_lazy as _

from marketplace.core import notices
from marketplace.core.models import NoticeKind
from marketplace.seller.capabilities import Can

SEEN = _("Buyers can see it now.")


def tell_who_offers(seller, *, cause: str, subject, body, link: str) -> None:
    """Everybody in the seller's team who offers goods; once for each cause."""
    message = {"cause": cause, "subject": subject, "body": body, "link": link}
    for member in seller.members.select_related("user__notice_preference"):
        if member.may(Can.LIST):
            notices.tell(user=member.user, kind=NoticeKind.SHOP, **message)
