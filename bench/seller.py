"""`python -m bench seller`: the front page of a shop with 10 and with 10,000 orders, and the table of its goods there and back.

It works on the database of ``DATABASE_URL`` with the demonstration's data and leaves nothing behind.
"""

import os
import secrets
import sys
import time
from datetime import timedelta
from io import BytesIO

import django
from django.db import transaction

from bench.counting import Counter

COUNTS = (10, 10_000)
BATCH = 2000


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:<48} {figure}\n")
    sys.stdout.flush()


def main(_arguments) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    with transaction.atomic():
        for orders in COUNTS:
            front_page(orders)
        round_trip()
        transaction.set_rollback(True)


def front_page(orders: int) -> None:
    """What it costs the database, and how heavy the page is."""
    from django.db import connection
    from django.test import Client

    from marketplace.accounts.models import User

    owner = User.objects.get(mobile="+8613800000002")
    fill(owner.memberships.get(role="owner").seller, orders)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(owner)
    client.get("/seller/", secure=True)
    counter, begun = Counter(), time.perf_counter()
    with connection.execute_wrapper(counter):
        answer = client.get("/seller/", secure=True)
    took = (time.perf_counter() - begun) * 1000
    say(
        f"seller's front page, {orders:,} orders",
        f"{answer.status_code} {counter.count:>3} SQL {took:7.1f} ms {len(answer.content) / 1024:6.1f} KB of HTML",
    )


def fill(seller, wanted: int) -> None:
    """Copies of an order the shop has, a minute apart, until there are so many."""
    from django.utils import timezone

    from marketplace.order.models import Line, Order, Purchase, new_number

    there = Order.objects.filter(seller=seller)
    line = (
        Line.objects.filter(order__in=there.filter(status="awaiting_shipment"))
        .select_related("order__purchase")
        .first()
    )
    now, missing = timezone.now(), wanted - there.count()
    for start in range(0, missing, BATCH):
        numbers = range(start, min(start + BATCH, missing))
        bought = Purchase.objects.bulk_create(
            [
                copy_of(line.order.purchase, basket=None, number=new_number(), token=secrets.token_urlsafe(24))
                for _nth in numbers
            ]
        )
        orders = Order.objects.bulk_create(
            [
                copy_of(line.order, purchase=purchase, number=new_number(), date_placed=now - timedelta(minutes=nth))
                for nth, purchase in zip(numbers, bought, strict=True)
            ]
        )
        Line.objects.bulk_create([copy_of(line, order=order) for order in orders])


def copy_of(row, **changes):
    """The same row once more, not saved, with other values."""
    values = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}
    return type(row)(**values | changes)


def round_trip() -> None:
    """Every seller's goods as a table, and the same table brought back."""
    from django.utils import timezone

    from marketplace.core import imports, tables
    from marketplace.offering import sheet
    from marketplace.partner.models import Partner

    read = changed = refused = 0
    for seller in Partner.objects.order_by("pk"):
        table = tables.read_table(BytesIO(sheet.workbook(seller)), "goods.xlsx")
        report = imports.look(sheet.GoodsImporter(seller, None, timezone.now()), table.rows)
        read, changed, refused = read + report.read, changed + report.new + report.updated, refused + report.refused
    say("goods as a table and back", f"{read} rows read, {refused} refused, {changed} changed")
