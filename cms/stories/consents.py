"""The agreement of the person a story tells of: given for one text, withdrawn at any time, and for a minor by a guardian."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from marketplace.core import consent
from marketplace.core.models import Consent
from marketplace.core.statements import Statement

PURPOSE = "story"
VERSION = "2026-11"
TEXT = _(
    "I agree that my story, with my name, my place, the pictures I have seen and the figures named in it, is shown on this "
    "site and found by its search. I may withdraw this at any time; the page and its pictures are then taken down at once."
)


def subject(key) -> str:
    """What stands for the person in the record: the story, never her name. All languages of a story are one."""
    return f"story:{key}"


LIVING = Statement(
    lambda about: Consent.objects.filter(subject=about, purpose=PURPOSE, withdrawn_at=None).order_by("-given_at"), str
)


def living(key, *, is_minor: bool) -> Consent | None:
    """The agreement in force; for a minor only one that a guardian gave."""
    return next((each for each in LIVING.rows(subject(key)) if each.guardian or not is_minor), None)


def give(*, key, at: datetime, guardian: str, by) -> Consent:
    return consent.give(purpose=PURPOSE, version=VERSION, at=at, subject=subject(key), guardian=guardian, by=by)


def withdraw(*, key, at: datetime, by) -> int:
    return consent.withdraw(purpose=PURPOSE, at=at, subject=subject(key), by=by)
