"""`manage.py backup DIR`: the whole site into a folder."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marketplace.core import backups


class Command(BaseCommand):
    help = "Copy database and files into a new folder. The site may go on working meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that is not there yet")

    def handle(self, *args, folder, **options):
        try:
            made = backups.take(folder, at=timezone.now())
        except backups.Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"{sum(made.rows.values())} rows of {len(made.rows)} tables, {len(made.files) - 1} files: {folder}"
        )
        self.stdout.write("Keep FIELD_KEY and SECRET_KEY in another place; they are not part of the copy.")
