"""Households of the demonstration: a dozen made-up ones, and the second person of the incubator may read them."""

from datetime import date

from django.contrib.auth.models import Permission
from django.utils import timezone

from incubator.households import actions
from incubator.households.models import Household
from incubator.members.models import Cooperative
from marketplace.accounts.models import User

READER, NUMBER = "+8613800000008", 12


def load() -> None:
    """Record them with the first sample cooperative, if there are none."""
    reader = User.objects.get(mobile=READER)
    reader.user_permissions.add(Permission.objects.get(content_type__app_label="households", codename="read_household"))
    cooperative = Cooperative.objects.filter(is_sample=True).order_by("code").first()
    if cooperative is None or Household.objects.exists():
        return
    for number in range(1, NUMBER + 1):
        actions.register(
            cooperative=cooperative,
            kind="supply",
            since=date(2026, 1, 1),
            agreed=True,
            by=reader,
            at=timezone.now(),
            area=cooperative.area,
            name=f"示例农户{number}",
            people=number % 4 + 1,
        )
