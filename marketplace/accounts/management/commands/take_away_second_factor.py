"""`manage.py take_away_second_factor NAME`: for the only operator there is, who lost phone and paper."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marketplace.accounts import second_factor
from marketplace.accounts.backends import find_user


class Command(BaseCommand):
    help = "Take somebody's second factor away; she sets up another one when she next signs in."

    def add_arguments(self, parser):
        parser.add_argument("name", help="mobile number or e-mail address")

    def handle(self, *args, name, **options):
        user = find_user(name)
        if user is None:
            raise CommandError("Nobody is known by this.")
        second_factor.take_away(user=user, by=None, reason="at the server", at=timezone.now())
        self.stdout.write("Done. Her sessions have ended, and she is told.")
