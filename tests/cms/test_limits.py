"""What pages may cost when nothing is kept, and files that are too large."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from wagtail.documents.forms import get_document_form
from wagtail.documents.models import Document

from marketplace.catalogue import actions as catalogue
from tests import pages, school, shop
from tests.cms.test_front_pages import build, shelf
from tests.cms.test_kept_pages import commit
from tests.cms.test_stories import shown

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 15, 120_000
TWO_HUNDRED_MB = 200 * 1024 * 1024
BLOCKS = 30


def home_of_many_blocks() -> str:
    goods = shop.product(shop.seller("样例店"), "早稻")
    catalogue.refresh_all()
    story = shown(picture=pages.picture("甲"), picture_alt="米")
    some = [
        shelf("选的", goods.listing),
        shelf("新的", rule="newest"),
        ("shops", {"heading": "店", "sellers": [goods.seller]}),
        ("stories", {"heading": "故事", "stories": [story]}),
        ("courses", {"heading": "课"}),
        ("news", {"heading": "新"}),
    ]
    build(*(some * (BLOCKS // len(some))))
    return "/"


def lesson_of_many_blocks():
    image = pages.picture()
    some = [("picture", {"picture": image, "caption": ""}), ("note", {"text": "示例"}), ("text", "<p>示例</p>")]
    return pages.lesson(body=some * (BLOCKS // len(some)))


def course_with_a_class() -> str:
    lesson = lesson_of_many_blocks()
    school.cohort(lesson.course_page().course)
    return lesson.course_page().url


PAGES = {
    "home": home_of_many_blocks,
    "story": lambda: shown(body=[("text", "<p>示例</p>"), ("quote", {"text": "话", "by": "人"})] * 15).url,
    "course": course_with_a_class,
    "lesson": lambda: lesson_of_many_blocks().url,
}


@pytest.mark.parametrize("kind", PAGES)
def test_made_anew_and_kept_a_page_asks_little_of_the_database(client, kind, django_assert_max_num_queries):
    address = PAGES[kind]()
    commit()
    client.get(address)
    cache.clear()

    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(address)

    assert "ETag" in answer.headers
    assert len(answer.content) < MOST_BYTES


def test_a_film_of_200_mb_is_refused_with_a_word_on_its_size():
    film = SimpleUploadedFile("film.mp4", b"\x00")
    film.size = TWO_HUNDRED_MB
    form = get_document_form(Document)({"title": "长片"}, {"file": film})

    assert not form.is_valid()
    assert "100" in str(form.errors["file"])


def test_words_of_the_rooms_are_chinese_where_ours_fill_the_gap():
    with translation.override("zh-hans"):
        assert translation.gettext("Search all pages…") == "搜索所有页面…"
        assert (
            translation.ngettext("Referenced %(count)s time", "Referenced %(count)s times", 3) == "被引用 %(count)s 次"
        )
