"""The payment provider 30 seconds slow, then away; Redis silent, then away: how long pages and orders take, and what becomes of them."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from urllib.parse import urlsplit

from django.utils import timezone, translation

from marketplace.order.models import Purchase
from marketplace.payment.pages import NO_ANSWER

from .house import House, until
from .kill import say, wrong_in_the_end
from .world import Person, pay_on, sellers_with_goods

BUYERS, READERS, TURNS = 4, 2, 6


def seconds(call: Callable) -> float:
    begun = time.monotonic()
    call()
    return time.monotonic() - begun


def read(house: House, goods) -> list[float]:
    """Pages that need no provider."""
    person, pages = Person(house.url), ("/products/", goods[0].get_absolute_url(), "/basket/")
    return [seconds(lambda page=page: person.get(page)) for _turn in range(TURNS) for page in pages]


def order(house: House, goods) -> tuple[float, Person, str]:
    """From pressing the button to where it leads."""
    person = Person(house.url)
    person.fill(goods)
    form, led = person.form(), []
    took = seconds(lambda: led.append(person.order(form)))
    return took, person, led[0]


def stage(house: House, goods, name: str) -> list[tuple[Person, str]]:
    """Readers and buyers at once; who was not led to the provider is told why, and can pay later."""
    with ThreadPoolExecutor(BUYERS + READERS) as pool:
        readers = [pool.submit(read, house, goods) for _each in range(READERS)]
        buyers = [pool.submit(order, house, goods) for _each in range(BUYERS)]
        pages = [took for each in readers for took in each.result()]
        orders = [each.result() for each in buyers]
    waiting = [(person, page) for _took, person, page in orders if not page.startswith(house.provider)]
    told = sum(is_told(person, page) for person, page in waiting)
    took = [each[0] for each in orders]
    say(f"{name:<22} pages {median(pages):5.2f} s median {max(pages):5.2f} s most; orders {median(took):5.2f} s median "
        f"{max(took):5.2f} s most; {len(orders)} ordered, {len(waiting)} wait with a page that says why ({told})")  # fmt: skip
    for _took, person, page in orders:
        if page.startswith(house.provider):
            person.back(pay_on(page))
    return waiting


def is_told(person: Person, page: str) -> bool:
    with translation.override("zh-hans"):
        return str(NO_ANSWER) in person.get(page).text


def unpaid(house: House, goods) -> list[int]:
    """Six purchases that nobody pays: three were led to the provider's page, three are paid by transfer."""
    for method in ("stripe", "transfer") * 3:
        person = Person(house.url)
        person.fill(goods)
        person.order(person.form() | {"payment_method": method})
    return list(Purchase.objects.order_by("-pk")[:6].values_list("pk", flat=True))


def closing(left: list[int]) -> None:
    """Their time is over while the provider is silent: it keeps its own waiting, and no other."""
    overdue = Purchase.objects.filter(pk__in=left)
    overdue.update(pay_by=timezone.now())
    still_open = overdue.filter(closed_at=None)
    took = seconds(lambda: until(lambda: not still_open.filter(payment_method="transfer").exists(), "transfers close"))
    say(f"{'overdue meanwhile':<22} 3 by transfer closed after {took:.1f} s, "
        f"{still_open.filter(payment_method='stripe').count()} of 3 shown the provider's page wait for its word")  # fmt: skip


def closed(left: list[int]) -> None:
    """The provider is back and says that nobody paid."""
    still_open = Purchase.objects.filter(pk__in=left, closed_at=None)
    took = seconds(lambda: until(lambda: not still_open.exists(), "what nobody paid closes"))
    say(f"{'provider back':<22} closed what waited for its word after {took:.1f} s")


def main(house: House) -> int:
    port = str(urlsplit(house.environment["REDIS_URL"]).port)
    redis = subprocess.Popen(["redis-server", "--port", port, "--save", ""], stdout=subprocess.DEVNULL)
    try:
        return play(house, redis)
    finally:
        redis.kill()


def play(house: House, redis: subprocess.Popen) -> int:
    goods = sellers_with_goods()
    stage(house, goods, "as usual")
    left = unpaid(house, goods)
    house.stop("stripe")
    house.start("stripe", ANSWER_DELAY="30")
    waiting = stage(house, goods, "provider 30 s slow")
    closing(left)
    house.stop("stripe")
    waiting += stage(house, goods, "provider away")
    house.start("stripe")
    until(house.answers, "the provider is back")
    closed(left)
    os.kill(redis.pid, signal.SIGSTOP)
    stage(house, goods, "Redis silent")
    redis.kill()
    stage(house, goods, "Redis away")
    for person, page in waiting:
        until(lambda person=person, page=page: pays(house, person, page), "she can pay")
    wrong = wrong_in_the_end()
    say(f"provider back: {len(waiting)} of {len(waiting)} who waited have paid, {len(wrong)} wrong", *wrong)
    return len(wrong)


def pays(house: House, person: Person, page: str) -> bool:
    """Presses the button of her page; False while the site still thinks that the provider is silent."""
    leads = person.pay_again(page)
    if leads.startswith(house.provider):
        person.back(pay_on(leads))
    return leads.startswith(house.provider)
