"""Which call does what: routes, keys that make calls repeatable, and numbers spelt out on request (``expand``)."""

import copy
import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import checkout, connect, refunds, shapes
from .forms import nested
from .news import Faults
from .refusals import Refusal, missing
from .shapes import Resource
from .store import Store

LISTS = {
    "payment_intents": "payment_intent",
    "checkout/sessions": "checkout.session",
    "refunds": "refund",
    "transfers": "transfer",
    "balance_transactions": "balance_transaction",
    "events": "event",
}
FILTERS = ("transfer_group", "payment_intent", "destination", "type", "client_reference_id")


@dataclass(frozen=True)
class Call:
    """What the shop's client sent."""

    method: str
    path: str
    query: str = ""
    body: str = ""
    key: str = ""
    bearer: str = ""
    account: str = ""


@dataclass(frozen=True)
class Answer:
    status: int
    body: Resource
    replayed: bool = False


class Api:
    """Answers calls from a store. ``base`` is the stand-in's own address, for the pages it sends people to."""

    def __init__(self, store: Store, base: str, faults: Faults):
        self.store, self.base, self.faults = store, base, faults

    def answer(self, call: Call) -> Answer:
        """Late, if told to be; never two calls at once."""
        time.sleep(self.faults.answer_delay)
        if not call.bearer.startswith("sk_test_"):
            return refused(Refusal("Invalid API Key provided", status=401))
        with self.store.change():
            return self.once(call) if call.method == "POST" and call.key else self.now(call)

    def once(self, call: Call) -> Answer:
        """A key that was seen gets the answer it got; with other values it is an error."""
        answers, sent = self.store.state["answers"], f"{call.path}?{call.body}"
        if call.key in answers:
            before, status, body = answers[call.key]
            if before == sent:
                return Answer(status, body, replayed=True)
            return refused(Refusal("This key was used with other parameters", kind="idempotency_error"))
        answer = self.now(call)
        answers[call.key] = [sent, answer.status, copy.deepcopy(answer.body)]
        return answer

    def now(self, call: Call) -> Answer:
        values = nested(call.query if call.method == "GET" else call.body)
        wanted = values.pop("expand", [])
        try:
            found = copy.deepcopy(self.route(call, values))
            for path in wanted:
                self.expand(found, path.split("."))
            return Answer(200, found)
        except Refusal as refusal:
            return refused(refusal)

    def route(self, call: Call, values: dict[str, Any]) -> Resource:
        """The first route that fits."""
        if call.account and call.path == "/v1/balance":
            return shapes.balance(connect.received(self.store, call.account))
        for method, pattern, act in self.routes():
            match = re.fullmatch(f"/v1/{pattern}", call.path)
            if match and method == call.method:
                return act(*match.groups(), values)
        if call.method == "GET" and call.path[4:] in LISTS:
            return self.listed(call.path, values)
        raise Refusal(f"Unrecognized request URL ({call.method}: {call.path})", status=404)

    def routes(self) -> list[tuple[str, str, Callable[..., Resource]]]:
        store, base = self.store, self.base
        return [
            ("POST", "checkout/sessions", lambda values: checkout.create(store, values, base)),
            ("GET", "checkout/sessions/([^/]+)", lambda number, values: checkout.get(store, number)),
            ("POST", "checkout/sessions/([^/]+)/expire", lambda number, values: checkout.expire(store, number)),
            ("GET", "payment_intents/([^/]+)", lambda number, values: self.kept("payment_intent", number)),
            ("POST", "refunds", lambda values: refunds.create(store, values)),
            ("GET", "refunds/([^/]+)", lambda number, values: refunds.get(store, number)),
            ("POST", "accounts", lambda values: connect.create_account(store, values)),
            ("GET", "accounts/([^/]+)", lambda number, values: connect.account(store, number)),
            ("POST", "account_links", lambda values: connect.create_link(store, values, base)),
            ("POST", "transfers", lambda values: connect.create_transfer(store, values)),
            ("GET", "transfers/([^/]+)", lambda number, values: connect.transfer(store, number)),
            ("POST", "transfers/([^/]+)/reversals", lambda number, values: connect.reverse(store, number, values)),
            ("GET", "balance", lambda values: shapes.balance(store.lying_here())),
            ("GET", "events/([^/]+)", lambda number, values: self.kept("event", number)),
        ]

    def kept(self, kind: str, number: str) -> Resource:
        found = self.store.get(kind, number)
        if found is None:
            raise missing(kind, number)
        return found

    def listed(self, path: str, values: dict[str, Any]) -> Resource:
        """A page of a list, newest first."""
        found = self.store.all(LISTS[path[4:]])
        for name in FILTERS:
            if name in values:
                found = [each for each in found if each.get(name) == values[name]]
        if created := values.get("created", {}).get("gte"):
            found = [each for each in found if each["created"] >= int(created)]
        if after := values.get("starting_after"):
            numbers = [each["id"] for each in found]
            found = found[numbers.index(after) + 1 :] if after in numbers else []
        limit = int(values.get("limit", 10))
        return shapes.listed(found[:limit], path, has_more=len(found) > limit)

    def expand(self, found: Any, path: list[str]) -> None:
        """Put the thing in the place of its number, along the path."""
        if not path or found is None:
            return
        step, *rest = path
        if step == "data" and isinstance(found.get("data"), list):
            for each in found["data"]:
                self.expand(each, rest)
            return
        if isinstance(found.get(step), str):
            found[step] = copy.deepcopy(self.store.state["objects"].get(found[step], found[step]))
        if isinstance(found.get(step), dict):
            self.expand(found[step], rest)


def refused(refusal: Refusal) -> Answer:
    return Answer(refusal.status, refusal.body)


def as_json(body: Resource) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def request_id() -> str:
    return f"req_{secrets.token_hex(7)}"
