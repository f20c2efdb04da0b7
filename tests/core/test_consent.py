"""Agreements are given for one purpose and version, and end when withdrawn."""

import pytest
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core import consent
from marketplace.core.models import AuditEntry, Consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user(mobile="13911110006")


def test_holds_from_giving_to_withdrawing(person):
    consent.give(user=person, purpose="privacy", version="2026-1", at=timezone.now())
    assert consent.holds(user=person, purpose="privacy")
    assert not consent.holds(user=person, purpose="privacy", version="2026-2")
    assert not consent.holds(user=person, purpose="story")

    assert consent.withdraw(user=person, purpose="privacy", at=timezone.now()) == 1

    assert not consent.holds(user=person, purpose="privacy")


def test_is_given_once_and_audited(person):
    for _twice in range(2):
        consent.give(user=person, purpose="privacy", version="2026-1", at=timezone.now())

    assert Consent.objects.count() == 1
    assert AuditEntry.objects.filter(action="consent.given").count() == 1


def test_belongs_to_somebody_without_an_account_as_well(person):
    consent.give(subject="story:7", purpose="story", version="1", guardian="样例母亲", by=person, at=timezone.now())

    assert consent.holds(subject="story:7", purpose="story")
    assert not consent.holds(subject="story:8", purpose="story")
