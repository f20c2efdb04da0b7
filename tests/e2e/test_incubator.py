"""Staff of an incubator at a desk: from two spreadsheets to an agreement, a sale, and the published number it is part of.

With SHOTS set to a folder every station leaves a picture of the desk and of the phone there.
"""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from incubator.agreements.models import Agreement
from incubator.impact.models import Snapshot
from incubator.matching.models import Fair
from incubator.sales.models import SaleFact
from marketplace.order.models import Order
from marketplace.partner import actions as supply
from marketplace.partner.models import SupplyGrant
from tests import deals, incubator, pictures, shop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
DATA = Path(__file__).parents[1] / "data"
PAIR = ("P00001", "E00001")


@pytest.fixture
def signed_in(browser, live_server):
    """Opens a desk of 1280 px for a person (None: a guest); the test fails where a page breaks the content policy."""
    contexts, refused = [], []

    def open_for(user, width=1280):
        viewport = {"width": width, "height": 800}
        context = browser.new_context(viewport=viewport, locale="zh-CN", base_url=live_server.url)
        if user is not None:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(45_000)
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert [text for text in refused if "Content Security Policy" in text] == []


def press(page, words: str) -> None:
    """A button or a link by its words; waits for the page behind it."""
    page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.click()
    page.wait_for_load_state()


def shoot(page, name: str) -> None:
    pictures.leave(page, f"fair-{name}", pictures.DESK_AND_PHONE)


def plan_and_import(page) -> Fair:
    """A fair with both spreadsheets taken in."""
    page.goto("/incubator/fairs/new/")
    page.fill("[name=name]", "样例对接会")
    page.select_option("[name=area]", incubator.QIQIHAR)
    page.fill("[name=held_on]", (timezone.localdate() + timedelta(days=20)).isoformat())
    press(page, "保存")
    fair = Fair.objects.get()
    for side, read in (("products", "46"), ("partners", "35")):
        page.goto(f"/incubator/fairs/{fair.pk}/import/{side}/")
        page.set_input_files("[name=file]", DATA / f"fair/{side}.csv")
        page.locator("form:has([name=file]) button").click()
        page.locator(".stat dd", has_text=read).first.wait_for()
        shoot(page, f"01-import-{side}")
        page.locator("form:has([name=token]) button").click()
        page.wait_for_load_state()
    page.goto(fair.get_absolute_url())
    shoot(page, "02-fair")
    return fair


def run(page, fair: Fair) -> str:
    """Match once; the address of the run."""
    number = fair.runs.count() + 1
    page.goto(fair.get_absolute_url())
    page.locator(f"form[action$='/{fair.pk}/run/'] button").click()
    page.wait_for_load_state()
    address = fair.runs.get(number=number).get_absolute_url()
    page.goto(address)
    shoot(page, f"03-run-{number}")
    assert "46/ 46" in page.locator(".stats").inner_text().replace("\n", " ").replace("46 / 46", "46/ 46")
    return address


def read_answers(page, address: str, view: str, heading: str) -> None:
    """Three pairs of a view answer in words."""
    for number in range(3):
        page.goto(f"{address}?q=&county=&view={view}")
        page.locator(".pairs .answer").nth(number).click()
        page.get_by_role("heading", name=heading).wait_for()
        assert len(page.locator("section[aria-labelledby=why] > p").first.inner_text()) > 5
        shoot(page, f"04-{view}-{number + 1}")


