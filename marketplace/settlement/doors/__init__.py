"""Ways to pay sellers out, behind one interface. A further one is a class and a line in settings/payments.py."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from .interface import Door, Fate, Returned, Sent

__all__ = ["Door", "Fate", "Returned", "Sent", "all_doors", "by_hand", "door_for", "get"]


@cache
def load(paths: tuple[str, ...]) -> dict[str, Door]:
    found = [import_string(path)() for path in paths]
    return {door.code: door for door in found}


def all_doors() -> list[Door]:
    """The doors in use, the preferred one first."""
    return list(load(tuple(settings.PAYOUT_DOORS)).values())


def get(code: str) -> Door:
    """The door with this code; KeyError if it is not in use."""
    return load(tuple(settings.PAYOUT_DOORS))[code]


def by_hand() -> list[str]:
    """Codes of doors through which staff send the money."""
    return [door.code for door in all_doors() if door.is_by_hand]


def door_for(seller) -> Door | None:
    """The first door that reaches the seller."""
    return next((door for door in all_doors() if not door.refuses(seller)), None)
