"""What belongs to a buyer or to a county × everybody it does not belong to, reading and writing: no leak, no change.

Addresses come from the table of access_table.py, so a new one is tried as soon as it has a line there. Three ways are tried: the
address of somebody else's thing; one's own pages, searched for somebody else's words; one's own forms, sent with the numbers of
somebody else's things. ``make sweep`` prints the counts.
"""

import random
import re
import uuid
from collections import Counter

import pytest
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from incubator.agreements.models import Agreement
from incubator.households.models import Household
from incubator.income.models import CostRule, IncomeRound
from incubator.learning.models import Cohort, Enrolment, Learner
from incubator.learning.models import Session as Lesson
from incubator.matching.models import Fair, FairApplication, FairPartner, FairProduct, MatchRun
from incubator.members.models import Body, Cooperative, EcommercePartner
from incubator.parks.models import ServiceRequest, Tenancy
from incubator.sales.models import ChannelAccount, SalesImport
from marketplace.accounts.models import Session
from marketplace.address.models import UserAddress
from marketplace.aftersales.models import Case, CaseEntry
from marketplace.complaints.models import Complaint
from marketplace.core.models import Notice
from marketplace.demo import accounts
from marketplace.favourites.models import Favourite
from marketplace.invoices.models import InvoiceRequest
from marketplace.order.models import Order, Purchase
from marketplace.talk.models import Message, Thread
from tests.house.access_table import ACCESS
from tests.house.world import ENDINGS, ROLES
from tests.leaks import Count, changed, everything, is_refused, signed_in, text_of
from tests.sweep.crawl import Page, all_forms
from tests.sweep.test_forms import plausible, urlencoded

pytestmark = pytest.mark.django_db
OTHERS = {"other buyer": "21", "cooperative": "10", "e-commerce partner": "11", "trainer": "12", "learner": "13"}
"""People the table of addresses has no column for, by the ending of their demo account."""
EVERYBODY = (*ROLES, *OTHERS)
OF_THE_BUYER = [name for name, rule in ACCESS.items() if rule.may == {"buyer"}]
OF_THE_COUNTY = [name for name, rule in ACCESS.items() if rule.may in ({"incubator", "operator"}, {"operator"})]
BUYER = "+86138000000" + ENDINGS["buyer"]
LEAVES = re.compile("sign-out|close/|sessions/|password/|text-size|i18n")
"""Forms that end her own account or session, or are about the reader alone."""
BY_LINK = {"learning:attend", "events:here"}
"""Who was shown the signed link may read what it opens."""
MARK = "鱻犇样例"
"""Stands in every name of a thing nobody else may read, and nowhere else."""


def client_of(whom: str) -> Client:
    if whom == "anonymous":
        return Client(raise_request_exception=False)
    return signed_in(accounts.by_ending(OTHERS.get(whom) or ENDINGS[whom]))


def place_of(name: str, world) -> str:
    rule = ACCESS[name]
    return rule.address(world) if rule.address else reverse(name)


@pytest.fixture(scope="module")
def places(world):
    """Every address of the table; all of the world is there once they were asked for."""
    Favourite.objects.create(user=world.person("buyer"), product=world.goods)
    return {name: place_of(name, world) for name in ACCESS}


