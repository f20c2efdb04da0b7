"""How programmes, classes and their days come to be."""

from django.db import transaction
from django.db.models import Max

from marketplace.core import audit, stamps

from .models import Cohort, Course, Programme, Session


@transaction.atomic
def start_programme(*, programme: Programme, by) -> Programme:
    """A programme nobody knew before."""
    programme.save()
    audit.record("learning.programme_started", of=programme, by=by)
    return programme


@transaction.atomic
def open_class(*, cohort: Cohort, by) -> Cohort:
    """A class gets the next number of its course."""
    course = Course.objects.select_for_update().get(pk=cohort.course_id)
    cohort.number = (course.cohorts.aggregate(last=Max("number"))["last"] or 0) + 1
    cohort.save()
    audit.record("learning.class_opened", of=cohort, by=by)
    stamps.touch(stamps.CLASSES)
    return cohort


@transaction.atomic
def change_class(*, cohort: Cohort, by) -> Cohort:
    """Other days, seats or doors; its number stays, and nobody who has a seat loses it."""
    cohort.save()
    audit.record("learning.class_changed", of=cohort, by=by)
    stamps.touch(stamps.CLASSES)
    return cohort


@transaction.atomic
def plan_session(*, session: Session, by) -> Session:
    """A day on which the class meets; the same day and subject twice is one."""
    held = Session.objects.filter(cohort=session.cohort_id, on=session.on, topic=session.topic).first()
    if held:
        return held
    session.save()
    audit.record("learning.session_planned", of=session, by=by)
    return session
