"""Stories: nothing is shown without what it stands on, and figures are what the records say."""

from contextlib import nullcontext
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from modelsearch.backends import get_search_backend
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.stories import DeclaredFigureBlock
from cms.models import ContentPage, StoriesPage, StoryPage
from cms.models.stories import NothingToStandOn
from cms.stories import actions, figures
from marketplace.catalogue import actions as catalogue
from marketplace.core import consent
from marketplace.core.figures import Unit
from marketplace.core.text import is_english
from marketplace.demo import accounts
from tests import pages, shop
from tests.learning.test_funnel import sold

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def index(language="zh-hans") -> StoriesPage:
    return StoriesPage.objects.child_of(pages.home(language)).get()


def draft(slug="sample-story", language="zh-hans", *, body=(), **fields) -> StoryPage:
    """A story nobody may see yet."""
    usual = {"title": "示例故事", "person": "李样例", "summary": "示例简介", "slug": slug}
    page = StoryPage(**(usual | fields), body="[]", live=False, locale=index(language).locale)
    page.body = list(body)
    return index(language).add_child(instance=page)


def agreed(story, *, guardian=""):
    return actions.record_consent(story=story, at=NOW, guardian=guardian, by=None)


def shown(slug="sample-story", **fields) -> StoryPage:
    """A story that is live because its person agreed."""
    story = draft(slug, **fields)
    agreed(story)
    story.save_revision().publish()
    return StoryPage.objects.get(pk=story.pk)


def is_live(story) -> bool:
    return StoryPage.objects.get(pk=story.pk).live


@pytest.fixture
def editor(client):
    accounts.load()
    client.force_login(accounts.by_ending("05"))
    return accounts.by_ending("05")


class TestPublishingWithoutAgreement:
    def test_is_refused_to_code(self):
        story = draft()

        with pytest.raises(NothingToStandOn):
            story.save_revision().publish()
        assert not is_live(story)

    def test_is_refused_to_whoever_saves_it_live(self):
        story = draft()
        story.live = True

        with pytest.raises(NothingToStandOn):
            story.save()

    def test_makes_a_draft_of_a_page_that_would_be_born_live(self):
        story = StoryPage(title="示例", slug="born", summary="示例", body="[]", locale=index().locale)

        index().add_child(instance=story)

        assert not is_live(story)

    def test_leads_the_editor_to_where_it_is_recorded(self, client, editor):
        story = draft()
        form = {
            "title": story.title,
            "slug": story.slug,
            "basis": "consent",
            "person": "李样例",
            "summary": "示例简介",
            "body-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-publish": "1",
        }

        answer = client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form)

        assert answer.url == reverse("story-consent", args=[story.pk])
        assert not is_live(story)

    def test_is_refused_through_the_action_the_api_calls(self, editor):
        story = draft()

        with pytest.raises(NothingToStandOn):
            PublishPageRevisionAction(story.save_revision(), user=editor).execute()
        assert not is_live(story)

    def test_stops_a_bulk_action_as_a_whole(self, client, editor):
        story, other = draft(), ContentPage(title="别的", slug="other", live=False)
        pages.home().add_child(instance=other)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        answer = client.post(f"{address}?id={story.pk}&id={other.pk}", {"include_descendants": "on"}, follow=True)

        assert "示例故事" in answer.content.decode()
        assert not is_live(story)
        assert not ContentPage.objects.get(pk=other.pk).live

    def test_is_refused_for_a_day_to_come(self):
        story = draft(go_live_at=NOW + timedelta(days=1))

        with pytest.raises(NothingToStandOn):
            story.save_revision().publish()
        assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_is_refused_for_a_day_to_come_to_the_api(self, client, editor):
        story = draft(go_live_at=NOW + timedelta(days=1))
        story.save_revision()

        answer = client.post(reverse("wagtailadmin_api:pages:action", args=[story.pk, "publish"]))

        assert answer.status_code == 403
        assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_is_refused_now_to_the_api(self, client, editor):
        story = draft()
        story.save_revision()

        answer = client.post(reverse("wagtailadmin_api:pages:action", args=[story.pk, "publish"]))

        assert answer.status_code == 403
        assert not is_live(story)

    def test_drops_a_schedule_that_lost_its_agreement_and_keeps_the_others(self):
        story, other = draft(go_live_at=NOW + timedelta(days=1)), draft("other", go_live_at=NOW + timedelta(days=1))
        for each in (story, other):
            agreed(each)
            each.save_revision().publish()
        consent.withdraw(purpose="story", subject=f"story:{story.key}", at=NOW)

        with time_machine.travel(NOW + timedelta(days=2)):
            call_command("publish_scheduled")

        assert not is_live(story)
        assert is_live(other)
        assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_makes_drafts_of_copies(self):
        story = shown()

        copy = story.copy(update_attrs={"slug": "copy"}, keep_live=True)
        index().copy(recursive=True, update_attrs={"slug": "stories-2"}, keep_live=True, to=pages.home())

        assert not is_live(copy)
        assert StoryPage.objects.filter(live=True).get() == story

    def test_needs_a_guardian_for_a_minor(self):
        story = draft(is_minor=True)
        agreed(story)
        with pytest.raises(NothingToStandOn):
            story.save_revision().publish()

        consent.withdraw(purpose="story", subject=f"story:{story.key}", at=NOW)
        agreed(story, guardian="示例监护人")
        story.save_revision().publish()

        assert is_live(story)


