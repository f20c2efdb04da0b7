"""`manage.py reconcile`: compares provider, orders, stock and ledger; prints what differs and exits 1 if anything does."""

import sys
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from marketplace.payment.reconciliation import differences, repairs


class Command(BaseCommand):
    help = "Compare payments, orders, stock and ledger. Exits 1 where anything differs."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=90, help="how far back the provider is asked (90)")
        parser.add_argument(
            "--repair", action="store_true", help="first post what the ledger lacks and put balances and stock right"
        )

    def handle(self, *args, **options):
        now = timezone.now()
        if options["repair"]:
            repairs.all_safe(by=None, at=now)
        found = list(differences(now - timedelta(days=options["days"])))
        for each in found:
            self.stdout.write(f"{each}\t{each.kind.label}")
        if found:
            self.stderr.write(f"{len(found)} differences")
            sys.exit(1)
        self.stdout.write("Everything agrees.")
