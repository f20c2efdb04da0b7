"""`manage.py restore DIR`: the site again, from a folder that `backup` made."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from marketplace.core import backups


class Command(BaseCommand):
    help = "Put a copy in the place of database and files. Exits 1 where anything is not as in the copy."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that backup made")
        parser.add_argument("--replace", action="store_true", help="also over a site that has accounts or files")

    def handle(self, *args, folder, replace, **options):
        try:
            outcome = backups.restore(folder, replace=replace)
        except backups.Refused as refusal:
            raise CommandError(str(refusal)) from None
        made = outcome.manifest
        self.stdout.write(
            f"{sum(made.rows.values())} rows of {len(made.rows)} tables, {len(made.files) - 1} files are back."
        )
        for name in outcome.unknown_migrations:
            self.stderr.write(f"The copy knows {name}, this version of the site does not: is it older than the copy?")
        self.stdout.write("Next: manage.py migrate, manage.py reconcile. Everybody signs in again.")
        if outcome.differences:
            self.stderr.write("\n".join([f"{len(outcome.differences)} differences:", *outcome.differences]))
            sys.exit(1)
        self.stdout.write("0 rows and 0 files lost.")