class TestRecordingAnAgreement:
    def test_makes_the_story_publishable(self, client, editor):
        story = draft()
        room = reverse("story-consent", args=[story.pk])

        page = client.get(room)
        client.post(room, {"do": "give", "given_on": "2026-11-12", "has_seen": "on"})

        assert "我同意" in page.content.decode()
        story.save_revision().publish()
        assert is_live(story)
        assert "本人同意公开" in client.get(story.url).content.decode()

    @pytest.mark.parametrize("form", [{}, {"given_on": "2099-01-01", "has_seen": "on"}, {"given_on": "2026-11-12"}])
    def test_says_what_is_missing(self, client, editor, form):
        story = draft()

        answer = client.post(reverse("story-consent", args=[story.pk]), {"do": "give"} | form)

        assert answer.status_code == 200
        assert story.standing() is None

    def test_is_for_those_who_publish(self, client):
        accounts.load()
        story = draft()
        client.force_login(accounts.by_ending("01"))

        assert client.post(reverse("story-consent", args=[story.pk]), {"do": "give"}).status_code in {302, 403, 404}
        assert story.standing() is None


class TestWithdrawing:
    def found(self):
        return list(get_search_backend().search("示例故事", StoryPage))

    def test_takes_page_search_entry_pictures_and_the_shops_mention(self, client, editor):
        seller, picture = shop.seller("样例店"), pages.picture()
        body = [("picture", {"picture": picture, "caption": ""})]
        story = shown(seller=seller, picture=picture, picture_alt="一袋米", body=body)
        assert client.get(story.url).status_code == 200
        files = [picture.file.name, *picture.renditions.values_list("file", flat=True)]
        assert self.found() == [story]
        assert "示例故事" in client.get(seller.get_absolute_url()).content.decode()

        client.post(reverse("story-consent", args=[story.pk]), {"do": "withdraw"})

        assert client.get(story.url).status_code == 404
        assert self.found() == []
        assert "示例故事" not in client.get("/stories/").content.decode()
        assert "示例故事" not in client.get(seller.get_absolute_url()).content.decode()
        assert not type(picture).objects.filter(pk=picture.pk).exists()
        assert files

    @pytest.mark.django_db(transaction=True)
    def test_takes_the_files_of_the_pictures(self):
        picture = pages.picture()
        picture.get_rendition("width-400|format-webp")
        story = shown(picture=picture, picture_alt="一袋米")
        files = [picture.file.name, *picture.renditions.values_list("file", flat=True)]

        actions.withdraw_consent(story=story, at=NOW, by=None)

        assert [name for name in files if default_storage.exists(name)] == []

    def test_takes_all_languages(self, client):
        story = shown()
        english = draft(language="en", title="Sample")
        english.translation_key = story.translation_key
        english.save()
        english.save_revision().publish()
        assert client.get(f"/en{story.url}").status_code == 200

        actions.withdraw_consent(story=story, at=NOW, by=None)

        assert client.get(f"/en{story.url}").status_code == 404

    def test_by_any_other_way_hides_the_page_as_well(self, client):
        story = shown()

        consent.withdraw(purpose="story", subject=f"story:{story.key}", at=NOW)

        assert client.get(story.url).status_code == 404

    def test_keeps_pictures_that_another_page_shows(self):
        picture = pages.picture()
        story, other = shown(picture=picture, picture_alt="米"), shown("other", picture=picture, picture_alt="米")
        from wagtail.models import ReferenceIndex

        ReferenceIndex.create_or_update_for_object(other)
        actions.withdraw_consent(story=story, at=NOW, by=None)

        assert StoryPage.objects.get(pk=other.pk).picture == picture


class TestAPublishedAccount:
    def account(self, slug="account", **fields):
        facts = {"basis": "published", "source": "公开报道", "source_date": date(2016, 10, 17)}
        return draft(slug, **(facts | fields))

    def test_needs_no_agreement_but_source_and_date(self):
        story = self.account()

        story.save_revision().publish()

        assert is_live(story)
        with pytest.raises(ValidationError):
            self.account("none", source="").save_revision().publish()

    def test_says_no_more_than_its_source(self):
        with pytest.raises(ValidationError, match="不说来源以外"):
            self.account(seller=shop.seller("样例店")).save_revision()

    def test_goes_when_somebody_objects_and_does_not_come_back(self, client, editor):
        story = self.account()
        story.save_revision().publish()

        client.post(reverse("story-consent", args=[story.pk]), {"do": "object"})

        assert client.get(story.url).status_code == 404
        with pytest.raises(NothingToStandOn):
            StoryPage.objects.get(pk=story.pk).save_revision().publish()


