"""The whole way of a seller on her phone: from opening a shop to the answer to a review, on a slow network that goes away.

Taps and seconds are printed (``pytest -s``); with SHOTS set to a folder every station leaves a picture there.
"""

import re
import time
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client

from marketplace.accounts import roles
from marketplace.accounts.models import Role, User
from marketplace.aftersales.models import Case
from marketplace.catalogue.models import Product
from marketplace.offering.models import Draft
from marketplace.order.models import Order
from marketplace.payment.models import Refund
from marketplace.reviews.models import Review
from tests import listings, pictures, shop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SLOW = {"offline": False, "latency": 80, "downloadThroughput": 200_000, "uploadThroughput": 100_000}
"""A fair 3G network, in bytes a second."""
IDENTITY = "11010519491231002X"
SCREENS, TAPS = 5, 12


class Thumb:
    """One person's phone (or the desk of staff): counts taps and screens, and remembers how long each station took."""

    def __init__(self, context, user, live_server, *, slow=True):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        self.context, self.slow = context, slow
        self.taps, self.screens = 0, set()
        self.open_page()

    def open_page(self):
        self.page = self.context.new_page()
        self.page.set_default_timeout(25_000)  # a machine that does other work as well
        self.page.on("framenavigated", lambda frame: self.screens.add(re.sub(r"\?.*|[0-9a-f-]{36}", "", frame.url)))
        if self.slow:
            self.context.new_cdp_session(self.page).send("Network.emulateNetworkConditions", SLOW)

    def start_counting(self):
        self.taps, self.screens = 0, set()

    def go(self, address):
        self.page.goto(address)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.page.viewport_size["width"]

    def tap(self, what):
        target = self.page.locator(what).locator("visible=true").first if isinstance(what, str) else what
        self.taps += 1
        target.tap()

    def press(self, what):
        """A tap that also reaches a button the page has to be scrolled to."""
        self.taps += 1
        self.page.locator(what).locator("visible=true").first.click()

    def write(self, name, text):
        """Typing begins with a tap into the field."""
        self.tap(f"[name={name}]")
        self.page.fill(f"[name={name}]", text)

    def choose(self, name, value):
        self.tap(f"label:has([name={name}][value='{value}'])")

    def bring(self, selector, files):
        """The camera or the album: one tap to open it."""
        self.taps += 1
        self.page.set_input_files(selector, files)

    def shoot(self, name):
        pictures.leave(self.page, name)


@pytest.fixture
def photos(tmp_path):
    """Three pictures of a camera's size."""
    files = []
    for colour in ("goldenrod", "seagreen", "sienna"):
        file = tmp_path / f"{colour}.jpg"
        file.write_bytes(listings.photo(colour, size=(4000, 3000)).read())
        files.append(file)
    return files


@pytest.fixture
def phones(browser, live_server):
    """Contexts of their own, closed at the end."""
    made = []

    def phone(user, *, width=360, slow=True):
        viewport = {"width": width, "height": 740}
        context = browser.new_context(viewport=viewport, has_touch=True, locale="zh-CN", base_url=live_server.url)
        made.append(context)
        return Thumb(context, user, live_server, slow=slow)

    yield phone
    for context in made:
        context.close()


@pytest.fixture
def clock():
    """Prints how long each station took, and how many taps."""
    begun = [time.monotonic()]

    def stop(station, thumb):
        now = time.monotonic()
        print(f"{station:<34}{now - begun[0]:6.1f} s {thumb.taps:4} taps")  # noqa: T201
        begun[0], thumb.taps = now, 0

    return stop


def person(ending):
    return User.objects.create_user(mobile=f"139000000{ending}")


def opens_a_shop(her, photo):
    her.go("/seller/open/")
    her.choose("kind", "grower")
    her.write("name", "样例新米铺")
    for level, name in enumerate(("黑龙江省", "齐齐哈尔市", "讷河市")):
        her.page.locator(f"#id_area-{level}").select_option(label=name)
    her.write("person", "王样例")
    her.write("identity", IDENTITY)
    her.bring("[name=identity_photo]", photo)
    her.tap("label:has([name=grows_herself])")
    her.tap("label:has([name=agree_identity])")
    her.shoot("open-a-shop")
    her.tap(".op__form > .btn")
    her.page.get_by_text("审核中").first.wait_for()


def staff_approve(staff, room, name, button):
    staff.go(room)
    staff.tap(f"a:has-text('{name}')")
    staff.shoot(f"staff-{room.strip('/').rpartition('/')[2]}")
    staff.tap(button)
    staff.page.wait_for_url(re.compile(f"{room}$"))


def lists_rice(her, photos):
    """The network goes away after the second photo and the browser is killed; nothing is lost, nothing is there twice."""
    her.start_counting()
    her.go("/seller/products/new/")
    her.bring("[data-pick][multiple]", photos[:2])
    her.page.locator(".shots__s.ok").nth(1).wait_for()
    draft = str(Draft.objects.get().get_absolute_url())
    listings.until_kept(her.page, ending=draft)
    her.context.set_offline(True)
    her.bring("[data-pick][multiple]", photos[2:])
    her.write("title", "讷河新米")
    her.tap(".chip:has-text('大米')")
    her.write("weight", "10")
    her.write("price", "59.90")
    her.write("stock", "20")
    her.page.locator("[data-netline]:not([hidden])").wait_for()
    her.shoot("listing-offline")
    her.page.close()
    her.open_page()
    her.context.set_offline(True)
    her.go(draft)
    her.page.locator("[data-netline]:not([hidden])").wait_for()
    assert her.page.input_value("[name=title]") == "讷河新米"
    her.shoot("listing-back-offline")
    her.context.set_offline(False)
    her.page.locator(".shots__s.ok").wait_for()
    her.shoot("listing-back")
    her.tap(".buybar [value=submit]")
    her.page.wait_for_url("**/seller/products/?tab=review")
    draft = Draft.objects.get()
    assert (draft.photos.count(), draft.words["price"]) == (3, "59.90")
    print(f"from photo to submitted: {len(her.screens)} screens, {her.taps} taps")  # noqa: T201
    assert len(her.screens) <= SCREENS
    assert her.taps <= TAPS


