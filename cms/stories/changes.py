"""Whether a story still tells what its person read when she agreed. Figures that count themselves change without anybody's hand;
what is compared is what editors wrote."""

import json
import re
from datetime import datetime
from itertools import takewhile

from marketplace.core import audit
from marketplace.core.models import AuditEntry, Consent

TOLD = ("title", "person", "organisation", "area", "summary", "picture", "picture_alt", "seller", "course")
READ, READ_AGAIN = "consent.given", "consent.read_again"
EDITORS_MARK = re.compile(r' data-block-key="[^"]*"')
"""The editor gives each paragraph a key of its own; the words stay what they are."""


def note_read_again(*, agreement: Consent, on, by) -> None:
    """She saw the page as it stands now and still agrees."""
    audit.record(READ_AGAIN, of=agreement, by=by, on=on)


def unread_since(story) -> datetime | None:
    """Since when the newest version tells something else than the one she read; None where it does not."""
    agreement = story.standing() if story.basis == story.Basis.CONSENT else None
    versions = list(story.revisions.order_by("created_at", "pk"))
    if agreement is None or not versions:
        return None
    moment = read_at(agreement)
    read = told([each for each in versions if each.created_at <= moment] or versions)
    newer = list(takewhile(lambda each: told([each]) != read, reversed(versions)))
    return newer[-1].created_at if newer else None


def read_at(agreement: Consent) -> datetime:
    """When it was last put on record that she had read the text: to the second, while the agreement names only the day."""
    rows = AuditEntry.objects.filter(object_type=Consent._meta.label_lower, object_id=str(agreement.pk))
    last = rows.filter(action__in=(READ, READ_AGAIN)).values_list("at", flat=True).first()
    return last or agreement.given_at


def told(versions: list) -> list:
    """What the last of these versions tells, without the keys the editor needs."""
    content = versions[-1].content
    return [*(content.get(name) for name in TOLD), without_keys(json.loads(content.get("body") or "[]"))]


def without_keys(value):
    """A body's blocks as plain values."""
    if isinstance(value, dict):
        return {name: without_keys(each) for name, each in value.items() if name != "id"}
    if isinstance(value, list):
        return [without_keys(each) for each in value]
    return EDITORS_MARK.sub("", value) if isinstance(value, str) else value
