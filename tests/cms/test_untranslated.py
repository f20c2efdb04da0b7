"""The way to a page that is there in Chinese only."""

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import ContentPage, StoryPage
from marketplace.core import consent
from tests import pages
from tests.cms.test_stories import draft, shown

pytestmark = pytest.mark.django_db


def leads_to(client, address: str) -> str:
    """Where the answer leads; empty where there is nothing."""
    answer = client.get(address)
    assert answer.status_code in {302, 404}
    return answer.get("Location", "")


class TestAPageWithoutATranslation:
    def test_leads_an_english_reader_to_the_chinese_one_and_says_so(self, client):
        story = shown()

        assert leads_to(client, f"/en{story.url}?from=a") == f"{story.url}?from=a"
        assert "not there in English yet" in client.get(story.url).content.decode()

    def test_leads_there_for_courses_and_their_lessons(self, client):
        lesson = pages.lesson()

        assert leads_to(client, f"/en{lesson.url}") == lesson.url
        assert leads_to(client, f"/en{lesson.get_parent().url}") == lesson.get_parent().url

    def test_stays_away_while_it_is_a_draft(self, client):
        draft()

        assert leads_to(client, "/en/stories/sample-story/") == ""

    def test_stays_away_once_its_time_is_over(self, client):
        story = shown()
        StoryPage.objects.update(expire_at=timezone.now())

        assert leads_to(client, f"/en{story.url}") == ""

    def test_stays_away_once_its_person_took_the_agreement_back(self, client):
        story = shown()
        consent.withdraw(purpose="story", subject=f"story:{story.key}", at=timezone.now())

        assert leads_to(client, f"/en{story.url}") == ""

    def test_stays_away_where_not_everybody_may_read_it(self, client):
        below = pages.publish(pages.home(), ContentPage(title="样例", slug="closed"))
        page = pages.publish(below, ContentPage(title="样例", slug="within"))
        PageViewRestriction.objects.create(page=below, restriction_type=PageViewRestriction.LOGIN)

        assert leads_to(client, f"/en{page.url}") == ""

    def test_is_no_other_page(self, client):
        assert leads_to(client, "/en/nothing/") == ""
        assert leads_to(client, "/nothing/") == ""


def test_a_translated_page_is_shown(client):
    story = shown()
    english = draft(language="en", title="Sample")
    english.translation_key = story.translation_key
    english.save()
    english.save_revision().publish()

    assert client.get(f"/en{story.url}").status_code == 200
