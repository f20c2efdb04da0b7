"""An editor at her desk: a front page of blocks, a story with two figures, and the agreement it stands on.

With SHOTS set to a folder every station leaves a picture there, what readers see also as wide as a phone.
"""

from datetime import date, timedelta

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cms.models import StoriesPage, StoryPage
from marketplace.demo import accounts
from marketplace.payment import actions as payments
from tests import pages, pictures, shop
from tests.cases import an_order

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
DECLARED = {
    "value": 46,
    "unit": "product",
    "qualifier": "exact",
    "label": "参加对接的产品",
    "as_of": date(2016, 10, 17),
    "source": "公开报道",
}


@pytest.fixture
def desk(client, browser, live_server, settings):
    """A window of 1280 px, signed in as the one who publishes; the test fails if it asks another host."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = (
        0  # it saves in a pause of writing, and a test presses the buttons in the same moment
    )
    accounts.load()
    client.force_login(accounts.by_ending("05"))
    cookie = {
        "name": django_settings.SESSION_COOKIE_NAME,
        "value": client.cookies[django_settings.SESSION_COOKIE_NAME].value,
    }
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", base_url=live_server.url)
    context.add_cookies([cookie | {"url": live_server.url}])
    page = context.new_page()
    foreign: list[str] = []
    here = (live_server.url, "data:", "blob:")
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(here) else None)
    yield page
    context.close()
    assert foreign == []


def publish(desk) -> None:
    """The button lies in the menu of the page's foot; pressed as its form would be sent."""
    with desk.expect_navigation():
        desk.locator("[name=action-publish]").first.evaluate("button => button.click()")


def reader(browser, live_server):
    """Somebody who is nobody in particular."""
    return browser.new_context(base_url=live_server.url, locale="zh-CN").new_page()


def test_builds_the_front_page_of_blocks(desk, browser, live_server):
    desk.goto(reverse("wagtailadmin_pages:edit", args=[pages.home().pk]))
    desk.locator(".c-sf-add-button").last.click()
    desk.get_by_role("option", name="新鲜事").click()
    desk.locator("[name^='body-'][name$='-value-heading']").last.fill("编辑写的新鲜事")
    pictures.leave(desk, "editor-front-page")
    publish(desk)

    kinds = [(block.block_type, block.value.get("heading")) for block in pages.home().body]
    assert ("news", "编辑写的新鲜事") in kinds
    visitor = reader(browser, live_server)
    visitor.goto("/")
    assert visitor.locator("main").is_visible()
    pictures.leave(visitor, "reader-front-page", pictures.DESK_AND_PHONE)


def add_block(desk, name: str) -> None:
    """The last plus of the body, and one of the blocks it offers. The list closes when a calendar above it does: pressed again,
    as a person would."""
    blocks = desk.locator("[data-contentpath=body] [data-streamfield-child]")
    option = desk.get_by_role("option", name=name, exact=True)
    before = blocks.count()
    for _try in range(5):
        if not option.is_visible():
            desk.locator("[data-contentpath=body] .c-sf-add-button:not([disabled])").last.evaluate(
                "plus => plus.click()"
            )
        desk.wait_for_timeout(500)
        if option.is_visible():
            option.evaluate("option => option.click()")
            desk.wait_for_timeout(500)
        if blocks.count() > before:
            return
    expect(blocks).to_have_count(before + 1)


def last(desk, field: str):
    """This field of the block added last."""
    return desk.locator(f"[name^='body-'][name$='-value-{field}']").last


def write_story(desk) -> StoryPage:
    """A story with a figure from the records and a declared one, written in the room of editors and kept as a draft."""
    above = StoriesPage.objects.get(locale__language_code="zh-hans")
    desk.goto(reverse("wagtailadmin_pages:add", args=["cms", "storypage", above.pk]))
    for field, words in (("title", "讷河故事"), ("person", "示例人物"), ("summary", "她的第一袋米")):
        desk.fill(f"[name={field}]", words)
    add_block(desk, "实时数字")
    desk.get_by_role("button", name="选择商家").last.click()
    desk.get_by_role("link", name="样例店").click()
    last(desk, "measure").select_option("orders")
    last(desk, "since").fill((timezone.localdate() - timedelta(days=9)).isoformat())
    last(desk, "label").fill("卖出的订单")
    add_block(desk, "申报数字")
    for field in ("unit", "qualifier"):
        last(desk, field).select_option(DECLARED[field])
    for field in ("value", "label", "as_of", "source"):
        last(desk, field).fill(str(DECLARED[field]))
    pictures.leave(desk, "editor-story")
    with desk.expect_navigation():
        desk.locator("button.action-save").first.evaluate("button => button.click()")
    return StoryPage.objects.get(title="讷河故事")


def test_a_story_stands_on_its_agreement_and_its_figures_on_the_records(desk, browser, live_server):
    seller = shop.seller("样例店")
    order = an_order(of=seller, sent=False)
    story = write_story(desk)
    visitor = reader(browser, live_server)

    desk.goto(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    publish(desk)
    desk.wait_for_url("**/consent/")
    assert "没有记录在案" in desk.inner_text("body") or "同意" in desk.inner_text("body")
    pictures.leave(desk, "editor-no-agreement")
    assert visitor.goto(story.url).status == 404

    desk.fill("[name=given_on]", timezone.localdate().isoformat())
    desk.check("[name=has_seen]")
    desk.locator("button[value=give]").click()
    desk.wait_for_url("**/consent/")
    pictures.leave(desk, "editor-agreement")
    desk.goto(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    publish(desk)
    assert StoryPage.objects.get(pk=story.pk).live

    visitor.goto(story.url)
    figures = visitor.inner_text("aside")
    assert "1 单" in figures
    assert "46" in figures
    pictures.leave(visitor, "reader-story", pictures.DESK_AND_PHONE)
    visitor.goto("/products/?q=讷河")
    assert visitor.locator("#found-pages").is_visible()
    pictures.leave(visitor, "reader-search", pictures.DESK_AND_PHONE)

    payments.cancel_order(order=order, by=None, at=timezone.now())
    visitor.goto(story.url)
    assert "未知" in visitor.inner_text(".fig--off")
    assert "46" in visitor.inner_text("aside")
    pictures.leave(visitor, "reader-story-refunded", pictures.DESK_AND_PHONE)

    desk.goto(reverse("story-consent", args=[story.pk]))
    desk.locator("button[value=withdraw]").click()
    desk.locator("button[value=give]").wait_for()
    pictures.leave(desk, "editor-withdrawn")
    assert visitor.goto(story.url).status == 404
    pictures.leave(visitor, "reader-withdrawn", pictures.DESK_AND_PHONE)
    visitor.goto("/products/?q=讷河")
    assert visitor.locator("#found-pages").count() == 0
