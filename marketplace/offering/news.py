"""What those are told who offer goods for a seller, on the site and by the ways they chose."""

from marketplace.core import notices
from marketplace.seller.capabilities import Can

LONGEST_SUBJECT = 120


def tell_who_offers(seller, *, cause: str, subject: str, body: str, link: str) -> None:
    """Everybody in the seller's team who offers goods; once for each cause."""
    for member in seller.members.select_related("user__notice_preference"):
        if member.may(Can.LIST):
            notices.tell(user=member.user, cause=cause, subject=subject[:LONGEST_SUBJECT], body=body, link=link)
