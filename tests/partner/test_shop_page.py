"""The page of a shop: story, certificates that count, where the goods come from, the goods; in a fixed number of queries."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.catalogue.models import Certificate
from marketplace.core.areas import tiles
from tests import shop

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def seller():
    return shop.seller(story="示例故事：从一亩地开始。", area="230281")


def page_of(client, seller):
    return BeautifulSoup(client.get(seller.get_absolute_url()).content, "html.parser")


def certificate(seller, number="GF230281", *, checked=True, days=30) -> Certificate:
    today = timezone.localdate()
    return Certificate.objects.create(
        seller=seller,
        kind="green",
        number=number,
        issuer="示例机构",
        valid_from=today - timedelta(days=90),
        valid_until=today + timedelta(days=days),
        checked_on=today if checked else None,
    )


def test_tells_story_and_origin(client, seller):
    shop.product(seller, origin="230281")
    shop.product(seller, "示例橙", origin="360722")

    page = page_of(client, seller)

    assert "从一亩地开始" in page.text
    shaded = {tile.find("text").text for tile in page.select(".tilemap g[class]")}
    assert shaded == {"黑", "赣"}
    assert "黑龙江省 1" in page.select_one("#origin").parent.get_text(" ", strip=True)


def test_shows_certificates_that_count_today(client, seller):
    certificate(seller)
    certificate(seller, "unchecked", checked=False)
    certificate(seller, "expired", days=-1)
    certificate(shop.seller("别家样例店"), "strange")

    shown = page_of(client, seller).select(".certs .mono")

    assert [each.text for each in shown] == ["GF230281"]


def test_leaves_out_what_nobody_knows(client, seller):
    page = page_of(client, seller)

    assert not page.select(".tilemap, .certs")


def test_costs_the_same_with_one_good_and_with_many(client, seller):
    shop.product(seller, origin="230281")
    certificate(seller)
    page_of(client, seller)
    with CaptureQueriesContext(connection) as one:
        page_of(client, seller)
    for number in range(6):
        shop.product(seller, f"示例米{number}", origin="360722")
        certificate(seller, f"GF{number}")
    with CaptureQueriesContext(connection) as many:
        page_of(client, seller)

    assert len(many) == len(one) <= MOST_QUERIES


class TestTiles:
    def test_one_for_each_division_and_no_two_in_one_place(self):
        grid = tiles.grid({}, english=False)

        assert len(grid) == 34
        assert len({(tile.x, tile.y) for tile in grid}) == 34

    def test_speaks_both_languages(self):
        assert {len(tile.name) for tile in tiles.grid({}, english=False)} == {1}
        assert all(tile.name.isascii() for tile in tiles.grid({}, english=True))
