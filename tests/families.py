"""Households, and people who may read them."""

from datetime import date

from django.contrib.auth.models import Permission
from django.utils import timezone

from incubator.households import actions
from tests import incubator


def household(cooperative=None, **fields):
    """A household that agreed, delivering to a cooperative."""
    usual = {
        "kind": "supply",
        "since": date(2026, 1, 1),
        "area": incubator.NEHE,
        "name": "样例户主",
        "phone": "",
        "agreed": True,
    }
    return actions.register(
        cooperative=cooperative or incubator.cooperative(), by=None, at=timezone.now(), **(usual | fields)
    )


def reader(area=incubator.QIQIHAR, ending="0020"):
    """Incubator staff with the permission of its own."""
    user = incubator.staff(area, ending)
    user.user_permissions.add(Permission.objects.get(codename="read_household"))
    return user
