"""What the seller's front page says about her papers."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.seller.capabilities import Can
from marketplace.seller.home import Todo
from marketplace.seller.models import Membership

from .licences import SOON_DAYS, Licence


def papers_to_renew(member: Membership) -> list[Todo]:
    """Papers that are over or end soon, the first to end first."""
    if not member.may(Can.SHOP):
        return []
    today = timezone.localdate()
    soon = today + timedelta(days=SOON_DAYS)
    ending = Licence.objects.of(member.seller).ending_by(soon).order_by("valid_until")
    return [todo(licence, today) for licence in ending]


def todo(licence: Licence, today) -> Todo:
    is_over = licence.is_over_on(today)
    day = {"day": date_format(licence.valid_until, "DATE_FORMAT") if licence.valid_until else ""}
    note = _("Goods that need it are off sale until it is renewed.") if is_over else _("Valid until %(day)s") % day
    return Todo(
        title=str(licence.get_kind_display()),
        note=note,
        icon="cert",
        href=reverse("seller:licences"),
        clock=_("Expired") if is_over else _("Ends soon"),
        is_late=is_over,
    )
