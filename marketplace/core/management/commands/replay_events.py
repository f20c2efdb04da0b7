"""`manage.py replay_events`: hand past events to everyone who listens today."""

from django.core.management.base import BaseCommand

from marketplace.core import events
from marketplace.core.models import Event


class Command(BaseCommand):
    help = "Deliver events again; receivers may run twice without harm."

    def add_arguments(self, parser):
        parser.add_argument("--name", help="only events of this name")
        parser.add_argument("--since", type=int, default=0, help="only events with this number or later")

    def handle(self, *args, name, since, **options):
        found = Event.objects.filter(pk__gte=since)
        if name:
            found = found.filter(name=name)
        done = events.replay(found.order_by("id").iterator())
        self.stdout.write(f"{done} deliveries")
