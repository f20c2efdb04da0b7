"""Is a known number answered like an unknown one, and as quickly? Wrong passwords and codes asked for, known and unknown in turn, each
from an address of its own so that nobody is counted out.
"""

import re
import time
from contextlib import ExitStack
from itertools import count
from statistics import median

import requests

from .hosts import From
from .house import House
from .servers import Postgres, Redis, home, say, until

PAIRS = 60
PEOPLE = """INSERT INTO accounts_user
    (mobile, password, nickname, first_name, last_name, is_staff, is_superuser, is_active, date_joined, mobile_verified_at)
    SELECT '+86139111' || lpad(n::text, 5, '0'), (SELECT password FROM accounts_user WHERE password LIKE 'argon2%%' LIMIT 1),
    '', '', '', false, false, true, now(), now() FROM generate_series(1, %s) AS n"""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
MOVING = re.compile(r'\d{11}|value="[^"]*"')
address = (f"127.8.{number // 250}.{number % 250 + 1}" for number in count())


def ask(url: str, path: str, form: dict) -> tuple[float, int, str]:
    """Seconds, status and what is left of the page without numbers and tokens."""
    browser = requests.Session()
    browser.mount("http://", From(next(address)))
    token = TOKEN.search(browser.get(url + path, timeout=60).text)
    began = time.perf_counter()
    answer = browser.post(
        url + path,
        form | {"csrfmiddlewaretoken": token.group(1) if token else ""},
        headers={"Referer": url + path},
        timeout=60,
    )
    return time.perf_counter() - began, answer.status_code, MOVING.sub("", answer.text)


def compare(url: str, what: str, path: str, form) -> None:
    known, unknown = [], []
    for number in range(1, PAIRS + 1):
        known.append(ask(url, path, form(f"139111{number:05}")))
        unknown.append(ask(url, path, form(f"139222{number:05}")))
    first, second = (median(seconds for seconds, _status, _page in found) * 1000 for found in (known, unknown))
    differ = sum(one[1:] != other[1:] for one, other in zip(known, unknown, strict=True))
    say(
        f"{what:<22} known {first:.0f} ms, unknown {second:.0f} ms ({(second / first - 1) * 100:+.1f} %); {differ} of {PAIRS} answers differ"
    )


def main() -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(home("doors"))
        database, cache = Postgres(folder / "postgres"), Redis()
        stack.callback(database.stop)
        stack.callback(cache.stop)
        cache.start()
        database.make()
        database.ask(PEOPLE, PAIRS)
        house = House(folder / "data", database, cache)
        house.prepare()
        house.start("web")
        stack.callback(house.kill, "web")
        until(house.is_well, "the site answers")
        compare(house.url, "wrong password", "/sign-in/", lambda mobile: {"name": mobile, "password": "rice-in-spring"})
        compare(house.url, "password forgotten", "/password/", lambda mobile: {"name": mobile})
