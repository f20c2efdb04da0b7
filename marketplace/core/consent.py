"""Agreements of people, each for one purpose and one version of a text."""

from collections.abc import Iterable

from marketplace.core import audit, stamps

from .models import Consent


def give(*, purpose: str, version: str, at, user=None, subject: str = "", guardian: str = "", by=None) -> Consent:
    """Note the agreement of a user, or of the person ``subject`` names; a second time for one version changes nothing."""
    consent, made = Consent.objects.get_or_create(
        user=user,
        subject=subject,
        purpose=purpose,
        text_version=version,
        withdrawn_at=None,
        defaults={"given_at": at, "guardian": guardian, "recorded_by": by},
    )
    if made:
        audit.record("consent.given", of=consent, by=by or user, purpose=purpose, version=version)
        stamps.touch(stamps.CONSENT)
    return consent


def withdraw(*, purpose: str, at, user=None, subject: str = "", by=None) -> int:
    """End every agreement of this person to the purpose; returns how many there were. Callers take down what stood on it."""
    living = Consent.objects.filter(user=user, subject=subject, purpose=purpose, withdrawn_at=None)
    stamps.touch(stamps.CONSENT)
    for consent in living:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        audit.record("consent.withdrawn", of=consent, by=by or user, purpose=purpose)
    return len(living)


def holds(*, purpose: str, user=None, subject: str = "", version: str = "") -> bool:
    """True if the person agrees to the purpose today, to this version if one is named."""
    living = Consent.objects.filter(user=user, subject=subject, purpose=purpose, withdrawn_at=None)
    return (living.filter(text_version=version) if version else living).exists()


def standing(*, purpose: str, users: Iterable[int]) -> dict[int, bool]:
    """Of these users, whoever was ever asked for the purpose and agreed: True if she still does, False once she took it
    back. One question for a whole list."""
    found: dict[int, bool] = {}
    given = Consent.objects.filter(purpose=purpose, user__in=list(users)).order_by()
    for user, withdrawn_at in given.values_list("user", "withdrawn_at"):
        found[user] = found.get(user, False) or withdrawn_at is None
    return found
