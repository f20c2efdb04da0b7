"""Where a person works besides buying: links on the first page of her account; signing in leads to the first of them."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import roles
from .models import Role, User

ROOMS = (
    ((Role.REVIEWER,), "dashboard:listing-queue", _("Listings to review")),
    ((Role.FINANCE,), "dashboard:money-payments", _("Money")),
    ((Role.INCUBATOR,), "incubator:today", _("Incubator workspace")),
    ((Role.TRAINER,), "incubator:learning:funnel", _("Training")),
)
"""Which roles lead to which room."""
DESKS = {"operator": "dashboard:index", Role.EDITOR: "wagtailadmin_home"}
"""Where those begin who are let in by something else than a role."""

_further: list[Callable[[User], list]] = []


def add(rooms_of: Callable[[User], list]) -> None:
    """Packages above name rooms of their own: called with a person, answers pairs of address and words."""
    _further.append(rooms_of)


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
    for rooms_of in _further:
        found += [room for room in rooms_of(user) if room[0] not in dict(found)]
    return [{"href": address, "text": words} for address, words in found]


def room_of(role: str) -> str:
    """The address where such a role is worked in; empty for one without a room of its own."""
    rooms = {each: name for asked, name, _words in ROOMS for each in asked} | DESKS
    return reverse(rooms[role]) if role in rooms else ""


def first_room_of(user) -> str:
    """The address of the room she works in most likely; empty for somebody who only buys."""
    return next((room["href"] for room in workplaces_of(user)), "")
