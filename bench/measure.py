"""`python -m bench.measure PRODUCTS`: every figure for a catalogue of one size, a line each."""

from __future__ import annotations

import os
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from playwright.sync_api import Response, sync_playwright

from bench.browser import Guest
from bench.counting import HEADER
from bench.site import Site, environment, running

if TYPE_CHECKING:
    from marketplace.catalogue.models import Listing

ROUNDS, REQUESTS, WARM_UP, PURCHASES = 5, 60, 60, 30
BUYERS, BAGS, PRESSES = 50, 10, 100
SHELF = "/products/"
SEARCHES = ("大米", "米", "齐齐哈尔大米", "黑龙江 大米", "稻花香", "dami", "齐齐哈儿大米")


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:<58} {figure}\n")
    sys.stdout.flush()


def page(site: Site, what: str, path: str) -> None:
    """SQL and CPU of one page, asked for many times, one after the other; of some rounds the median, for a machine that others
    use too is now quick, now slow."""
    session = requests.Session()
    for _again in range(WARM_UP):
        answer = session.get(site.url + path, timeout=60)
    answer.raise_for_status()
    rounds = []
    for _round in range(ROUNDS):
        before = site.cpu()
        for _again in range(REQUESTS):
            session.get(site.url + path, timeout=60)
        rounds.append((site.cpu() - before) / REQUESTS * 1000)
    cpu = median(rounds)
    say(what, f"{answer.headers[HEADER]:>4} SQL {cpu:7.1f} ms CPU {len(answer.content) / 1024:6.1f} KB of HTML")


def first_page(site: Site) -> None:
    """What a phone of 360 px loads of the front page until it is at rest, and which hosts it asks."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 360, "height": 740})
        loaded: list[Response] = []
        page.on("response", lambda answer: loaded.append(answer))  # noqa: PLW0108 - it marks the function
        page.goto(site.url, wait_until="networkidle")
        sizes = [answer.request.sizes() for answer in loaded]
        hosts = {urlsplit(answer.url).netloc for answer in loaded}
        chromium.close()
    total = sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes)
    say("First page at 360 px, everything", f"{total / 1024:.0f} KB in {len(loaded)} requests to {len(hosts)} host")


def sold_by_three() -> list[Listing]:
    """A good each of three sellers from the first page of the list, of stock of their own and enough of it."""
    from marketplace.catalogue.models import Listing
    from marketplace.partner.models import StockRecord

    own = set(StockRecord.objects.filter(pool__isnull=True).values_list("product_id", flat=True))
    goods: dict[int, Listing] = {}
    for listing in Listing.objects.live().filter(is_in_stock=True).order_by("-rank", "product_id")[:24]:
        if listing.cheapest_pack in own:
            goods.setdefault(listing.seller_id, listing)
    chosen = list(goods.values())[:3]
    restock(packs_of(chosen), 100_000)
    return chosen


def packs_of(goods: list[Listing]) -> list[int]:
    return [good.cheapest_pack for good in goods]


def address_of(good: Listing) -> str:
    return f"/products/{good.slug}_{good.pk}/"


def restock(packs, number: int) -> None:
    from marketplace.partner.models import StockRecord

    StockRecord.objects.filter(product__in=list(packs)).update(num_in_stock=number, num_allocated=0)


def purchase(site: Site) -> None:
    """A guest buys of three sellers, from the list where she finds them to the thanks."""
    packs = packs_of(sold_by_three())
    Guest(site.url).buy(SHELF, packs)
    before, guests = site.cpu(), [Guest(site.url) for _each in range(PURCHASES)]
    for guest in guests:
        guest.buy(SHELF, packs)
    cpu = (site.cpu() - before) / PURCHASES * 1000
    say("Guest purchase of three sellers", f"{guest.requests} requests {guest.statements} SQL {cpu:.0f} ms CPU")


def at_once(calls) -> list:
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(lambda call: call(), calls))


def last_bags(site: Site) -> None:
    """Fifty buyers look at the same ten bags and press together."""
    from marketplace.order.models import Line

    good = sold_by_three()[0]
    pack = good.cheapest_pack
    guests = [Guest(site.url) for _each in range(BUYERS)]
    for guest in guests:
        guest.fill(SHELF, [pack])
    forms = [guest.form() for guest in guests]
    restock([pack], BAGS)
    before = Line.objects.filter(product=pack).count()
    at_once([lambda guest=guest, form=form: guest.order(form) for guest, form in zip(guests, forms, strict=True)])
    say(f"{BUYERS} buyers at once, {BAGS} bags", f"{Line.objects.filter(product=pack).count() - before} sold")
    restock([pack], 100_000)


def one_form(site: Site) -> None:
    """One form, pressed a hundred times at once."""
    from marketplace.order.models import Purchase

    guest = Guest(site.url)
    guest.fill(SHELF, packs_of(sold_by_three())[:1])
    form, before = guest.form(), Purchase.objects.count()
    answers = at_once([lambda: guest.order(form)] * PRESSES)
    led = len({answer.url for answer in answers})
    say(f"The same form {PRESSES} times at once", f"{Purchase.objects.count() - before} purchase, {led} address led to")


def searches() -> None:
    """Hits, time to find them and count them for the facets, and time to rank and read the first page; the median of five."""
    from marketplace.catalogue import facets, search

    for typed in SEARCHES:
        ranking, counting = [], []
        for _again in range(5):
            started = time.perf_counter()
            found, cells = search.find(typed, facets.cells)
            counted = time.perf_counter()
            list(search.best_first(found, typed)[:24])
            ranking.append(time.perf_counter() - counted)
            counting.append(counted - started)
        hits = sum(cell.goods for cell in cells)
        figures = f"{hits:>7,} hits, query and facets {median(counting) * 1000:6.1f} ms, ranking {median(ranking) * 1000:6.1f} ms"
        say(f"Search {typed}", figures)


def everything(products: int) -> None:
    from marketplace.catalogue.models import Listing

    with running(products) as site:
        say(f"--- {products:,} products", f"{Decimal(Listing.objects.live().count()):,} on sale")
        good = Listing.objects.live().filter(packs__gt=1).order_by("pk").first()
        first_page(site)
        page(site, "Home", "/")
        page(site, "List of 24", "/products/")
        page(site, "List of 48", "/products/?per=48")
        page(site, "Product", address_of(good))
        page(site, "Shop", good.seller.get_absolute_url())
        purchase(site)
        last_bags(site)
        one_form(site)
    searches()


if __name__ == "__main__":
    size = int(sys.argv[1])
    os.environ.update(environment(size))
    import django

    django.setup()
    everything(size)
