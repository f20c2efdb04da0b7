"""What waits for the shop in its cases."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.aftersales import story
from marketplace.aftersales.models import Case
from marketplace.aftersales.states import Side

from ..capabilities import Can
from ..home import Todo
from ..models import Membership


def to_answer(member: Membership) -> list[Todo]:
    """Cases whose clock runs for this shop; the shortest one is shown."""
    if not member.may(Can.TALK):
        return []
    waiting = Case.objects.of_seller(member.seller).waiting_for(Side.SELLER)
    counted = waiting.aggregate(number=Count("id"), due=Min("due_at"))
    if not counted["number"]:
        return []
    now = timezone.now()
    return [
        Todo(
            title=_("After-sale cases to answer"),
            note=_("What you do not answer in time platform staff decide."),
            number=counted["number"],
            href=reverse("seller:cases"),
            clock=story.left(counted["due"], now),
            is_late=(counted["due"] - now).days < 1,
        )
    ]
