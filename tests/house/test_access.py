"""Who may open what: the table of access_table.py against the site itself."""

from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.house.access_table import ACCESS, PREFIXES, Rule
from tests.house.addresses import all_addresses
from tests.house.world import ROLES


def rule_of(address) -> Rule | None:
    """The rule of a room of Wagtail's or Oscar's; None for an address of ours."""
    return next((rule for start, rule in PREFIXES.items() if address.route.startswith(start)), None)


LOCKED = {start: rule for start, rule in PREFIXES.items() if "anonymous" not in rule.may}
STRANGERS = ("anonymous", "seller", "incubator", "editor", "reviewer")
"""One of each kind is enough for rooms that answer by role alone."""
LED_ON = {(f"{language}dashboard/", "reviewer") for language in ("", "en/")}
"""Led from a front page that is not hers to the room that is (tests/offering/test_halting.py)."""
OURS = [address for address in all_addresses() if rule_of(address) is None]
ROOMS = [address for address in all_addresses() if address.takes_nothing and rule_of(address) in LOCKED.values()]


@pytest.fixture(scope="module")
def keys(world):
    """The cookies of a browser of every role that has signed in."""
    made = {role: Client() for role in ROLES}
    for role, browser in made.items():
        if role != "anonymous":
            browser.force_login(world.person(role))
    return {role: browser.cookies for role, browser in made.items()}


@pytest.fixture
def browsers(keys):
    """A signed-in browser for every role; new ones each time, as a page may sign out."""
    made = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, browser in made.items():
        browser.cookies = deepcopy(keys[role])
    return made


def answer(browser: Client, method: str, address: str) -> str:
    """``open``, ``sign in``, ``refused`` or ``broken``, and nothing is left behind."""
    with transaction.atomic():
        response = getattr(browser, method)(address)
        transaction.set_rollback(True)
    if response.status_code in {301, 302} and response.url.startswith(reverse("accounts:sign-in")):
        return "sign in"
    if response.status_code in {403, 404} or response.headers.get("Location", "").startswith(reverse("seller:open")):
        return "refused"
    return "broken" if response.status_code >= 500 else "open"


def unlike(answers: dict[str, str], rule) -> dict[str, str]:
    """What is otherwise than the table says."""
    return {
        role: f"{found}, not {rule.expected(role)}" for role, found in answers.items() if found != rule.expected(role)
    }


def test_every_address_has_a_line():
    missing = sorted({address.name for address in OURS} - set(ACCESS))

    assert not missing, f"{missing}: say in tests/house/access_table.py who may open these"


def test_every_line_has_an_address():
    assert sorted(set(ACCESS) - {address.name for address in OURS}) == []


@pytest.mark.parametrize("name", [name for name in ACCESS if name in {address.name for address in OURS}])
def test_answers_every_role_as_the_table_says(name, world, browsers):
    rule = ACCESS[name]
    address = rule.address(world) if rule.address else reverse(name)

    answers = {role: answer(browser, rule.method, address) for role, browser in browsers.items()}

    assert unlike(answers, rule) == {}, f"{rule.method} {address}"


STAFF = {"incubator", "neighbour", "editor", "operator", "reviewer"}
OF_STAFF = {name: rule.may & STAFF for name, rule in ACCESS.items() if rule.may & STAFF and "buyer" not in rule.may}
"""Addresses that show staff what not everybody may see, and who of them."""


def test_staff_prove_themselves_before_anything_of_others(world, browsers, settings):
    """Whatever they may open because they are staff, wherever it stands; only the door itself is open."""
    settings.STAFF_SECOND_FACTOR = True
    door = reverse("accounts:second-set-up")
    unproved = {}
    for name, may in OF_STAFF.items():
        address = ACCESS[name].address(world) if ACCESS[name].address else reverse(name)
        answer = getattr(browsers[min(may)], ACCESS[name].method)(address)
        if not answer.headers.get("Location", "").startswith(door):
            unproved[name] = answer.status_code

    assert set(unproved) == {"accounts:second-set-up"}


@pytest.mark.parametrize(("start", "rule"), LOCKED.items())
def test_rooms_of_staff_open_for_those_who_work_there(start, rule, browsers):
    may = [role for role in ROLES if rule.expected(role) == "open"]

    assert {role: answer(browsers[role], "get", f"/{start}") for role in may} == dict.fromkeys(may, "open")


@pytest.mark.parametrize("address", ROOMS, ids=lambda address: address.route)
def test_rooms_of_staff_open_for_their_roles_only(address, world, browsers):
    rule = rule_of(address)
    shut_out = [role for role in STRANGERS if rule.expected(role) != "open" and (address.route, role) not in LED_ON]

    answers = {role: answer(browsers[role], "get", f"/{address.route}") for role in shut_out}

    assert unlike(answers, rule) == {}
