"""What is written into logs: one JSON object a line in production, with the number of the request, and nobody in it.

The rule stays that nothing people typed is logged. This is the net below it: libraries and tracebacks do not know the rule.
"""

import logging
import re
from contextvars import ContextVar

from django.db.models import Model
from pythonjsonlogger.json import JsonFormatter

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The number of the request this thread answers; empty outside of requests."""

MASKS = (
    (
        re.compile(r"DETAIL:.*?(?=\n\n(?:The above|During handling)|\Z)", re.DOTALL),
        "DETAIL: …",
    ),  # PostgreSQL shows the row there, and what people typed into it may have several lines
    (re.compile(r"(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"), "1…"),
    (re.compile(r"(?<!\d)\d{15,19}[Xx]?(?!\d)"), "#…"),  # identity cards, bank accounts
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "…@…"),
    (re.compile(r"(?<=/)[A-Za-z0-9_-]{20,}(?=[/?\s\"']|$)"), "…"),  # addresses that open a purchase
    (
        re.compile(r"[\u3400-\u9fff]+(?:[\s·0-9]*[\u3400-\u9fff]+)*"),
        "…",
    ),  # names, places, free text; our own words are English
)
KEPT = ("time", "level", "logger", "message", "request_id", "status", "method", "route", "ms", "exc_info", "stack_info")


def masked(text: str) -> str:
    """The text without numbers, addresses, names and secret addresses of people."""
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


class Named(logging.Filter):
    """Writes records of the database as their kind and number (accounts.user:3), never as they call themselves."""

    def filter(self, record):
        record.request_id = request_id.get()
        if isinstance(record.args, tuple):
            record.args = tuple(named(each) for each in record.args)
        record.msg = named(record.msg)
        return True


def named(thing):
    return f"{thing._meta.label_lower}:{thing.pk}" if isinstance(thing, Model) else thing


class Line(logging.Formatter):
    """For people at a terminal."""

    def format(self, record):
        return masked(super().format(record))


class Json(JsonFormatter):
    """For machines. Only known fields: what libraries hang on a record could be anything."""

    def __init__(self):
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
            rename_fields={
                "asctime": "time",
                "levelname": "level",
                "name": "logger",
            },
            datefmt="%Y-%m-%dT%H:%M:%S%z",
            json_ensure_ascii=False,
        )

    def process_log_record(self, log_data):
        """Masked before it is JSON: a mask knows nothing of quotes."""
        known = {key: log_data[key] for key in KEPT if log_data.get(key) not in (None, "")}
        return {key: value if isinstance(value, int | float) else masked(str(value)) for key, value in known.items()}
