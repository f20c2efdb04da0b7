"""Certificates of finished courses: earned, named, handed out, taken back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.core import audit

from .codes import new_code
from .completion import is_complete
from .models import Certificate, Enrolment, Learner


class NotEarned(Exception):
    """The course is not done; ``for_people`` says what is missing."""

    @property
    def for_people(self) -> str:
        return _("This course is not finished yet, so there is no certificate.")


class NoName(Exception):
    """Her name is not known; ``for_people`` says so."""

    @property
    def for_people(self) -> str:
        return _("Her name is not known yet. Please ask how it should stand on the certificate.")


def is_nameless(enrolment: Enrolment) -> bool:
    """True if she has earned a certificate that waits for her name."""
    return not enrolment.learner.is_named and not hasattr(enrolment, "certificate") and is_complete(enrolment)


@transaction.atomic
def call_learner(*, learner: Learner, name: str, by, at: datetime) -> Learner:
    """The name that stands on her certificates. What she earned before anybody knew it is handed out now."""
    learner.name, learner.is_named = name, True
    learner.save(update_fields=["name", "is_named", "mobile_key"])
    audit.record("learning.named", of=learner, by=by)
    for enrolment in learner.enrolments.seated().filter(certificate=None).select_related("cohort__course", "learner"):
        if enrolment.cohort.mode == enrolment.cohort.Mode.ONLINE:
            certify_if_earned(enrolment, at)
    return learner


@transaction.atomic
def certify(*, enrolment: Enrolment, by, at: datetime) -> Certificate:
    """The certificate of a finished course, once; raises NotEarned while it is not finished, NoName while nobody knows
    what to print on it."""
    held = Certificate.objects.filter(enrolment=enrolment).first()
    if held:
        return held
    if not is_complete(enrolment):
        raise NotEarned
    if not enrolment.learner.is_named:
        raise NoName
    try:
        with transaction.atomic():
            certificate = Certificate.objects.create(enrolment=enrolment, code=new_code(), issued_at=at, issued_by=by)
    except IntegrityError:  # at the same moment by another way
        return Certificate.objects.get(enrolment=enrolment)
    audit.record("learning.certified", of=certificate, by=by)
    return certificate


def certify_if_earned(enrolment: Enrolment, at: datetime) -> None:
    """At once, or as soon as she has said her name."""
    if enrolment.learner.is_named and is_complete(enrolment):
        certify(enrolment=enrolment, by=None, at=at)


@transaction.atomic
def revoke(*, certificate: Certificate, reason: str, by, at: datetime) -> Certificate:
    """The certificate no longer counts, and its public page says so. The first reason stands."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.revoked_at is None:
        certificate.revoked_at, certificate.revoked_reason = at, reason
        certificate.save(update_fields=["revoked_at", "revoked_reason"])
        audit.record("learning.revoked", of=certificate, by=by)
    return certificate
