"""Laid into the processes of the site by ``bench.faults.settings`` only."""

import os
from datetime import timedelta

from django.apps import AppConfig

MONEY = ("payment.tasks", "settlement.tasks", "core.chores.catch_up")


class Faults(AppConfig):
    name = "bench.faults"
    label = "faults"

    def ready(self) -> None:
        if os.environ.get("FAULTS_ROLE"):
            from . import points

            hurry()
            points.lay()


def hurry() -> None:
    """What happens each minute happens every three seconds, so that an hour of faults takes minutes."""
    from marketplace.core.management.commands import work
    from marketplace.payment import stripe_watch

    for name in work.CLOCK:
        if any(word in name for word in MONEY):
            work.CLOCK[name] = {"seconds": 3}
    stripe_watch.NOT_SOONER = timedelta(seconds=1)
