"""Each side hears what the other did in a case."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marketplace.core import notices
from marketplace.core.events import receives
from marketplace.core.models import NoticeKind
from marketplace.order.receivers import purchase_of, tell_buyer
from marketplace.seller.capabilities import Can
from marketplace.seller.models import Membership

from .models import Case, CaseEntry
from .states import Side
from .story import DID


@receives("case_moved")
def case_has_moved(case: int, entry: int) -> None:
    told = CaseEntry.objects.select_related("case__order__purchase").get(pk=entry)
    if told.side != Side.BUYER:
        tell_the_buyer(told)
    if told.side != Side.SELLER:
        tell_the_shop(told)


def tell_the_buyer(entry: CaseEntry) -> None:
    bought = purchase_of(entry.case.order_id)
    with translation.override(bought.language):
        tell_buyer(
            bought,
            cause=f"case:{entry.pk}",
            subject=_("News about an after-sale case"),
            body=said(entry),
            link=link_for_buyer(entry.case),
            kind=NoticeKind.CASE,
        )


def tell_the_shop(entry: CaseEntry) -> None:
    team = Membership.objects.filter(seller=entry.case.order.seller).select_related("user__notice_preference")
    with translation.override(settings.LANGUAGE_CODE):
        link = reverse("seller:case", args=[entry.case.number])
        for member in team:
            if member.may(Can.TALK):
                notices.tell(
                    user=member.user,
                    cause=f"case:{entry.pk}:seller",
                    subject=_("News about an after-sale case"),
                    body=said(entry),
                    link=link,
                    kind=NoticeKind.CASE,
                )


def said(entry: CaseEntry):
    """What happened, in whatever language it is read."""
    return notices.saying(
        _("%(who)s %(did)s: case %(number)s, order %(order)s."),
        who=entry.get_side_display,
        did=DID.get(entry.move) or _("wrote a message"),
        number=entry.case.number,
        order=entry.case.order.number,
    )


def link_for_buyer(case: Case) -> str:
    """Her own page, or for a guest the one behind her purchase's link."""
    if case.order.user_id:
        return case.get_absolute_url()
    return reverse("checkout:case", args=[case.order.purchase.token, case.number])
