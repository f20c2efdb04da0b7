"""`manage.py stripe_standin`: a provider of our own on this machine, for `PAYMENTS=stripe-demo` (`make run` starts it)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.payment.standin.server import StandIn


class Command(BaseCommand):
    help = "Serve the stand-in for Stripe at STRIPE_API_BASE until stopped with Ctrl-C. For demonstrations only."

    def add_arguments(self, parser):
        parser.add_argument("--delay", type=float, default=0, help="seconds before news leaves")
        parser.add_argument("--duplicate", type=int, default=0, help="further copies of each piece of news")
        parser.add_argument("--shuffle", action="store_true", help="news leaves in any order")
        parser.add_argument("--drop", type=float, default=0, help="part of the news that is lost, 0 to 1")
        parser.add_argument("--answer-delay", type=float, default=0, help="seconds before a call is answered")

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The stand-in is for demonstrations only.")
        stand_in = StandIn(
            port=urlsplit(settings.STRIPE_API_BASE).port or 0,
            webhook=f"{settings.SITE_URL}/webhooks/stripe/",
            secret=settings.STRIPE_WEBHOOK_SECRET,
            file=settings.DATA_DIR / "stripe-standin.json",
        )
        for name in ("delay", "duplicate", "shuffle", "drop", "answer_delay"):
            setattr(stand_in.faults, name, options[name])
        self.stdout.write(f"The stand-in for Stripe answers at {stand_in.base}.")
        stand_in.serve()
