"""Helpers for everything about signing in: what was sent to whom, and forms as people fill them in."""

import re

from django.core import mail
from django.urls import reverse

PASSWORD = "rice-in-autumn"


class Outbox:
    """A provider of text messages that keeps them; ``fails`` makes the next ones not go out."""

    texts: list[tuple[str, str]] = []
    fails = False

    def send(self, number: str, text: str) -> None:
        from marketplace.accounts.sms import NotSent

        if Outbox.fails:
            raise NotSent
        Outbox.texts.append((number, text))


def last_code() -> str:
    """The digits of the latest text message, or else of the latest mail."""
    text = Outbox.texts[-1][1] if Outbox.texts else mail.outbox[-1].body
    return re.search(r"\d{6}", text)[0]


def last_link() -> str:
    """The address on this site named in the latest mail."""
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def ask_for_code(client, name="13900000001", page="accounts:sign-in-code", **more):
    return client.post(reverse(page), {"name": name, "send": "1"} | more)
