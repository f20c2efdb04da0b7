"""`manage.py import_sales`: files of one channel account into sale facts, and out again."""

import io
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from incubator.sales import actions
from incubator.sales.models import ImportState, SalesImport
from incubator.sales.reading.refusals import UnreadableFile
from incubator.sales.states import IMPORTED

NOT_READ = 2
SECONDS_BETWEEN = 1.0


class Command(BaseCommand):
    help = (
        "Take sales files of one channel account in. Safe to repeat, in any order of files. "
        "Exit status 2 if a file could not be read; refused rows are listed and stop nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--channel", required=True, choices=[str(channel) for channel in IMPORTED])
        parser.add_argument(
            "--account", required=True, metavar="NAME", help="the shop on the channel; a new one is made"
        )
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        one.add_argument(
            "--undo",
            action="store_true",
            help="take the last import in force of each file (by its name) back; importing it again brings it back",
        )
        parser.add_argument("--json", metavar="OUT", help="write the outcome to this file")

    def handle(self, *args, **options):
        self.said_at = time.monotonic()
        if options["undo"]:
            self.take_back(options)
        else:
            self.take_in(options)

    def take_back(self, options):
        """Every file that an import in force brought; exit status 2 if one of them has none."""
        if options["json"]:
            raise CommandError("--undo writes no --json: what it takes back is said line by line.")
        taken = [self.taken_back(name, options) for name in options["files"]]
        if not all(taken):
            sys.exit(NOT_READ)

    def taken_back(self, name, options) -> bool:
        run = last_import(options["channel"], options["account"], name)
        if run is None:
            self.stderr.write(f"{name}: no import of this account that could be taken back")
            return False
        actions.undo_import(run=run, by=None, at=timezone.now(), progress=self.progress)
        self.stdout.write(f"{run.file_name}: import {run.pk} taken back")
        return True

    def take_in(self, options):
        with ExitStack() as opened:
            files = [(name, opened.enter_context(readable(name))) for name in options["files"]]
            outcomes = self.outcomes(files, options)
        for outcome in outcomes:
            self.say(outcome)
        if options["json"]:
            told = {"files": [outcome.as_dict() for outcome in outcomes]}
            Path(options["json"]).write_text(json.dumps(told, ensure_ascii=False, indent=2), "utf-8")
        if any(outcome.failure for outcome in outcomes):
            sys.exit(NOT_READ)

    def outcomes(self, files, options):
        named = {"channel": options["channel"], "name": options["account"]}
        if options["dry_run"]:
            return actions.try_files(account=actions.account_to_try(**named), files=files, progress=self.progress)
        account = actions.account_called(**named, by=None)
        return actions.import_files(account=account, files=files, by=None, at=timezone.now(), progress=self.progress)

    def progress(self, step, done):
        """At most a line a second."""
        if time.monotonic() - self.said_at >= SECONDS_BETWEEN:
            self.said_at = time.monotonic()
            self.stderr.write({"read": f"  {done:,} rows read", "count": f"  {done:,} orders counted"}[step])

    def say(self, outcome):
        self.stdout.write(
            f"{outcome.name}: {outcome.read} read = {outcome.new} new + {outcome.updated} updated + "
            f"{outcome.unchanged} unchanged + {outcome.refused} refused; {outcome.waiting} waiting, "
            f"{outcome.elsewhere} of the new known from another account"
        )
        for error in outcome.explained:
            self.stdout.write(f"  {error['row'] or outcome.name}: {error['why']}")


def last_import(channel, account, name):
    """The last import in force of a file of this name, if there is one."""
    done = SalesImport.objects.filter(account__channel=channel, account__name=account, state=ImportState.DONE)
    return done.filter(file_name=Path(name).name).order_by("pk").last()


def readable(name):
    """The file opened; one that cannot be opened is empty-handed and judged like any other that cannot be read."""
    try:
        return open(name, "rb")
    except OSError:
        return Missing()


class Missing(io.BytesIO):
    """A file nobody can open."""

    def read(self, *_size):
        raise UnreadableFile("no_such_file")
