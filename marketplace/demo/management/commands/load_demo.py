"""`manage.py load_demo`: fills an empty shop with made-up sellers, goods, people and orders."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import import_string

from marketplace.catalogue import actions as catalogue
from marketplace.catalogue.models import Product
from marketplace.core import audit
from marketplace.core.models import AuditEntry
from marketplace.demo import accounts, bulk, goods, orders, promotions, sellers, supply, trust

LOADED = "demo.loaded"


def is_loaded() -> bool:
    """True once a loading has come to its end; one that was cut off is begun again."""
    return AuditEntry.objects.filter(action=LOADED).exists()


class Command(BaseCommand):
    help = "Load the demonstration; safe to repeat. With --products it also fills a big catalogue, in bulk."

    def add_arguments(self, parser):
        parser.add_argument("--products", type=int, default=0, help="products to add in bulk, of many sellers")
        parser.add_argument("--sellers", type=int, default=200, help="sellers these products are spread over")
        parser.add_argument("--once", action="store_true", help="do nothing if it was loaded to its end before")

    def handle(self, *args, **options):
        products, sellers_wanted = options["products"], options["sellers"]
        if not settings.DEMO:
            raise CommandError("Demo data has no place in production: its passwords are public.")
        if products < 0 or sellers_wanted < 1:
            raise CommandError("--products cannot be negative and --sellers must be at least 1.")
        if not (options["once"] and is_loaded()):
            self.load(products, sellers_wanted)
        self.print_accounts()

    def load(self, products, sellers_wanted):
        """All of it, with a note at the end that says so."""
        self.started = time.monotonic()
        self.load_small_set()
        if products:
            bulk.load(products=products, sellers=sellers_wanted, progress=self.progress("products", products))
        listings = Product.objects.exclude(structure=Product.CHILD).count()
        catalogue.refresh_all(progress=self.progress("listings and search index", listings))
        if not is_loaded():
            audit.record(LOADED, of=accounts.by_ending(accounts.OPERATOR))

    def load_small_set(self):
        """Everything a visitor of the demonstration meets."""
        with transaction.atomic():
            people, shops, kinds = accounts.load(), sellers.load(), goods.load()
            promotions.load()
        purchases = orders.load()
        trust.load()
        supply.load()
        for loader in settings.DEMO_LOADERS:
            import_string(loader)()
        self.say(f"{kinds} specialties of {shops} sellers, {people} people, {purchases} purchases")

    def progress(self, of, total):
        """A function that prints how far we are: n of N."""
        return lambda done: self.say(f"{of}: {done:,} of {total:,}")

    def say(self, what):
        self.stdout.write(f"[{time.monotonic() - self.started:6.1f} s] {what}")
        self.stdout.flush()

    def print_accounts(self):
        self.stdout.write(f"Demo accounts (password {accounts.PASSWORD}):")
        for person in accounts.PEOPLE:
            self.stdout.write(f"  {person.mobile.removeprefix('+86')}  {person.role_en}")
