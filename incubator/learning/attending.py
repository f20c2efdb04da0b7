"""Who was there: noted from a list, or by each learner herself with the code on the trainer's screen."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.refusal import Refusal

from .models import Attendance, Enrolment, Gathering, Session

LIFETIME = timedelta(minutes=5)
"""How long a code on the screen is good: long enough to sign in, too short to send home."""


class NotHere(Refusal):
    """She cannot be noted; ``for_people`` says why."""


def token_for(meeting: Session | Gathering) -> str:
    """What stands in the code on the screen at this moment."""
    return signer(type(meeting)).sign(str(meeting.pk))


def signer(kind: type[Model]) -> signing.TimestampSigner:
    """A code for an event opens no class, and the other way round."""
    return signing.TimestampSigner(salt=f"attendance.{kind._meta.model_name}")


def session_of(token: str) -> Session:
    """The session whose code this is. Raises NotHere for a code that is old or was made up."""
    return meeting_of(token, Session.objects.select_related("cohort__course"))


def gathering_of(token: str) -> Gathering:
    """The event whose code this is. Raises NotHere likewise."""
    return meeting_of(token, Gathering.objects.all())


def meeting_of(token: str, among: QuerySet):
    try:
        key = signer(among.model).unsign(token, max_age=LIFETIME)
    except signing.SignatureExpired:
        raise NotHere(_("This code is too old. Please scan the one on the screen now.")) from None
    except signing.BadSignature:
        raise NotHere(_("This is not a code of ours.")) from None
    found = among.filter(pk=key).first()
    if found is None:
        raise NotHere(_("This session no longer exists."))
    return found


@transaction.atomic
def check_in(*, session: Session, by, at: datetime) -> Attendance:
    """She says with the session's code that she is there; twice is once. Raises NotHere without a seat in the class."""
    enrolment = Enrolment.objects.of(by).seated().filter(cohort=session.cohort_id).first()
    if enrolment is None:
        raise NotHere(_("You have no seat in this class. Please ask the trainer to enrol you."))
    attendance, made = Attendance.objects.get_or_create(
        session=session, enrolment=enrolment, defaults={"noted_by": by, "noted_at": at}
    )
    if made:
        audit.record("learning.checked_in", of=session, by=by, enrolment=enrolment.pk)
    return attendance


@transaction.atomic
def mark_attendance(
    *, session: Session, present: Collection[int], by, at: datetime, shown: Collection[int] | None = None
) -> int:
    """Of the class, these enrolments were there; returns how many are. Sent twice it is the same list.

    ``shown`` are those whom the list showed as present: somebody who has scanned the code since is not struck off.
    """
    wanted = set(session.cohort.enrolments.seated().filter(pk__in=present).values_list("pk", flat=True))
    gone = session.attendances.exclude(enrolment__in=wanted)
    (gone if shown is None else gone.filter(enrolment__in=shown)).delete()
    Attendance.objects.bulk_create(
        [Attendance(session=session, enrolment_id=pk, noted_by=by, noted_at=at) for pk in sorted(wanted)],
        ignore_conflicts=True,
    )
    there = session.attendances.count()
    audit.record("learning.attendance", of=session, by=by, present=there)
    return there
