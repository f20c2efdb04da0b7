"""Where a person works besides buying: links on the first page of her account."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import roles
from .models import Role

ROOMS = (
    ((Role.REVIEWER,), "dashboard:listing-queue", _("Listings to review")),
    ((Role.FINANCE,), "dashboard:money-payments", _("Money")),
    ((Role.INCUBATOR,), "incubator:today", _("Incubator workspace")),
    ((Role.TRAINER,), "incubator:learning:funnel", _("Training")),
)
"""Which roles lead to which room."""


def workplaces_of(user) -> list[dict]:
    """The rooms this person may work in, with their addresses; empty for somebody who only buys."""
    found = [(reverse("seller:home"), _("Seller centre"))] if user.memberships.exists() else []
    if user.is_superuser:
        found.append((reverse("dashboard:index"), _("Operators' dashboard")))
    found += [
        (reverse(name), words) for asked, name, words in ROOMS if any(roles.areas_of(user, each) for each in asked)
    ]
    if user.has_perm("wagtailadmin.access_admin"):
        found.append((reverse("wagtailadmin_home"), _("Pages and stories")))
    return [{"href": address, "text": words} for address, words in found]
