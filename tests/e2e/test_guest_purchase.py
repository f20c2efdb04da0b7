"""A guest on a phone finds rice, buys of three sellers, pays once, and sees three orders."""

import re

import pytest
from django.core.management import call_command

from marketplace.catalogue.models import Listing
from marketplace.order.models import Order, Purchase

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SHOPS = 3
WIDTH = 360


@pytest.fixture
def shelves(transactional_db):
    """The demonstration's goods."""
    call_command("load_demo", verbosity=0)


def fits(phone) -> bool:
    """Nothing sticks out of the screen."""
    return phone.evaluate("document.documentElement.scrollWidth") <= WIDTH


def search(phone, words: str) -> None:
    phone.goto("/")
    phone.locator("#q").fill(words)
    phone.locator("#suggestions option").first.wait_for(state="attached")
    phone.locator("#q").press("Enter")
    phone.wait_for_url(re.compile("/products/"))


def put_in(phone, taken: set[str]) -> None:
    """Press the basket buttons of goods on this page until ``taken`` names three sellers; one good of each."""
    for button in phone.locator(".pcard__add").all():
        seller = Listing.objects.get(cheapest_pack=button.get_attribute("value")).seller_name
        if seller not in taken and len(taken) < SHOPS:
            taken.add(seller)
            button.click()
            phone.locator(f".tabbar [data-basket-count]:text-is('{len(taken)}')").wait_for()


def say_where_to(phone) -> None:
    phone.get_by_label("收货人").fill("王样例")
    phone.get_by_label("手机号").fill("13800000001")
    for level, name in enumerate(("黑龙江省", "齐齐哈尔市", "讷河市")):
        phone.locator(f"#id_area-{level}").select_option(label=name)
    phone.get_by_label("详细地址").fill("示例路 8 号")
    phone.locator("#bar[aria-busy=false]").wait_for()  # the freight to there is in the total


def test_search_three_sellers_pay_once_three_orders(phone, shelves):
    sellers: set[str] = set()
    search(phone, "大米")
    assert fits(phone)
    put_in(phone, sellers)
    phone.goto("/products/")  # rice comes from two sellers: something else from a third
    put_in(phone, sellers)

    phone.goto("/basket/")
    assert fits(phone)
    phone.get_by_role("link", name="去结算").first.click()
    say_where_to(phone)
    assert fits(phone)
    phone.locator("#bar [data-submit]").click()
    phone.get_by_role("button", name="模拟支付成功").click()
    phone.get_by_role("heading", name="支付成功").wait_for()

    assert fits(phone)
    assert phone.get_by_role("link", name="订单详情").count() == SHOPS
    assert {order.seller_name for order in Order.objects.filter(purchase=Purchase.objects.latest("pk"))} == sellers


def test_one_more_of_a_good_goes_into_the_basket(phone, shelves):
    phone.goto("/products/")
    phone.locator(".pcard__name a").first.click()
    phone.get_by_role("button", name="加一").click()
    phone.get_by_role("button", name="加入购物车").last.click()
    phone.locator(".toasts").get_by_text("购物车").first.wait_for()

    phone.goto("/basket/")
    assert phone.locator(".stepper input").input_value() == "2"
    assert fits(phone)
