"""Five hundred canaries: what nobody without the permission may know of households, looked for in everything the site gives.

Names, telephones and identity numbers of 167 made-up households are registered the way staff do it. Then every role opens
every page and file that the table of addresses lets it open, and the answers (workbooks unpacked), mails, logs, the cache, the
search index and every other table of the database are searched for them, as they are and as JSON or addresses would write them.
"""

import io
import logging
import re
import zipfile
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from incubator.households import actions
from tests import incubator
from tests.house.access_table import ACCESS
from tests.house.world import ROLES

HOUSEHOLDS = 167
MARK = "鱻犇"
"""Two signs that begin every name and stand nowhere else; all telephones and numbers begin alike, too."""
FORMS = (MARK, quote(MARK), MARK.encode("unicode-escape").decode(), "".join(f"&#{ord(sign)};" for sign in MARK))
CANARY = re.compile(
    "|".join([*map(re.escape, FORMS), r"(?<!\d)1998(?:86|87)\d{5}(?!\d)", r"2302991970\d{7}[\dX]"]), re.IGNORECASE
)
PERMITTED = {"operator"}


def signs_of(number):
    return {
        "name": f"{MARK}{chr(0x4E00 + 37 * number)}{chr(0x6C00 + number)}",
        "phone": f"19988{600000 + 251 * number:06}",
        "identity_number": f"2302991970{1000000 + 977 * number:07}X",
    }


CANARIES = [sign for number in range(HOUSEHOLDS) for sign in signs_of(number).values()]


@pytest.fixture(scope="module")
def world(world):
    """The world of the table of addresses, with households of its cooperative in it."""
    for number in range(HOUSEHOLDS):
        actions.register(
            cooperative=world.cooperative, kind="supply", since=timezone.localdate(), agreed=True,
            area=incubator.NEHE, by=world.person("operator"), at=timezone.now(), **signs_of(number),
        )  # fmt: skip
    return world


def found_in(text):
    return CANARY.findall(text)


def texts_of(response):
    """What the answer says: its headers and its words, a workbook's sheets among them."""
    yield str(response.headers)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for part in parts.namelist():
                yield parts.read(part).decode("utf-8", "replace")
    else:
        yield content.decode("utf-8", "replace")


def asked(browser, rule, address):
    """The texts of one answer; what a page changes is undone."""
    with transaction.atomic():
        response = getattr(browser, rule.method)(address)
        texts = list(texts_of(response))
        transaction.set_rollback(True)
    return texts


def visits():
    """Who opens what: everybody the pages of her own, and visitors what everybody may see."""
    for name, rule in ACCESS.items():
        roles = ("anonymous",) if "anonymous" in rule.may else [role for role in ROLES if role in rule.may]
        for role in roles:
            yield role, name, rule


def tables():
    """Every text of the database."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor:
                yield table, " ".join(map(str, row))


def remembered():
    """What the cache holds, as it holds it."""
    return [
        value if isinstance(value, bytes) else str(value).encode() for value in getattr(cache, "_cache", {}).values()
    ]


def test_five_hundred_canaries_reach_nobody_without_the_permission(world, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("PIL").setLevel(logging.INFO)
    browsers = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, browser in browsers.items():
        if role != "anonymous":
            browser.force_login(world.person(role))
    hits, answers = [], 0
    for role, name, rule in visits():
        if role not in PERMITTED:
            address = rule.address(world) if rule.address else reverse(name)
            answers += 1
            hits += [(role, name) for text in asked(browsers[role], rule, address) if found_in(text)]

    hits += [("mail", message.subject) for message in mail.outbox if found_in(f"{message.subject} {message.body}")]
    hits += [("log", record.name) for record in caplog.records if found_in(record.getMessage())]
    hits += [("cache", "") for value in remembered() if found_in(value.decode("utf-8", "replace"))]
    hits += [("table", table) for table, row in tables() if found_in(row)]

    print(f"{len(CANARIES)} canaries, {answers} answers of {len(ROLES) - 1} roles, {len(hits)} found: {hits}")  # noqa: T201
    assert hits == []


def test_they_are_found_where_they_may_be(world, client):
    """Otherwise the search above proves nothing."""
    client.force_login(world.person("operator"))
    household = world.cooperative.household_links.first().household

    page = "".join(texts_of(client.get(household.get_absolute_url())))

    assert len(CANARIES) >= 500 and all(found_in(sign) for sign in CANARIES)
    assert all(sign in page for sign in signs_of(0).values()) and len(found_in(page)) >= 3


def test_search_finds_none_of_them(world, client):
    client.force_login(world.person("incubator"))
    for place in (reverse("catalogue:index"), reverse("incubator:members:cooperatives")):
        for asked in (MARK, *signs_of(0).values()):
            answer = client.get(place, {"q": asked[:3]})
            assert [sign for sign in CANARIES if sign in answer.content.decode()] == [], place
