"""`python -m bench.localstripe`: our stand-in for Stripe beside PyPI's, a process of its own that nobody imports.

It is installed into an environment under ``var/``. Calls that both know are made to both; printed is each call with the fields
both answer with, and what differs in status, in kind of value, or in value where it does not depend on who made it. Where they
differ Stripe's published resources decide (``tests/payment/test_stand_in.py``).
"""

import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import requests

from bench.faults.house import free_port
from marketplace.payment.standin import checkout
from marketplace.payment.standin.server import StandIn

VERSION = "1.15.10"
HOME = Path("var/localstripe").resolve()
PAID = 5990
SAME = ("object", "amount", "amount_received", "currency", "status", "has_more", "livemode", "type", "url")
"""Fields whose values must be the same."""
SESSION = {
    "mode": "payment",
    "line_items": [{"quantity": "1", "price_data": {"currency": "cny", "unit_amount": str(PAID)}}],
    "success_url": "http://127.0.0.1/",
}


class Side:
    """One of the two, asked by plain http."""

    def __init__(self, base: str, key: str = "sk_test_compared"):
        self.base, self.key, self.intent = base, key, ""

    def ask(self, method: str, path: str, data: dict | None = None, key: str | None = None) -> tuple[int, Any]:
        bearer = {"Authorization": f"Bearer {self.key if key is None else key}"}
        answer = requests.request(method, self.base + path, data=data, headers=bearer, timeout=20)
        with suppress(ValueError):
            return answer.status_code, answer.json()
        return answer.status_code, {}


def python() -> Path:
    """The environment with the other one in it, made where it is missing."""
    program = HOME / "bin" / "python"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        subprocess.run([str(program), "-m", "pip", "install", "--quiet", f"localstripe=={VERSION}"], check=True)
    return program


@contextmanager
def theirs():
    """Theirs, with a payment in it."""
    port = free_port()
    process = subprocess.Popen(
        [str(python()), "-m", "localstripe", "--port", str(port), "--from-scratch"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    side = Side(f"http://127.0.0.1:{port}")
    try:
        for _turn in range(100):
            with suppress(requests.ConnectionError):
                side.ask("GET", "/v1/events")
                break
            time.sleep(0.2)
        card = {"type": "card", "card[number]": "4242424242424242", "card[exp_month]": "12", "card[exp_year]": "2030"}
        _status, means = side.ask("POST", "/v1/payment_methods", card | {"card[cvc]": "123"})
        asked = {"amount": PAID, "currency": "cny", "payment_method": means["id"], "confirm": "true"}
        side.intent = side.ask("POST", "/v1/payment_intents", asked)[1]["id"]
        yield side
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def ours():
    """Ours, with the same payment in it."""
    with StandIn() as stand_in:
        with stand_in.store.change():
            session = checkout.create(stand_in.store, SESSION, stand_in.base)
            side = Side(stand_in.base)
            side.intent = checkout.pay(stand_in.store, session["id"])["payment_intent"]
        yield side


def calls(side: Side) -> dict[str, tuple[int, Any]]:
    """What we ask Stripe, as far as the other one knows it."""
    refund = side.ask("POST", "/v1/refunds", {"payment_intent": side.intent, "amount": 1000})
    number = refund[1].get("id", "")
    return {
        "a payment": side.ask("GET", f"/v1/payment_intents/{side.intent}"),
        "a refund in part": refund,
        "that refund": side.ask("GET", f"/v1/refunds/{number}"),
        "refunds of a payment": side.ask("GET", f"/v1/refunds?payment_intent={side.intent}"),
        "a refund above what is left": side.ask("POST", "/v1/refunds", {"payment_intent": side.intent, "amount": PAID}),
        "a refund of no payment": side.ask("POST", "/v1/refunds", {"payment_intent": "pi_none", "amount": 1}),
        "an unknown payment": side.ask("GET", "/v1/payment_intents/pi_none"),
        "an unknown refund": side.ask("GET", "/v1/refunds/re_none"),
        "the balance": side.ask("GET", "/v1/balance"),
        "without a key": side.ask("GET", "/v1/balance", key=""),
    }


def differing(here: Any, there: Any, path: str = "") -> tuple[int, list[str]]:
    """How many fields both have, and what differs in them."""
    if isinstance(here, dict) and isinstance(there, dict):
        found = [
            differing(here[name], there[name], f"{path}.{name}".lstrip(".")) for name in sorted({*here} & {*there})
        ]
        return sum(each[0] for each in found) + 1, [line for each in found for line in each[1]]
    is_same = here is None or there is None or type(here) is type(there)
    name = path.rpartition(".")[2]
    if is_same and (name not in SAME or here == there):
        return 1, []
    return 1, [f"{path}: ours {here!r:.60}, theirs {there!r:.60}"]


def main() -> None:
    with ours() as one, theirs() as other:
        mine, others = calls(one), calls(other)
    differ = 0
    for name, (status, body) in mine.items():
        fields, lines = differing(body, others[name][1])
        lines = ([f"status: ours {status}, theirs {others[name][0]}"] if status != others[name][0] else []) + lines
        differ += len(lines)
        sys.stdout.write("\n    ".join([f"{name:<28} {status} {fields:>3} fields of both", *lines]) + "\n")
    sys.stdout.write(f"{len(mine)} calls to both (localstripe {VERSION}), {differ} differences\n")


if __name__ == "__main__":
    main()
