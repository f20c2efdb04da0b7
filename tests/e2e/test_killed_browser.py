"""The phone's browser dies by ``kill -9`` over a listing that was not sent: nothing is lost and nothing is there twice."""

import os
import shutil
import signal
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from marketplace.accounts.models import User
from marketplace.offering.models import Draft
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import listings, shop
from tests.e2e.conftest import FLAGS

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NEW = "/seller/products/new/"
CRAWLING = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 4_000}
"""So slow, in bytes a second, that a photo is still on its way when the browser dies."""


@pytest.fixture
def photos(tmp_path):
    """Two pictures of a camera's size, full of detail, for a plain one is sent in a moment."""
    files = [tmp_path / "first.jpg", tmp_path / "second.jpg"]
    for file in files:
        Image.effect_noise((1000, 750), 90).resize((4000, 3000)).convert("RGB").save(file, quality=85)
    return files


@pytest.fixture
def cookie():
    """What signs her in."""
    listings.category()
    user = User.objects.create_user(mobile="13900000002")
    team.join(seller=shop.seller(area="230281"), user=user, role=TeamRole.OWNER)
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def phone(browser, cookie, live_server, tmp_path):
    """Opens the browser on one and the same phone: what an earlier one left on the disk is there."""

    @contextmanager
    def opened():
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=shutil.which("chromium"),
            args=FLAGS,
            viewport={"width": 360, "height": 740},
            is_mobile=True,
            has_touch=True,
            locale="zh-CN",
            base_url=live_server.url,
        )
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        yield context
        if not context.browser or context.browser.is_connected():
            context.close()

    return opened


def kill(context, tmp_path):
    """No farewell: the browser has no moment to write anything down. Its lock on the profile names its process."""
    with context.expect_event("close"):
        os.kill(int(os.readlink(tmp_path / "phone" / "SingletonLock").rpartition("-")[2]), signal.SIGKILL)


def submit(page):
    page.locator(".shots__s.ok").nth(1).wait_for()
    page.locator(".buybar [value=submit]").tap()
    page.wait_for_url("**/seller/products/?tab=review")


def test_killed_without_a_network_and_opened_again_without_one(phone, photos, tmp_path):
    with phone() as context:
        page = context.new_page()
        page.goto(NEW)
        listings.until_kept(page, ending=NEW)
        context.set_offline(True)
        page.set_input_files("[data-pick][multiple]", photos)
        listings.type_in(page)
        page.locator("[data-netline]:not([hidden])").wait_for()
        page.locator("[data-shot]").nth(1).wait_for()
        listings.until_on_the_phone(page, stock="20")
        kill(context, tmp_path)
    assert not Draft.objects.exists()

    with phone() as context:
        context.set_offline(True)
        page = context.new_page()
        page.goto(NEW)
        page.locator("[data-shot]").nth(1).wait_for()
        assert page.input_value("[name=title]") == "讷河新米"
        context.set_offline(False)
        submit(page)

    draft = Draft.objects.get()
    assert (draft.state, draft.words["price"], draft.photos.count()) == ("waiting", "59.90", 2)


def test_killed_while_a_photo_is_on_its_way(phone, photos, tmp_path):
    with phone() as context:
        page = context.new_page()
        page.goto(NEW)
        listings.type_in(page)
        page.wait_for_url("**/seller/products/drafts/**")
        draft = Draft.objects.get()
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", CRAWLING)
        with page.expect_request("**/photos/**"):
            page.set_input_files("[data-pick][multiple]", photos)
        page.locator("[data-shot]").nth(1).wait_for()
        kill(context, tmp_path)
    assert draft.photos.count() == 0

    with phone() as context:
        page = context.new_page()
        page.goto(draft.get_absolute_url())
        submit(page)

    draft = Draft.objects.get()
    assert (draft.words["title"], draft.photos.count()) == ("讷河新米", 2)
