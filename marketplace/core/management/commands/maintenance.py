"""`manage.py maintenance on|off|state`: close the shop for a while; staff go on."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from marketplace.core import maintenance


class Command(BaseCommand):
    help = "Show buyers and sellers a page that says when the site is back. Counts on this machine, at once."

    def add_arguments(self, parser):
        parser.add_argument("switch", choices=["on", "off", "state"])
        parser.add_argument("--minutes", type=int, default=0, help="how long it is going to take, as people are told")

    def handle(self, *args, switch, minutes, **options):
        if switch == "on":
            maintenance.begin(until=timezone.now() + timedelta(minutes=minutes) if minutes > 0 else None)
        elif switch == "off":
            maintenance.finish()
        self.stdout.write("on" if maintenance.is_on() else "off")
