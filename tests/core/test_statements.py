"""A statement that is written once finds what the same query finds when it is written anew."""

import gc
import threading
import weakref
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.catalogue.models import Product
from marketplace.core.statements import OfMany, Statement, take_along
from marketplace.offering.models import PriceChange
from marketplace.partner.models import Partner
from tests import shop

pytestmark = pytest.mark.django_db

TITLED = Statement(lambda title: Product.objects.filter(title=title, parent=None).select_related("seller"), str)
CHANGED = Statement(lambda now: PriceChange.objects.filter(since__lte=now).values_list("pack", "price"), datetime)
OPEN = Statement(lambda day, kind: Partner.objects.open(day).filter(kind=kind).order_by("pk"), date, str)
OF_PLACE = Statement(lambda first, second: Product.objects.filter(pk__in=[first, second]).order_by("pk"), int, int)
NUMBERED = Statement(lambda number: Product.objects.filter(pk=number), int)


def good(title="新米", **fields):
    return shop.product(shop.seller(f"{title}样例店"), title, **fields)


class TestFinds:
    def test_other_records_for_other_values(self):
        rice, millet = good("新米"), good("小米")
        assert TITLED.rows("新米") == [rice]
        assert TITLED.rows("小米") == [millet]
        assert TITLED.rows("没有") == []
        assert TITLED.one("没有") is None

    def test_what_belongs_to_them_in_the_same_statement(self):
        found = good()
        with CaptureQueriesContext(connection) as asked:
            assert TITLED.one("新米").seller == found.seller
        assert len(asked) == 1

    def test_tuples(self):
        pack, spring = good(), datetime(2026, 3, 20, tzinfo=UTC)
        PriceChange.objects.create(pack=pack, price="49.90", since=spring)
        PriceChange.objects.create(pack=pack, price="39.90", since=spring + timedelta(seconds=1))
        assert CHANGED.rows(spring - timedelta(seconds=1)) == []
        assert CHANGED.rows(spring) == [(pack.pk, Decimal("49.90"))]

    def test_by_the_day(self):
        seller = shop.seller("歇业样例店")
        seller.closed_until = date(2026, 5, 2)
        seller.save()
        assert OPEN.rows(date(2026, 5, 1), seller.kind) == list(Partner.objects.open(date(2026, 5, 1)))
        assert seller in OPEN.rows(date(2026, 5, 2), seller.kind)
        assert seller not in OPEN.rows(date(2026, 5, 2), "nobody")

    def test_one_of_several_numbers(self):
        rice, millet = good("新米"), good("小米")
        assert OF_PLACE.rows(rice.pk, millet.pk) == sorted([rice, millet], key=lambda good: good.pk)
        assert OF_PLACE.rows(millet.pk, 0) == [millet]

    def test_nothing_under_a_number_no_column_has_room_for(self):
        good()
        assert NUMBERED.rows(10**30) == []
        assert NUMBERED.rows(-(10**30)) == []
        assert NUMBERED.rows(2**63 - 1) == []

    def test_words_that_look_like_sql_as_words(self):
        found = good("' OR 1=1 --%s")
        assert TITLED.rows("' OR 1=1 --%s") == [found]


class TestRefuses:
    @pytest.mark.parametrize(
        ("build", "kind"),
        [
            (lambda title: Product.objects.filter(title__startswith=title), str),
            (lambda number: Product.objects.filter(pk=number + 1), int),
            (lambda number: Product.objects.filter(pk=number, date_created__lte=timezone.now()), int),
            (lambda number: Product.objects.all()[: number % 7 + 1], int),
            (lambda number: Product.objects.all(), int),
            (lambda number: Product.objects.filter(pk=number).prefetch_related("images"), int),
        ],
    )
    def test_what_would_be_frozen_or_changed_on_the_way(self, build, kind):
        with pytest.raises(ValueError, match=r"written otherwise|as it is|nowhere|prefetched"):
            Statement(build, kind).rows(kind(1))


@pytest.mark.django_db(transaction=True)
def test_threads_ask_side_by_side():
    goods = [good(f"第{number}种") for number in range(8)]
    asked = [lambda wanted=wanted: TITLED.one(wanted.title) for wanted in goods * 10]
    assert shop.at_once(asked, workers=4) == goods * 10


def test_take_along_asks_nothing_more():
    found = good()
    take_along(found, "images", [])
    with CaptureQueriesContext(connection) as asked:
        assert list(found.images.all()) == []
    assert len(asked) == 0


def test_what_was_taken_along_is_not_narrowed():
    """It would be asked of the whole table, and bring the rows of others."""
    found = good()
    take_along(found, "stockrecords", list(found.stockrecords.all()))
    assert found.stockrecords.all()[0].product is found
    with pytest.raises(TypeError):
        found.stockrecords.all().order_by("pk")


def test_goes_with_its_connection():
    """Each thread of a server has its own; what is written for one must not keep it when the thread has gone."""
    gone = []

    def ask():
        NUMBERED.rows(1)
        gone.append(weakref.ref(connections["default"]))
        connections["default"].close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    gc.collect()
    assert [each() for each in gone] == [None]


class TestOfMany:
    OF_GOODS = OfMany(lambda *numbers: Product.objects.filter(pk__in=numbers).order_by("pk"), int)

    def test_any_number_of_them_each_once(self):
        found = [good(f"第{number}种") for number in range(4)]
        for count in range(5):
            numbers = [each.pk for each in found[:count]]
            assert self.OF_GOODS.rows(numbers * 2) == found[:count]

    def test_more_than_statements_are_kept_for(self):
        found = good()
        assert self.OF_GOODS.rows([found.pk, *range(10_000, 10_100)]) == [found]
        assert max(self.OF_GOODS.by_length, default=0) <= OfMany.MOST

    def test_asks_nothing_for_none(self):
        with CaptureQueriesContext(connection) as asked:
            assert self.OF_GOODS.rows([]) == []
        assert len(asked) == 0
