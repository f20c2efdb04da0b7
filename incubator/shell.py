"""The frame of the staff workspace: which sections it has, and who may come in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.views import View

from marketplace.accounts import roles
from marketplace.accounts.models import Role

STAFF, TRAINERS, MEMBERS = "staff", "trainers", "members"


@dataclass(frozen=True, order=True)
class Section:
    """One part of the workspace as its navigation names it; apps add theirs when they are ready.

    ``audience`` is STAFF, TRAINERS for those who only teach, or MEMBERS for what a cooperative's or a partner's own people see.
    """

    order: int
    url: str = field(compare=False)
    label: str | Promise = field(compare=False)
    icon: str = field(compare=False)
    audience: str = field(compare=False, default=STAFF)
    also: tuple[str, ...] = field(compare=False, default=())
    """Names of other addresses whose rooms belong to the section."""

    @property
    def href(self) -> str:
        return reverse(self.url)

    @property
    def rooms(self) -> tuple[str, ...]:
        """The beginnings of the addresses that belong to the section: /incubator/fairs/."""
        return tuple(room_of(reverse(url)) for url in (self.url, *self.also))


def room_of(href: str) -> str:
    before, middle, after = href.partition("/incubator/")
    first = after.partition("/")[0]
    return before + middle + (f"{first}/" if first else "")


_sections: dict[tuple[str, str], Section] = {}


def add(section: Section) -> None:
    """Give the workspace a section; the same address for the same audience a second time replaces the first."""
    _sections[section.url, section.audience] = section


def sections(audience: str = STAFF) -> list[Section]:
    """The sections this audience has, in the order of the navigation."""
    return sorted(section for section in _sections.values() if section.audience == audience)


def current(path: str, among: list[Section]) -> Section | None:
    """The section a page belongs to: the one whose addresses the page's address begins with, the longest of them."""
    fitting = [(room, section) for section in among for room in section.rooms if path.startswith(room)]
    return max(fitting, key=lambda found: len(found[0]), default=("", None))[1]


def places(user) -> tuple[str, ...]:
    """Beginnings of the codes of the places this person works for as incubator staff; empty for anybody else."""
    return roles.areas_of(user, Role.INCUBATOR)


def audience_of(user) -> str:
    """As whom this person comes in."""
    if is_staff(user):
        return STAFF
    return TRAINERS if roles.areas_of(user, Role.TRAINER) else MEMBERS


def is_staff(user) -> bool:
    """True for incubator staff of any place, and for operators."""
    return bool(places(user))


def staff_only(view):
    """Decorator: strangers sign in first; whoever is not incubator staff finds nothing here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_staff(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


class StaffOnly(View):
    """The same door for class-based views; stands first among the bases."""

    @classmethod
    def as_view(cls, **kwargs):
        return staff_only(super().as_view(**kwargs))
