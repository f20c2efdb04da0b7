"""Who may do what: roles that staff hold, and the places they hold them for."""

from django.db import models
from django.utils import timezone

from .models import Role, RoleGrant, User

EVERYWHERE = ""


def holds(user, role: Role, area: str = EVERYWHERE) -> bool:
    """True if the person holds the role for ``area`` (any place if none is named); operators hold every role everywhere."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return any(not area or area.startswith(place) for place in areas_of(user, role))


def areas_of(user, role: Role) -> tuple[str, ...]:
    """Beginnings of the codes of the places the person holds the role for; ``("",)`` for everywhere, empty for none."""
    if not user.is_authenticated or not user.is_active:
        return ()
    if user.is_superuser:
        return (EVERYWHERE,)
    return tuple(sorted(stem(area) for grant_role, area in _grants(user) if grant_role == role))


def stem(area: str) -> str:
    """What all codes within a place begin with: 230200 → 2302, 230000 → 23; counties and towns begin with themselves."""
    while len(area) in {4, 6} and area.endswith("00"):
        area = area[:-2]
    return area


def within(places: tuple[str, ...], field: str = "area") -> models.Q:
    """The condition that a row's area lies in one of these places; matches nothing for no place."""
    condition = models.Q(pk__in=[])
    for place in places:
        condition |= models.Q(**{f"{field}__startswith": place})
    return condition


def give(*, user: User, role: Role, area: str = EVERYWHERE, by: User | None) -> RoleGrant:
    """Entrust a person with a role; a second time changes nothing."""
    grant, _made = RoleGrant.objects.get_or_create(user=user, role=role, area=area, defaults={"given_by": by})
    forget_grants(user)
    return grant


def forget_grants(user) -> None:
    """The next question asks the database again."""
    if hasattr(user, "_role_grants"):
        del user._role_grants


def _grants(user) -> list[tuple[str, str]]:
    """One query per request and person; a request's user is a lazy one, so her own dictionary is not looked into."""
    if not hasattr(user, "_role_grants"):
        user._role_grants = list(user.role_grants.in_force(timezone.localdate()).values_list("role", "area"))
    return user._role_grants
