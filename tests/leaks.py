"""Looking for what somebody must not see or change: counts, the words of an answer, and all rows of all tables."""

from dataclasses import dataclass, field
from io import BytesIO

from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.errors import PyPdfError

CHANGING = {"accounts_session", "accounts_tally"}
"""Tables that looking alone may write to."""


@dataclass
class Count:
    """What was tried and what came of it."""

    whom: str
    tried: int = 0
    opened: int = 0
    leaks: list[str] = field(default_factory=list)

    def say(self) -> None:
        print(f"\n{self}")  # noqa: T201

    def __str__(self):
        return f"{self.whom}: {self.tried} requests, {self.opened} answered with a page, {len(self.leaks)} leaks"


def signed_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def text_of(answer) -> str:
    """Everything a person could read in an answer, whatever it is."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    if kind == "application/pdf":
        return text_of_pdf(body)
    if "spreadsheetml" in kind:
        cells = (str(cell.value) for sheet in load_workbook(BytesIO(body)) for row in sheet.rows for cell in row)
        return "\n".join(cells)
    return body.decode("utf-8", "replace") if kind.startswith(("text/", "application/json")) else ""


def text_of_pdf(body: bytes) -> str:
    """The words of its pages; none in what only begins like one, as some papers of tests do."""
    try:
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    except PyPdfError:
        return ""


def everything() -> dict[str, list]:
    """All rows of all tables, as the database holds them."""
    rows = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - CHANGING:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def changed(before: dict[str, list], after: dict[str, list]) -> dict[str, list]:
    """Rows that are not what they were, by table."""
    return {
        label: sorted(set(before[label]) ^ set(rows))
        for label, rows in after.items()
        if set(before[label]) != set(rows)
    }


def is_refused(answer) -> bool:
    """Told no, or led to the door: to sign in, or to open a shop of one's own."""
    led = answer.headers.get("Location", "").partition("?")[0]
    return answer.status_code in {403, 404, 405} or led in {reverse("accounts:sign-in"), reverse("seller:open")}