class TestFigures:
    @pytest.fixture
    def seller(self):
        return shop.seller("样例店")

    def live(self, seller, measure="orders"):
        return ("live_figure", {"measure": measure, "seller": seller, "since": date(2026, 4, 1), "label": "示例数字"})

    def test_say_what_the_records_say_now(self, client, seller):
        sold(seller, date(2026, 3, 1), date(2026, 4, 2), date(2026, 4, 3))
        story = shown(body=[self.live(seller)])
        assert "2 单" in client.get(story.url).content.decode()

        from incubator.sales.models import SaleFact

        SaleFact.objects.filter(sold_on=date(2026, 4, 3)).update(refunded_fen=5990)

        assert "1 单" in client.get(story.url).content.decode()

    def test_say_at_least_where_a_weight_is_unknown(self, seller):
        from incubator.sales.models import SaleFact

        sold(seller, date(2026, 4, 2), date(2026, 4, 3))
        SaleFact.objects.filter(sold_on=date(2026, 4, 2)).update(grams=1_500_000, grams_kept=1_500_000)
        story = draft(body=[self.live(seller, "tonnes")])

        values = story.live_figures()
        figures.compute(values)

        assert (values[0].live.figure.value, values[0].live.figure.unit) == (Decimal("1.5"), Unit.TONNE)
        assert str(values[0].live.figure) == "1.5+ 吨"

    def test_go_grey_where_nothing_can_be_computed_and_tell_the_editor(self, client, editor, seller):
        story = shown(body=[self.live(seller)])

        page = client.get(story.url).content.decode()

        assert "fig--off" in page
        assert "未知" in page
        assert not is_english()

    def test_declared_ones_print_as_they_were_said(self, client):
        facts = {"as_of": date(2016, 10, 17), "source": "公开报道", "label": "示例"}
        body = [
            ("declared_figure", facts | {"value": Decimal(120), "unit": "tonne", "qualifier": "at_least"}),
            ("declared_figure", facts | {"value": Decimal(1000), "unit": "person", "qualifier": "about"}),
        ]

        page = client.get(shown(body=body).url).content.decode()

        assert "120+ 吨" in page
        assert "近 1000 人" in page
        assert "2016年10月17日" in page

    @pytest.mark.parametrize(("days", "is_taken"), [(0, True), (1, False)], ids=["today", "tomorrow"])
    def test_are_declared_of_no_day_to_come(self, days, is_taken):
        facts = {"value": "120", "unit": "tonne", "qualifier": "exact", "label": "示例", "source": "公开报道"}
        block = DeclaredFigureBlock()
        value = block.to_python(facts | {"as_of": str(timezone.localdate() + timedelta(days=days))})

        with nullcontext() if is_taken else pytest.raises(StructBlockValidationError):
            block.clean(value)

    def test_survive_goods_and_sellers_that_are_gone(self, client, seller):
        goods = shop.product(seller)
        catalogue.refresh_all()
        body = [("goods", {"heading": "", "goods": [goods.listing]}), self.live(seller)]
        story = shown(body=body)
        assert "齐齐哈尔新米" in client.get(story.url).content.decode()

        goods.delete()
        seller.delete()

        assert client.get(story.url).status_code == 200


class TestQueries:
    def test_of_a_story_are_few_whatever_its_blocks(self, client, django_assert_max_num_queries):
        seller, picture = shop.seller("样例店"), pages.picture()
        goods = [shop.product(seller, f"米{n}") for n in range(5)]
        catalogue.refresh_all()
        live = {"measure": "orders", "seller": seller, "since": date(2026, 4, 1), "label": "示例"}
        body = [("picture", {"picture": picture, "caption": ""}), ("live_figure", live), ("text", "<p>示例</p>")] * 9
        body.append(("goods", {"heading": "", "goods": [each.listing for each in goods]}))
        story = shown(body=body, picture=picture, picture_alt="米", seller=seller)
        client.get(story.url)

        with django_assert_max_num_queries(15):
            assert client.get(story.url).status_code == 200

    def test_of_lists_do_not_grow(self, client, django_assert_max_num_queries):
        seller, picture = shop.seller("样例店"), pages.picture()
        for nth in range(10):
            shown(f"story-{nth}", seller=seller, picture=picture, picture_alt="米")
        goods = shop.product(seller)
        catalogue.refresh_all()
        for address in ("/stories/", goods.get_absolute_url(), seller.get_absolute_url()):
            client.get(address)

        with django_assert_max_num_queries(15):
            client.get("/stories/")
        with django_assert_max_num_queries(12):
            assert "示例故事" in client.get(goods.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("demo")
class TestTheDemonstration:
    @pytest.mark.parametrize(
        ("address", "said"),
        [
            ("/stories/li-weidong-2016/", "120+ 吨"),
            ("/en/stories/li-weidong-2016/", "120+ tonnes"),
            ("/stories/fair-2016/", "46 个产品"),
            ("/stories/light-from-the-left/", "虚构"),
        ],
    )
    def test_tells_in_both_languages(self, client, address, said):
        assert said in client.get(address).content.decode()
