"""Authors write, editors review, publishers publish; nothing in use is deleted; what is broken is reported."""

import re

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.models import Image
from wagtail.models import Task, Workflow

from cms import roles
from cms.models import ContentPage
from cms.reports import Known, answers
from marketplace.catalogue import actions as catalogue
from marketplace.catalogue.models import Listing
from marketplace.demo import accounts
from tests import pages, shop
from tests.cms.test_stories import agreed, draft, is_live, shown

pytestmark = pytest.mark.django_db
AUTHOR, REVIEWER, PUBLISHER = "16", "17", "05"


@pytest.fixture(autouse=True)
def people():
    accounts.load()


def sign_in(client, ending):
    user = accounts.by_ending(ending)
    client.force_login(user)
    return user


def content(title="示例页", **fields) -> ContentPage:
    page = ContentPage(title=title, slug="sample-page", live=False, locale=pages.home().locale, **fields)
    return pages.home().add_child(instance=page)


def handed_in(page, by):
    page.save_revision(user=by)
    return page.get_workflow().start(page, by)


def approve(client, page):
    """Press the button of the step the page is at."""
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(address, {"comment": "", "next": ""})


class TestTheRooms:
    def test_name_whoever_works_in_them_and_show_no_number(self, client):
        user = sign_in(client, PUBLISHER)

        page = client.get(reverse("wagtailadmin_home")).content.decode()

        assert user.get_full_name() in page and str(user.mobile) not in page

    def test_label_every_field_of_a_story_in_chinese(self, client):
        sign_in(client, PUBLISHER)

        page = client.get(reverse("wagtailadmin_pages:edit", args=[draft().pk])).content.decode()

        assert not [
            word for word in ("Seller", "Course", "Picture") if f">{word}<" in re.sub(r"\s*([<>])\s*", r"\1", page)
        ]


class TestTheWayOfAPage:
    def test_leads_from_the_author_over_the_reviewer_to_the_publisher(self, client):
        page = content()
        handed_in(page, accounts.by_ending(AUTHOR))

        seen = []
        for ending in (REVIEWER, PUBLISHER):
            sign_in(client, ending)
            approve(client, ContentPage.objects.get(pk=page.pk))
            seen.append(ContentPage.objects.get(pk=page.pk).live)

        assert seen == [False, True]

    def test_lets_nobody_skip_a_step(self, client):
        page = content()
        handed_in(page, accounts.by_ending(AUTHOR))

        for ending in (AUTHOR, PUBLISHER):
            sign_in(client, ending)
            approve(client, ContentPage.objects.get(pk=page.pk))

        current = ContentPage.objects.get(pk=page.pk)
        assert not current.live
        assert current.current_workflow_task_state.task.name == roles.REVIEW

    @pytest.mark.parametrize(
        ("ending", "may"), [(AUTHOR, (False, False)), (REVIEWER, (True, False)), (PUBLISHER, (True, True))]
    )
    def test_gives_each_role_its_rights(self, ending, may):
        rights = content().permissions_for_user(accounts.by_ending(ending))

        assert (rights.can_edit(), rights.can_publish()) == may

    def test_is_the_only_one(self):
        assert [workflow.name for workflow in Workflow.objects.active()] == ["审核并发布"]

    def test_is_called_in_chinese_where_it_was_not(self):
        Workflow.objects.update(name="Review and publish")
        Task.objects.filter(name=roles.REVIEW).update(name="Review by an editor")

        roles.name_steps_in_chinese(apps)

        assert set(Task.objects.values_list("name", flat=True)) >= {roles.REVIEW, roles.PUBLICATION}
        assert set(Workflow.objects.values_list("name", flat=True)) == {roles.WORKFLOW}

    def test_ends_at_the_agreement_for_a_story_without_one(self, client):
        story = draft()
        handed_in(story, accounts.by_ending(AUTHOR))
        sign_in(client, REVIEWER)
        approve(client, story)
        sign_in(client, PUBLISHER)

        answer = approve(client, type(story).objects.get(pk=story.pk))

        assert answer.url == reverse("story-consent", args=[story.pk])
        assert not is_live(story)
        agreed(story)
        approve(client, type(story).objects.get(pk=story.pk))
        assert is_live(story)


