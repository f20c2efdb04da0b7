"""One box finds goods and pages, and never a page that a reader may not open."""

import pytest
from django.utils import timezone

from cms.stories import actions
from marketplace.accounts.models import User
from marketplace.catalogue import actions as catalogue
from tests import pages, shop
from tests.cms.test_stories import draft, shown

pytestmark = pytest.mark.django_db


def found(client, query, prefix="") -> str:
    return client.get(f"{prefix}/products/?q={query}").content.decode().partition("<main")[2]


def test_finds_goods_and_pages_together(client):
    shop.product(shop.seller(), "讷河新米")
    catalogue.refresh_all()
    story = shown(title="讷河的新米")

    page = found(client, "讷河")

    assert "pcard__name" in page
    assert story.url in page


def test_finds_a_story_by_its_person(client):
    shown(title="春天", person="李示范")

    assert "春天" in found(client, "李示范")


def test_never_names_drafts_or_what_was_withdrawn(client):
    draft("draft", title="讷河草稿")
    story = shown(title="讷河故事")
    actions.withdraw_consent(story=story, at=timezone.now(), by=None)

    page = found(client, "讷河")

    assert "讷河草稿" not in page
    assert "讷河故事" not in page


def test_keeps_to_the_readers_language(client):
    lesson = pages.lesson(slug="nehe")

    assert lesson.url in found(client, "示例课时")
    assert lesson.url not in found(client, "示例课时", "/en")


def test_asks_little_more_of_the_database(client, django_assert_max_num_queries):
    for nth in range(5):
        shown(f"story-{nth}", title=f"讷河故事{nth}")
    found(client, "讷河")

    with django_assert_max_num_queries(15):
        assert found(client, "讷河").count("讷河故事") == 5


@pytest.mark.parametrize("room", ["documents", "images"])
def test_finds_an_editors_files_that_are_used(client, room):
    """A search and a number counted for each file, in one question."""
    client.force_login(User.objects.create_superuser(mobile="13900000006", password="rice-in-autumn"))
    shown(title="春天", picture=pages.picture("甲图"), picture_alt="米")

    ways = ("usage_count_min=1", "usage_count_max=1", "ordering=file_size", f"usage_count_min={10**30}")
    answers = [client.get(f"/cms/{room}/?q=甲&{way}") for way in ways]

    assert [answer.status_code for answer in answers] == [200] * len(ways)
