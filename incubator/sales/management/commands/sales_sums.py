"""`manage.py sales_sums`: are the sums by day and good what the facts say? Exits 1 where they are not."""

import sys

from django.core.management.base import BaseCommand

from incubator.sales import rollups

MOST_SHOWN = 50


class Command(BaseCommand):
    help = "Compare the sums that pages show with the sale facts, or make them again. Exits 1 where anything differs."

    def add_arguments(self, parser):
        parser.add_argument(
            "--rebuild", action="store_true", help="first throw the sums away and make them from the facts"
        )
        parser.add_argument(
            "--repair", action="store_true", help="first do so for those accounts only whose sums differ"
        )

    def handle(self, *args, **options):
        if options["rebuild"]:
            self.stdout.write(f"{rollups.rebuild():,} sums made.")
        if options["repair"]:
            self.stdout.write(f"Sums of {rollups.mend():,} accounts made again.")
        found = list(rollups.differences())
        for each in found[:MOST_SHOWN]:
            self.stdout.write(each)
        if found:
            self.stderr.write(f"{len(found)} differences")
            sys.exit(1)
        self.stdout.write("Everything agrees.")