@pytest.fixture
def undone(world):
    """What a test does to the world that all share is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def filled() -> dict:
    """One body that is good for as many forms as possible."""
    words = dict.fromkeys(("text", "name", "nickname", "reason", "words", "label", "title", "note", "detail"), "示例")
    numbers = dict.fromkeys(("price", "value", "quantity", "area", "fen", "grams", "amount"), "1")
    chosen = {"move": "submit", "state": "closed", "kind": "fee", "deed": "say", "role": "owner", "agreed": "on"}
    days = dict.fromkeys(("on", "since", "until", "held_on", "begins_on", "ends_on"), "2026-11-20")
    more = {"key": str(uuid.uuid4()), "file": ContentFile(b"x", name="x.csv"), "password": accounts.PASSWORD}
    return words | numbers | chosen | days | more


def shut_for(whom: str, names: list[str]) -> list[str]:
    """A trainer of no place in particular teaches everywhere: learning is not shut for her."""
    taught = "incubator:learning:" if whom == "trainer" else "-"
    return [name for name in names if whom not in ACCESS[name].may and not name.startswith(taught)]


@pytest.mark.parametrize("whom", EVERYBODY)
@pytest.mark.parametrize("owned", ["the buyer", "the county"])
def test_nobody_else_opens_or_changes_it(whom, owned, places, undone, swept):
    names = shut_for(whom, OF_THE_BUYER if owned == "the buyer" else OF_THE_COUNTY)
    client, count, before = client_of(whom), Count(f"{whom}, addresses of {owned}, reading and writing"), everything()

    for name in names:
        for answer in (client.get(places[name]), client.post(places[name], filled())):
            count.tried += 1
            count.opened += answer.status_code == 200
            count.leaks += [] if is_refused(answer) else [f"{name}: {answer.status_code}"]

    swept(str(count))
    assert count.leaks == []
    assert changed(before, everything()) == {}
    assert count.tried >= 50 or whom in {"buyer", "incubator", "operator"}


Rows = dict[type[models.Model], models.Q]
MINE = models.Q()
OF_BUYER: Rows = {
    Order: models.Q(user__mobile=BUYER), Purchase: models.Q(buyer__mobile=BUYER), UserAddress: models.Q(user__mobile=BUYER),
    Notice: models.Q(user__mobile=BUYER), Thread: models.Q(buyer__mobile=BUYER), Message: models.Q(thread__buyer__mobile=BUYER),
    Case: models.Q(order__user__mobile=BUYER), CaseEntry: models.Q(case__order__user__mobile=BUYER),
    Complaint: models.Q(user__mobile=BUYER), InvoiceRequest: models.Q(order__user__mobile=BUYER),
    Favourite: models.Q(user__mobile=BUYER), Session: models.Q(user__mobile=BUYER),
}  # fmt: skip
"""What a buyer calls hers."""
OF_COUNTY: Rows = {
    Agreement: MINE, Household: MINE, CostRule: MINE, IncomeRound: MINE, Cohort: MINE, Lesson: MINE, Enrolment: MINE, Learner: models.Q(user__mobile=BUYER),
    Fair: ~models.Q(state="registration"), FairApplication: MINE, FairProduct: MINE, FairPartner: MINE, MatchRun: MINE, Body: MINE,
    Cooperative: MINE, EcommercePartner: MINE, Tenancy: MINE, ServiceRequest: MINE, ChannelAccount: MINE, SalesImport: MINE,
}  # fmt: skip
"""Nothing in the world belongs to another county than the first. Parks, events and open fairs are for all to see."""
TEXTS = {"name", "detail", "subject", "body", "last_text", "text", "title", "answer", "venue", "topic", "team", "founder", "goods",
         "cooperative_name", "contact", "label", "file_name"}  # fmt: skip


def marked(rows: Rows) -> set[str]:
    """Write the mark into every name and text, and say what else must not be seen: numbers of orders and the like."""
    words = {MARK}
    for model, mine in rows.items():
        there = model._base_manager.filter(mine)
        assert there.exists(), f"the world has no {model.__name__}"
        texts = [each.name for each in model._meta.local_concrete_fields if each.name in TEXTS]
        if model is Notice:
            there.update(words={})  # so that it is read as it was written
        for row in there.values("pk", *texts):
            model._base_manager.filter(pk=row["pk"]).update(**dict.fromkeys(texts, f"{MARK}{row['pk']}"[:10]))
        named = [each.name for each in model._meta.local_concrete_fields if each.name in {"number", "token"}]
        for name in named if model in {Order, Purchase, Case, Complaint} else []:
            words |= set(map(str, there.values_list(name, flat=True)))
    return words


def own_pages(whom: str, places) -> list[str]:
    """What lies open to her: pages of her own, and public ones that no secret link leads to."""
    may = {
        name: rule.may | (set(OTHERS) if "buyer" in rule.may and len(rule.may) > 1 else set())
        for name, rule in ACCESS.items()
    }
    open_to_all = {name for name, rule in ACCESS.items() if "anonymous" in rule.may and rule.address} | BY_LINK
    return [
        places[name]
        for name, roles in may.items()
        if whom in roles and ACCESS[name].method == "get" and name not in open_to_all
    ]


@pytest.mark.parametrize(
    ("whom", "rows"),
    [(whom, OF_BUYER) for whom in ("other buyer", "second_seller", "neighbour")]
    + [(whom, OF_COUNTY) for whom in ("neighbour", "e-commerce partner", "seller")],
    ids=lambda value: value if isinstance(value, str) else "the buyer" if value is OF_BUYER else "the county",
)  # fmt: skip
def test_nobody_finds_it_on_pages_of_her_own(whom, rows, places, undone, swept):
    words, client = marked(rows), client_of(whom)
    count = Count(
        f"{whom}, pages of her own, searched for {len(words)} words of {'the buyer' if rows is OF_BUYER else 'the county'}"
    )

    for place in own_pages(whom, places):
        for more in ("", "?q=" + MARK[:2]):
            answer = client.get(place + more if "?" not in place else place)
            count.tried += 1
            count.opened += answer.status_code == 200
            said = text_of(answer)
            count.leaks += [f"{place}{more}: {word}" for word in words if word in said]
            assert answer.status_code < 500, place

    swept(str(count))
    assert count.leaks == []
    assert count.opened >= 30


def test_its_owner_finds_it(places, undone):
    """Otherwise the test above would search for what is nowhere."""
    found = set()
    for whom, rows in (("buyer", OF_BUYER), ("incubator", OF_COUNTY)):
        words, client = marked(rows), client_of(whom)
        found |= {
            (whom, place)
            for place in own_pages(whom, places)
            if any(word in text_of(client.get(place)) for word in words)
        }

    assert sum(whom == "buyer" for whom, _ in found) >= 8 and sum(whom == "incubator" for whom, _ in found) >= 15


def keys(rows: Rows) -> list[str]:
    """Everything by which a form could name one of them."""
    names = ("pk", "number", "key", "token", "code")
    found: dict[str, None] = {}
    for model, mine in rows.items():
        has = {"pk"} | {each.name for each in model._meta.local_concrete_fields}
        for name in names:
            if name in has:
                found |= dict.fromkeys(map(str, model._base_manager.filter(mine).values_list(name, flat=True)))
    return list(found)


def those(rows: Rows) -> Rows:
    """The rows that are there now, whatever is made later."""
    return {
        model: models.Q(pk__in=list(model._base_manager.filter(mine).values_list("pk", flat=True)))
        for model, mine in rows.items()
    }


def state_of(rows: Rows) -> dict[str, list]:
    """The things themselves, and whatever points at them."""
    state = {}
    for model, mine in rows.items():
        there = model._base_manager.filter(mine)
        state[model._meta.label] = sorted(map(repr, there.values_list()))
        for link in model._meta.related_objects:
            if link.field.concrete and not link.many_to_many:
                pointing = link.related_model._base_manager.filter(**{f"{link.field.name}__in": there})
                state[f"{link.related_model._meta.label}.{link.field.name}"] = sorted(
                    map(repr, pointing.values_list("pk"))
                )
    return state


IS_KEY = re.compile(r"\d+|[0-9a-f]{8}-[0-9a-f-]{27}")
FREE = {"hidden", "number", "checkbox"}
CHOSEN = {"select", "radio"}


def takers(form) -> dict[str, str]:
    """Names of the fields that take a key, with their kind: whatever is sent as it stands there, and choices among keys."""
    offered: dict[tuple[str, str], list[str]] = {}
    for name, kind, values in form.fields:
        offered.setdefault((name, kind), []).extend(filter(None, values))
    are_keys = {
        name for (name, kind), values in offered.items() if kind in CHOSEN and all(map(IS_KEY.fullmatch, values))
    }
    return {name: kind for name, kind in offered if kind in FREE or name in are_keys}


def sent_with(form, key: str):
    """The form as a person fills it in, with somebody else's key in one after the other of its fields, and the field's kind."""
    plain = plausible(random.Random(7), form)
    for name, kind in takers(form).items():
        places = [number for number, (each, _value) in enumerate(plain) if each == name]
        others = [pair for pair in plain if pair[0] != name]
        if kind == "radio" or not places:  # one of a group is chosen, or none was by chance
            yield kind, [*others, (name, key)]
        else:
            yield from ((kind, [*plain[:number], (name, key), *plain[number + 1 :]]) for number in places)


@pytest.mark.parametrize(
    ("whom", "rows"),
    [("neighbour", OF_COUNTY), ("e-commerce partner", OF_COUNTY), ("other buyer", OF_BUYER), ("second_seller", OF_BUYER)],
    ids=lambda value: value if isinstance(value, str) else "the buyer" if value is OF_BUYER else "the county",
)  # fmt: skip
def test_no_form_of_her_own_takes_the_number_of_it(whom, rows, places, undone, swept):
    hers = those(rows)
    client, before, broken, by_kind = client_of(whom), state_of(hers), [], Counter()
    count = Count(f"{whom}, forms of her own with keys of {'the buyer' if rows is OF_BUYER else 'the county'}")
    opened = [Page(whom, place, text_of(client.get(place))) for place in own_pages(whom, places)]

    for form in [form for form in all_forms(opened) if form.method == "POST" and not LEAVES.search(form.action)]:
        for key in keys(rows):
            for kind, sent in sent_with(form, key):
                by_kind[kind] += 1
                with transaction.atomic():
                    answer = client.generic(
                        "POST", form.action, urlencoded(sent), content_type="application/x-www-form-urlencoded"
                    )
                count.tried += 1
                count.opened += answer.status_code == 200
                broken += [form.action] if answer.status_code >= 500 else []

    after = state_of(hers)
    count.leaks = [f"{label}: {rows}" for label, rows in changed(before, after).items()]
    swept(f"{count}; by kind of field: {dict(sorted(by_kind.items()))}")
    assert (count.leaks, broken) == ([], [])
    assert count.tried >= 20
