"""The front page built of blocks, and pages that come and go by themselves."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from cms.models import HomePage, NewsIndexPage, NewsPage
from cms.stories import actions
from cms.tasks import keep_time
from marketplace.catalogue import actions as catalogue
from tests import pages, shop
from tests.cms.test_stories import shown

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def build(*blocks) -> HomePage:
    """The Chinese front page of these blocks, published."""
    home = pages.home()
    home.body = list(blocks)
    home.save_revision().publish()
    return home


def shelf(heading="货架", *goods, rule=""):
    return ("shelf", {"heading": heading, "goods": list(goods), "rule": rule})


@pytest.fixture
def goods():
    """Two products on the shelf."""
    seller = shop.seller("样例店")
    made = [shop.product(seller, title) for title in ("早稻", "晚稻")]
    catalogue.refresh_all()
    return made


def text(client, address="/") -> str:
    return client.get(address).content.decode().partition("<main")[2]


class TestTheFrontPage:
    @pytest.mark.parametrize("address", ["/", "/en/"])
    def test_opens_with_the_usual_blocks(self, client, address):
        kinds = [block.block_type for block in HomePage.objects.first().body]

        assert kinds[:3] == ["greeting", "categories", "shelf"]
        assert "hero__card" in text(client, address)

    def test_shows_chosen_goods_or_those_of_a_rule(self, client, goods):
        build(shelf("选的", goods[0].listing))
        assert ("早稻" in text(client), "晚稻" in text(client)) == (True, False)

        build(shelf("新的", rule="newest"))
        assert ("早稻" in text(client), "晚稻" in text(client)) == (True, True)

    def test_goes_on_without_goods_shops_and_stories_that_are_gone(self, client, goods):
        story = shown()
        build(
            shelf("选的", goods[0].listing),
            ("shops", {"heading": "店", "sellers": [goods[0].seller]}),
            ("stories", {"heading": "故事", "stories": [story]}),
        )
        assert "示例故事" in text(client)

        actions.withdraw_consent(story=story, at=NOW, by=None)
        goods[0].delete()

        assert "示例故事" not in text(client)
        assert "早稻" not in text(client)

    def test_needs_few_queries_with_thirty_blocks(self, client, goods, django_assert_max_num_queries):
        picture, story = pages.picture(), shown(picture=pages.picture("甲"), picture_alt="米")
        figures = [
            (
                "live_figure",
                {"measure": "orders", "seller": goods[0].seller, "since": date(2026, 1, 1), "label": "订单"},
            ),
            (
                "declared_figure",
                {
                    "value": Decimal(46),
                    "unit": "product",
                    "qualifier": "exact",
                    "label": "产品",
                    "as_of": date(2016, 10, 17),
                    "source": "公开报道",
                },
            ),
        ]
        some = [
            shelf("选的", *[each.listing for each in goods]),
            shelf("新的", rule="newest"),
            ("shops", {"heading": "店", "sellers": [goods[0].seller]}),
            ("stories", {"heading": "故事", "stories": [story]}),
            ("courses", {"heading": "课"}),
            ("news", {"heading": "新"}),
            ("figures", {"heading": "数", "figures": figures}),
        ]
        build(("greeting", {}), ("categories", {}), *(some * 4))
        assert picture
        client.get("/")

        with django_assert_max_num_queries(15):
            assert client.get("/").status_code == 200


class TestNews:
    def lay(self, slug="topic", **fields):
        index = NewsIndexPage.objects.child_of(pages.home()).get()
        return pages.publish(index, NewsPage(title="示例专题", slug=slug, body="[]", **fields))

    def test_goes_at_its_hour_even_before_the_clock_takes_it_down(self, client):
        page = self.lay(expire_at=NOW + timedelta(hours=1))
        assert "示例专题" in text(client, "/news/")

        with time_machine.travel(NOW + timedelta(hours=2)):
            assert client.get(page.url).status_code == 404
            assert "示例专题" not in text(client, "/news/")
            keep_time.enqueue()

        assert NewsPage.objects.get(pk=page.pk).expired

    def test_comes_at_its_hour(self, client):
        page = self.lay(go_live_at=NOW + timedelta(hours=1))
        assert client.get("/news/topic/").status_code == 404

        with time_machine.travel(NOW + timedelta(hours=2)):
            keep_time.enqueue()

        assert NewsPage.objects.get(pk=page.pk).live

    def test_lists_in_few_queries(self, client, django_assert_max_num_queries):
        picture = pages.picture()
        for nth in range(10):
            self.lay(f"topic-{nth}", picture=picture)
        client.get("/news/")

        with django_assert_max_num_queries(15):
            client.get("/news/")
        with django_assert_max_num_queries(15):
            client.get("/news/topic-1/")


@pytest.mark.usefixtures("demo")
class TestTheDemonstration:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_has_a_topic_with_goods_and_stories(self, client, prefix):
        page = text(client, f"{prefix}/news/new-rice/")

        assert page.count("pcard__name") >= 2
        assert f"{prefix}/stories/light-from-the-left/" in page