def sign(page, second, pair: str) -> Agreement:
    """Draw up, hand in, and let another check."""
    page.goto(pair)
    page.get_by_role("link", name="起草").or_(page.locator("a[href*='proposal=']")).first.click()
    page.select_option("[name=price_kind]", "fixed")
    page.fill("[name=price]", "8.50")
    page.fill("[name=volume_kg]", "20000")
    page.fill("[name=begins_on]", timezone.localdate().isoformat())
    page.fill("[name=ends_on]", (timezone.localdate() + timedelta(days=300)).isoformat())
    shoot(page, "10-draw-up")
    page.set_input_files(
        "[name=file]", {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 paper"}
    )
    press(page, "保存")
    made = Agreement.objects.get()
    page.locator("button[name=move][value=submit]").click()
    page.wait_for_load_state()
    second.goto(made.get_absolute_url())
    shoot(second, "11-to-check")
    second.locator("button[name=move][value=sign]").click()
    second.wait_for_load_state()
    made.refresh_from_db()
    assert made.state == "signed"
    return made


def open_goods(page, made: Agreement) -> SupplyGrant:
    """The partner's shop may sell them."""
    page.goto(made.get_absolute_url())
    page.locator("details:has([name=kg]) summary").click()
    page.fill("[name=kg]", "500")
    shoot(page, "12-open-goods")
    page.locator("form[action$='/open-goods/'] button").click()
    page.wait_for_load_state()
    shoot(page, "13-opened")
    return SupplyGrant.objects.get()


def buy(buyer, good) -> Order:
    """A buyer finds it, pays, and is told so."""
    buyer.goto(good.get_absolute_url())
    shoot(buyer, "14-good")
    buyer.locator(".buybar .btn--buy").click()
    buyer.wait_for_url("**/checkout/**")
    buyer.get_by_label("收货人").fill("王样例")
    buyer.get_by_label("手机号").fill("13800000001")
    for level, name in enumerate(("黑龙江省", "齐齐哈尔市", "讷河市")):
        buyer.locator(f"#id_area-{level}").select_option(label=name)
    buyer.get_by_label("详细地址").fill("示例路 8 号")
    buyer.wait_for_load_state("networkidle")
    buyer.locator("#bar [data-submit]").click()
    buyer.wait_for_url("**/pay/demo/**")
    buyer.get_by_role("button", name="模拟支付成功").click()
    buyer.get_by_role("heading", name="支付成功").wait_for()
    shoot(buyer, "15-paid")
    return Order.objects.latest("pk")


def import_exports(page) -> None:
    """Files of another channel, dry run first."""
    for name in ("taobao-orders.csv", "taobao-items.csv"):
        page.goto("/incubator/sales/imports/new/")
        page.select_option("[name=channel]", "taobao")
        page.fill("[name=name]", "样例淘宝店")
        page.select_option("[name=area]", incubator.QIQIHAR)
        page.set_input_files("[name=file]", DATA / "channel-exports" / name)
        page.locator("form:has([name=file]) button").last.click()
        shoot(page, f"16-look-at-{name}")
        page.locator("form:has([name=token]) button").first.click()
        page.wait_for_load_state()
        shoot(page, f"17-brought-{name}")
    for name in ("", "unattributed/", "stalled/", "value/", "imports/"):
        page.goto(f"/incubator/sales/{name}")
        shoot(page, f"18-sales-{name.strip('/')}")


def publish_and_follow(page, second, order: Order) -> None:
    """A snapshot, released by another; from its number down to the order."""
    page.goto("/incubator/impact/")
    page.select_option("[name=area]", incubator.QIQIHAR)
    page.fill("[name=since]", "2020-01-01")
    page.fill("[name=until]", timezone.localdate().isoformat())
    page.locator("form:has([name=since]) button").last.click()
    page.wait_for_load_state()
    page.locator("a[href*='/rows/']").first.wait_for()
    shoot(page, "19-snapshot")
    snapshot = Snapshot.objects.get().get_absolute_url()
    second.goto(snapshot)
    second.locator("form[action$='/release/'] button").click()
    second.locator(".tag--go").first.wait_for()
    page.goto("/impact/")
    page.locator(".figs").first.wait_for()
    shoot(page, "20-impact")
    page.goto(snapshot)
    page.locator("a[href*='/rows/']").first.click()
    page.get_by_text(order.number).wait_for()
    shoot(page, "21-rows")


def test_from_two_spreadsheets_to_the_published_number(signed_in):
    shop.country()
    page, second = signed_in(incubator.staff()), signed_in(incubator.staff(ending="0008"))

    fair = plan_and_import(page)
    first = run(page, fair)
    read_answers(page, first, "chosen", "为什么匹配")
    read_answers(page, first, "impossible", "为什么没匹配")
    pair = f"{first}pair/?product={PAIR[0]}&partner={PAIR[1]}"
    page.goto(pair)
    page.locator("input[name=kind][value=pin]").check(force=True)
    page.fill("[name=reason]", "去年合作过")
    shoot(page, "05-pin")
    page.locator("form:has([name=reason]) button").click()
    later = run(page, fair)
    page.goto(f"{later}compare/?with=1")
    page.locator(".stats").wait_for()
    shoot(page, "06-compare")
    page.goto(later)
    page.locator("form[action$='/approve/'] button").click()
    page.goto(f"/incubator/fairs/{fair.pk}/timetable/")
    for name, value in (("tables", "12"), ("slots", "8"), ("begins", "09:00"), ("minutes", "20")):
        page.fill(f"[name={name}]", value)
    page.locator("form:has([name=tables]) button").click()
    page.locator("a[href$='cards.pdf']").wait_for()
    shoot(page, "07-timetable")
    page.goto(fair.get_absolute_url())
    page.locator("form[action$='/enrol/'] button").click()
    page.wait_for_load_state()

    made = sign(page, second, f"{later}pair/?product={PAIR[0]}&partner={PAIR[1]}")
    made.cooperative.seller = shop.seller("样例合作社店", kind="cooperative", area=incubator.GANNAN)
    made.cooperative.save()
    made.partner.seller = shop.seller("样例电商店", area=incubator.NEHE)
    made.partner.save()
    grant = open_goods(page, made)
    good = shop.product(grant.seller, "甘南新米", price="59.90")
    supply.fill_from(record=good.stockrecords.get(), pool=grant.pool, grant=grant, by=None)
    order = buy(signed_in(None, width=360), good)
    import_exports(page)
    publish_and_follow(page, second, order)

    page.goto(made.get_absolute_url())
    shoot(page, "22-agreement")
    assert "5 kg" in page.locator(".stats").inner_text()
    assert SaleFact.objects.current().filter(order_number=order.number).get().gross == Decimal("59.90")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_lines_of_net_income_are_all_within_reach(signed_in, width):
    """In English their nine columns are wider than the desk: they scroll there, and are cards on a phone."""
    deals.sale(1, on=timezone.localdate())
    page = signed_in(incubator.staff(), width)
    page.goto("/en/incubator/income/?since=2000-01-01")

    cut_off = """() => [...document.querySelectorAll(".panel--table")].filter(panel =>
        getComputedStyle(panel).overflowX === "hidden" && [...panel.querySelectorAll("td")].some(
            cell => cell.getBoundingClientRect().right > panel.getBoundingClientRect().right + 1)).length"""
    assert page.locator("[aria-labelledby=lines] td").count() and page.evaluate(cut_off) == 0