class TestPictures:
    def upload(self, client, **fields):
        picture = pages.picture()
        picture.file.open()
        form = {"title": "新图", "file": picture.file, "collection": picture.collection_id, "tags": ""} | fields
        return client.post(reverse("wagtailimages:add"), form)

    def test_need_words_for_those_who_cannot_see_them(self, client):
        sign_in(client, PUBLISHER)

        refused = self.upload(client)
        self.upload(client, description="一袋米")

        assert "请说明" in refused.content.decode() or "看不见" in refused.content.decode()
        assert list(Image.objects.filter(title="新图").values_list("description", flat=True)) == ["一袋米"]

    def test_in_use_are_not_deleted(self, client):
        sign_in(client, PUBLISHER)
        used, spare = pages.picture("用着的"), pages.picture("没用的")
        shown(picture=used, picture_alt="米")

        for each in (used, spare):
            client.post(reverse("wagtailimages:delete", args=[each.pk]))

        assert list(Image.objects.values_list("title", flat=True)) == ["用着的"]

    def test_goods_in_use_are_not_deleted(self, client):
        accounts.load()
        client.force_login(accounts.by_ending("06"))
        used, spare = (shop.product(shop.seller(name)) for name in ("样例店", "别的店"))
        catalogue.refresh_all()
        goods = {"heading": "她店里的", "goods": [Listing.objects.get(pk=used.pk)]}
        story = shown(body=[("goods", goods)])

        answers = [
            client.post(reverse("dashboard:catalogue-product-delete", args=[each.pk]), follow=True)
            for each in (used, spare)
        ]

        refused = answers[0].content.decode()
        assert "还有页面在用" in refused
        assert reverse("wagtailadmin_pages:edit", args=[story.pk]) in refused
        assert "btn-danger" not in refused
        assert list(Listing.objects.values_list("pk", flat=True)) == [used.pk]

    def test_in_use_stop_a_bulk_deletion(self, client):
        sign_in(client, PUBLISHER)
        used, spare = pages.picture("用着的"), pages.picture("没用的")
        shown(picture=used, picture_alt="米")
        address = reverse("wagtail_bulk_action", args=["wagtailimages", "image", "delete"])

        answer = client.post(f"{address}?id={used.pk}&id={spare.pk}", follow=True)

        assert "用着的" in answer.content.decode()
        assert Image.objects.count() == 2


class TestReports:
    def test_names_links_that_lead_nowhere(self, client):
        gone = content("没了")
        body = (
            f'<p><a linktype="page" id="{gone.pk}">旧页</a> <a href="/no-such-page/">错</a> <a href="/about/">对</a> '
            '<a href="/products/">货</a> <a href="https://example.org/">外</a></p>'
        )
        pages.publish(pages.home(), ContentPage(title="有错的页", slug="broken", body=body))
        sign_in(client, REVIEWER)

        page = client.get(reverse("report-broken-links")).content.decode()

        assert page.count("有错的页") == 2
        assert f"page {gone.pk}" in page
        assert "/no-such-page/" in page
        assert "/about/" not in page

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    @pytest.mark.parametrize(
        ("address", "is_found"),
        [
            ("/about/", True),
            ("/about", True),
            ("/en/about/", True),
            ("/products/", True),
            ("/en/products/", True),
            ("/en/", True),
            ("/moved/", True),
            ("/english-about/", False),
            ("/en/only-chinese/", False),
        ],
    )
    def test_tells_what_answers_whatever_the_editor_reads(self, address, is_found, language):
        pages.publish(pages.home(), ContentPage(title="只有中文", slug="only-chinese"))
        Redirect.objects.create(old_path="/moved", redirect_link="/about/")

        with override(language):
            assert answers(address, Known.now()) is is_found

    def test_names_pages_without_their_other_language(self, client):
        pages.publish(pages.home(), ContentPage(title="只有中文", slug="only-chinese"))
        sign_in(client, REVIEWER)

        page = client.get(reverse("report-untranslated")).content.decode()

        assert "只有中文" in page
        assert "关于我们" not in page

    def test_are_for_those_who_write(self, client):
        sign_in(client, "01")

        assert client.get(reverse("report-broken-links")).status_code == 403


def test_comments_are_kept_beside_the_text():
    page = content(body="<p>示例</p>")
    comment = page.wagtail_admin_comments.create(
        user=accounts.by_ending(REVIEWER), text="这里写清楚", contentpath="body", created_at=timezone.now()
    )

    assert page.wagtail_admin_comments.get() == comment