def buys_two(buyer):
    good = Product.objects.get()
    buyer.go(good.get_absolute_url())
    buyer.shoot("product")
    buyer.page.fill("#buy [name=quantity]", "2")
    buyer.tap(".buybar .btn--buy")
    buyer.page.get_by_label("收货人").fill("王样例")
    buyer.page.get_by_label("手机号").fill("13800000001")
    for level, name in enumerate(("黑龙江省", "齐齐哈尔市", "讷河市")):
        buyer.page.locator(f"#id_area-{level}").select_option(label=name)
    buyer.page.get_by_label("详细地址").fill("示例路 8 号")
    buyer.page.locator("#bar[aria-busy=false]").wait_for()  # the freight to there is in the total
    buyer.shoot("checkout")
    buyer.tap("#bar [data-submit]")
    buyer.tap(buyer.page.get_by_role("button", name="模拟支付成功"))
    buyer.page.get_by_role("heading", name="支付成功").wait_for()


def ships_in_two_parcels(her, order):
    line = order.lines.get()
    for number, tracking in enumerate(("73100000000017", "73100000000025"), start=1):
        her.go(f"/seller/orders/{order.number}/")
        her.write("tracking_number", tracking)
        if number == 1:
            her.page.fill(f"[name=line-{line.pk}]", "1")
        her.tap(".btn--block:has-text('发货'), .btn--block:has-text('包裹')")
        her.page.locator(f"text={tracking}").first.wait_for()
    her.shoot("shipped")
    assert order.parcels.count() == 2


def asks_for_damage(buyer, order, photo):
    line = order.lines.get()
    buyer.go(f"/account/orders/{order.number}/case/")
    buyer.choose("kind", "compensation")
    buyer.page.select_option("[name=reason]", "damaged")
    buyer.page.fill(f"[name=n-{line.pk}]", "1")
    buyer.write(f"yuan-{line.pk}", "20.00")
    buyer.write("text", "一袋破了")
    buyer.bring("[name=photos]", photo)
    buyer.shoot("case-asked")
    buyer.press("form[enctype] .btn--block")
    buyer.page.wait_for_url(re.compile("/account/cases/"), wait_until="commit")
    buyer.shoot("case")


def agrees(her, case):
    her.go(f"/seller/cases/{case.number}/")
    her.shoot("case-seller")
    if not her.page.locator("#do-agree[open]").count():
        her.press("#do-agree summary")
    her.press("#do-agree .btn--block")
    her.page.locator("#do-agree").wait_for(state="detached")


def receives_and_reviews(buyer, order):
    buyer.go(f"/account/orders/{order.number}/")
    for fold in buyer.page.locator("details:has(form[action$='/receive/']):not([open]) > summary").all():
        fold.click()
    buyer.press("form[action$='/receive/'] button")
    buyer.page.locator("form[action$='/receive/']").first.wait_for(state="detached")
    buyer.go(f"/account/orders/{order.number}/review/")
    buyer.choose("product_score", "4")
    buyer.choose("seller_score", "5")
    buyer.write("text", "米很香，破的一袋很快退了钱")
    buyer.shoot("review")
    buyer.press("form[enctype] .btn--block")
    buyer.page.get_by_text("米很香").first.wait_for()


def replies(her):
    her.go("/seller/messages/reviews/")
    her.press("summary:has-text('回复')")
    her.write("text", "谢谢，下次加厚包装")
    her.press(".fold__body .btn--block")
    her.page.locator("summary:has-text('回复')").wait_for(state="detached")
    her.shoot("reply")


def test_from_an_open_shop_to_an_answered_review(phones, photos, clock):
    listings.category()
    shop.country()
    reviewer = person("07")
    roles.give(user=reviewer, role=Role.REVIEWER, by=None)
    her, buyer = phones(person("02")), phones(person("01"))
    staff = phones(reviewer, width=1280, slow=False)

    opens_a_shop(her, photos[0])
    clock("open a shop", her)
    staff_approve(staff, "/dashboard/shops/", "样例新米铺", "[name=answer][value=approve]")
    clock("staff approve the shop", staff)
    lists_rice(her, photos)
    clock("list rice, network cut", her)
    staff_approve(staff, "/dashboard/listings/", "讷河新米", "[name=verdict][value=approve]")
    clock("staff approve the listing", staff)
    buys_two(buyer)
    clock("a buyer buys two", buyer)
    order = Order.objects.get()
    ships_in_two_parcels(her, order)
    clock("ship in two parcels", her)
    asks_for_damage(buyer, order, photos[2])
    clock("damaged goods", buyer)
    agrees(her, Case.objects.get())
    clock("partial refund", her)
    receives_and_reviews(buyer, order)
    clock("receive and review", buyer)
    replies(her)
    clock("reply", her)

    assert [refund.amount for refund in Refund.objects.all()] == [Decimal("20.00")]
    assert Review.objects.get().reply
