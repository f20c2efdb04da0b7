"""Every connection to the database ended, 40 times while 200 purchases are made by eight buyers at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
from django.db import connection

from marketplace.order.models import Purchase

from .house import House
from .kill import say, wrong_in_the_end
from .world import Person, pay_on, sellers_with_goods

BUYERS = 8
END_ALL = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


class Ender(threading.Thread):
    """Ends all connections each time so many more purchases were made."""

    def __init__(self, address: str, name: str, made: "Made", every: int, times: int):
        super().__init__(daemon=True)
        self.address, self.name_of_database, self.made, self.every, self.times = address, name, made, every, times
        self.ended = self.turns = 0

    def run(self) -> None:
        with psycopg.connect(self.address, autocommit=True) as server:
            for turn in range(self.times):
                self.made.wait_for(turn * self.every + 1)
                (ended,) = server.execute(END_ALL, [self.name_of_database]).fetchone() or (0,)
                self.ended, self.turns = self.ended + ended, self.turns + 1


class Made:
    """How many purchases there are so far."""

    def __init__(self):
        self.number, self.bell = 0, threading.Condition()

    def one_more(self) -> None:
        with self.bell:
            self.number += 1
            self.bell.notify_all()

    def wait_for(self, number: int) -> None:
        with self.bell:
            self.bell.wait_for(lambda: self.number >= number)


def buy(house: House, goods, made: Made) -> Person:
    """From the basket to the page that says thank you."""
    person = Person(house.url)
    person.fill(goods)
    page = person.order(person.form())
    while not page.startswith(house.provider):  # the site was not sure about the provider: she presses "pay"
        page = person.pay_again(page)
    leads_back = pay_on(page)
    made.one_more()
    person.back(leads_back)
    return person


def main(house: House, purchases: int = 200, times: int = 40) -> int:
    goods, made = sellers_with_goods(), Made()
    name = connection.settings_dict["NAME"]
    connection.close()
    ender = Ender(
        house.environment["DATABASE_URL"].rpartition("/")[0] + "/postgres", name, made, purchases // times, times
    )
    ender.start()
    with ThreadPoolExecutor(BUYERS) as pool:
        people = list(pool.map(lambda _turn: buy(house, goods, made), range(purchases)))
    ender.join(60)
    paid = Purchase.objects.filter(paid_at__isnull=False).count()
    wrong = wrong_in_the_end() + ([] if paid == purchases else [f"{paid} paid purchases of {purchases}"])
    sent, failed = sum(each.sent for each in people), sum(each.failed for each in people)
    say(f"{ender.turns} × all connections ended ({ender.ended} of them) during {purchases} purchases of {BUYERS} buyers at once: "
        f"{failed} of {sent} requests failed, {paid} paid, {len(wrong)} wrong", *wrong)  # fmt: skip
    return len(wrong)
