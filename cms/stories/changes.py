"""Whether a story still tells what its person read when she agreed. Figures that count themselves change without anybody's hand;
what is compared is what editors wrote."""

import json
import re
from datetime import datetime
from itertools import takewhile

from django.db.models import Q

from marketplace.core import audit
from marketplace.core.models import AuditEntry, Consent
from marketplace.core.seen import Unread

TOLD = ("title", "person", "organisation", "area", "summary", "picture", "picture_alt", "seller", "course")
READ, READ_AGAIN = "consent.given", "consent.read_again"
EDITORS_MARK = re.compile(r' data-block-key="[^"]*"')
"""The editor gives each paragraph a key of its own; the words stay what they are."""


def note_read_again(*, story, agreement: Consent, version: str, on, by) -> None:
    """She saw this version of the page and still agrees; it says nothing of the page's other language.

    Raises Unread if a newer version was saved meanwhile.
    """
    if version != str(story.latest_revision_id):
        raise Unread
    audit.record(READ_AGAIN, of=agreement, by=by, on=on, page=story.pk)


def unread_since(story) -> datetime | None:
    """Since when the newest version tells something else than the one she read; None where it does not."""
    agreement = story.standing() if story.basis == story.Basis.CONSENT else None
    version = version_read(story, agreement) if agreement else None
    if version is None:
        return None
    read, newest_first = told(version), story.revisions.order_by("-created_at", "-pk")
    newer = list(takewhile(lambda each: told(each) != read, newest_first.iterator()))
    return newer[-1].created_at if newer else None


def version_read(story, agreement: Consent):
    """The version that stood when she read it; the first, where the agreement is older than all of them."""
    versions = story.revisions.order_by("created_at", "pk")
    return versions.filter(created_at__lte=read_at(story, agreement)).last() or versions.first()


def read_at(story, agreement: Consent) -> datetime:
    """When it was last put on record that she had read this page: to the second, while the agreement names only the day."""
    rows = AuditEntry.objects.filter(object_type=Consent._meta.label_lower, object_id=str(agreement.pk))
    about = Q(action=READ) | Q(action=READ_AGAIN, details__page=str(story.pk))
    return rows.filter(about).values_list("at", flat=True).first() or agreement.given_at


def told(version) -> list:
    """What a version tells, without the keys the editor needs."""
    content = version.content
    return [*(content.get(name) for name in TOLD), without_keys(json.loads(content.get("body") or "[]"))]


def without_keys(value):
    """A body's blocks as plain values."""
    if isinstance(value, dict):
        return {name: without_keys(each) for name, each in value.items() if name != "id"}
    if isinstance(value, list):
        return [without_keys(each) for each in value]
    return EDITORS_MARK.sub("", value) if isinstance(value, str) else value
