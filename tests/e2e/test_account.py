"""A buyer's account on a phone: a heart pressed as a guest, another number, a copy of her data, and the way out."""

import re

import pytest
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.catalogue import actions as catalogue
from tests import door, shop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

NUMBER, NEW = "13900000001", "13900000088"


@pytest.fixture
def outbox(settings):
    settings.SMS_PROVIDER = "tests.door.Outbox"
    door.Outbox.texts, door.Outbox.fails = [], False
    return door.Outbox


def fits(page) -> bool:
    """Nothing is wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth") <= 360


def confirm(page, **typed) -> None:
    """Fill in the form of the page and press its button."""
    for name, value in typed.items():
        page.fill(f"#id_{name}", value)
    page.click(".me__form button.btn--block:not(.vh)")


def test_a_buyer_keeps_changes_takes_along_and_leaves(phone, outbox):
    User.objects.create_user(mobile=NUMBER, password=door.PASSWORD)
    goods = shop.product(shop.seller())
    catalogue.refresh_listing(product=goods)

    phone.goto(goods.get_absolute_url())
    phone.click(".heart button")
    phone.fill("#id_name", NUMBER)
    phone.fill("#id_password", door.PASSWORD)
    phone.click(".door__card form button.btn--block")
    assert phone.get_attribute(".heart button", "aria-pressed") == "true"

    phone.goto(reverse("customer:favourites"))
    assert goods.title in phone.inner_text("main") and fits(phone)

    phone.goto(reverse("customer:mobile"))
    phone.fill("#id_name", NEW)
    phone.click("[data-send-code]")
    phone.locator("[data-said]").filter(has_text=re.compile(r"\S")).wait_for()
    confirm(phone, code=door.last_code(), password=door.PASSWORD)
    assert "139****0088" in phone.inner_text("main") and fits(phone)

    phone.goto(reverse("customer:export"))
    with phone.expect_download() as copied:
        confirm(phone, password=door.PASSWORD)
    assert copied.value.suggested_filename.endswith(".zip")

    phone.goto(reverse("customer:close"))
    assert fits(phone)
    confirm(phone, password=door.PASSWORD)
    phone.goto(reverse("customer:account"))
    assert "/sign-in/" in phone.url and not User.objects.filter(mobile__isnull=False).exists()
