"""From a photo to the review queue on a phone, with a network that goes away."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from marketplace.accounts.models import User
from marketplace.offering.models import Draft
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import listings, shop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NEW = "/seller/products/new/"


@pytest.fixture
def photos(tmp_path) -> list[Path]:
    """Two pictures of a camera's size."""
    files = []
    for colour in ("goldenrod", "seagreen"):
        file = tmp_path / f"{colour}.jpg"
        file.write_bytes(listings.photo(colour, size=(4000, 3000)).read())
        files.append(file)
    return files


@pytest.fixture
def her(phone, live_server):
    """The phone of a seller who is signed in."""
    listings.category()
    user = User.objects.create_user(mobile="13900000002")
    team.join(seller=shop.seller(area="230281"), user=user, role=TeamRole.OWNER)
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return phone


def test_from_photo_to_review(her, photos):
    her.goto(NEW)
    her.set_input_files("[data-pick][multiple]", photos)
    listings.type_in(her)

    assert "5.99" in her.locator("[data-unit-price]").inner_text()
    assert her.evaluate("document.documentElement.scrollWidth") <= 360
    her.locator(".buybar [value=submit]").tap()
    her.wait_for_url("**/seller/products/?tab=review")

    draft = Draft.objects.get()
    assert (draft.state, draft.photos.count()) == ("waiting", 2)


def test_no_network_and_a_killed_browser_lose_nothing_and_double_nothing(her, photos):
    her.goto(NEW)
    her.set_input_files("[data-pick][multiple]", photos[:1])
    her.locator(".shots__s.ok").wait_for()
    listings.until_kept(her, ending=Draft.objects.get().get_absolute_url())
    her.context.set_offline(True)
    her.set_input_files("[data-pick][multiple]", photos[1:])
    listings.type_in(her)
    her.locator("[data-netline]:not([hidden])").wait_for()
    assert "已存本机，联网后自动上传" in her.locator("[data-netline]").inner_text()

    context = her.context
    her.close()
    again = context.new_page()
    again.goto("/seller/products/")  # not kept itself: it leads to the listing in hand
    again.locator("[data-netline]:not([hidden])").wait_for()
    again.locator("[data-shot]").nth(1).wait_for()
    assert again.input_value("[name=title]") == "讷河新米"
    assert again.evaluate("Promise.all([...document.querySelectorAll('[data-shot] img')].map((each) => each.decode()))")
    again.fill("[name=stock]", "21")
    context.set_offline(False)

    again.locator(".shots__s.ok").wait_for()
    again.locator(".buybar [value=submit]").tap()
    again.wait_for_url("**/seller/products/?tab=review")
    draft = Draft.objects.get()
    assert (draft.words["price"], draft.words["stock"], draft.photos.count()) == ("59.90", "21", 2)


def test_what_never_reached_the_server_is_taken_up_when_the_form_is_opened_anew(her, photos):
    her.goto(NEW)
    listings.until_kept(her, ending=NEW)
    her.context.set_offline(True)
    her.set_input_files("[data-pick][multiple]", photos)
    listings.type_in(her)
    her.locator("[data-netline]:not([hidden])").wait_for()
    context = her.context
    her.close()

    again = context.new_page()
    again.goto(NEW)
    again.locator("[data-shot]").nth(1).wait_for()
    assert again.input_value("[name=title]") == "讷河新米"
    context.set_offline(False)
    again.wait_for_url("**/seller/products/drafts/**")

    assert Draft.objects.get().photos.count() == 2


def test_a_session_that_ended_loses_nothing(her, photos):
    her.goto(NEW)
    listings.type_in(her)
    her.wait_for_url("**/seller/products/drafts/**")
    cookies = her.context.cookies()
    her.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    her.set_input_files("[data-pick][multiple]", photos)
    her.locator("[data-netline]:not([hidden])").wait_for()
    assert "重新登录" in her.locator("[data-netline]").inner_text()
    her.context.add_cookies(cookies)

    her.reload()

    her.locator(".shots__s.ok").nth(1).wait_for()
    assert Draft.objects.get().photos.count() == 2
