"""Stories whose words changed after their person read them."""

import pytest
from django.urls import reverse

from cms.models import StoryPage
from cms.stories import changes
from marketplace.demo import accounts
from tests.cms.test_stories import agreed, draft, is_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    accounts.load()
    client.force_login(accounts.by_ending("05"))
    return accounts.by_ending("05")


class TestWordsChangedAfterTheAgreement:
    @pytest.fixture
    def story(self):
        """Read in its first version, agreed to, and live."""
        story = draft()
        story.save_revision()
        agreed(story)
        return story

    def change(self, story, **fields):
        for name, value in fields.items():
            setattr(story, name, value)
        story.save_revision()

    @pytest.mark.parametrize(
        "fields",
        [{"summary": "别的"}, {"title": "别的"}, {"body": [("text", "<p>别的</p>")]}],
        ids=["summary", "title", "body"],
    )
    def test_are_told_of_in_the_room_of_the_agreement(self, client, editor, story, fields):
        assert changes.unread_since(story) is None

        self.change(story, **fields)

        assert changes.unread_since(story) == story.latest_revision.created_at
        assert 'value="again"' in client.get(reverse("story-consent", args=[story.pk])).content.decode()

    def test_are_told_of_to_whoever_publishes_them(self, client, editor, story):
        form = {"title": "别的", "slug": story.slug, "basis": "consent", "summary": "示例简介", "body-count": "0"}
        form |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "action-publish": "1"}

        page = client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form, follow=True)

        assert is_live(story) and changes.unread_since(StoryPage.objects.get(pk=story.pk))
        assert any(reverse("story-consent", args=[story.pk]) in str(each) for each in page.context["messages"])

    def test_are_read_again(self, client, editor, story):
        self.change(story, summary="别的")

        version = StoryPage.objects.get(pk=story.pk).latest_revision_id
        form = {"do": "again", "given_on": "2026-11-12", "version": version}
        client.post(reverse("story-consent", args=[story.pk]), form)
        assert changes.unread_since(story)
        client.post(reverse("story-consent", args=[story.pk]), form | {"has_seen": "on"})

        assert changes.unread_since(story) is None and story.standing()
        self.change(story, summary="又是别的")
        assert changes.unread_since(story)

    def test_are_told_of_where_the_agreement_is_older_than_the_first_version(self):
        story = draft()
        agreed(story)
        story.save_revision()
        assert changes.unread_since(story) is None

        self.change(story, summary="别的")

        assert changes.unread_since(story)

    def test_count_as_unread_where_a_newer_version_was_saved_meanwhile(self, client, editor, story):
        self.change(story, summary="别的")
        read = StoryPage.objects.get(pk=story.pk).latest_revision_id
        self.change(story, summary="又是别的")

        form = {"do": "again", "given_on": "2026-11-12", "has_seen": "on", "version": read}
        answer = client.post(reverse("story-consent", args=[story.pk]), form, follow=True)

        assert "请重新看过再决定" in answer.content.decode() and changes.unread_since(story)

    def test_are_none_once_they_are_as_they_were_read(self, story):
        self.change(story, summary="别的")
        self.change(story, summary="示例简介")

        assert changes.unread_since(story) is None

    def test_are_none_where_only_the_editor_gave_keys_to_paragraphs(self):
        story = draft(body=[("text", "<p>示例</p>")])
        story.save_revision()
        agreed(story)

        self.change(story, body=[("text", '<p data-block-key="abc12">示例</p>')])

        assert changes.unread_since(story) is None
