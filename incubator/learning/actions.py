"""What is done with learners and their classes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from marketplace.core import audit

from . import seating
from .assignments import NotDone, check_shop, hand_in, review, seller_listed
from .attending import check_in, mark_attendance
from .certifying import NoName, NotEarned, call_learner, certify, certify_if_earned, is_nameless, revoke
from .completion import is_pass
from .models import Cohort, Course, Enrolment, Learner, Learnt, Lesson, Result

__all__ = [
    "NoName",
    "NotDone",
    "NotEarned",
    "call_course_in_english",
    "call_learner",
    "certify",
    "check_in",
    "check_shop",
    "close_lesson",
    "enrol",
    "hand_in",
    "is_nameless",
    "keep_course",
    "keep_lesson",
    "learner_of",
    "leave",
    "mark_attendance",
    "note_learnt",
    "note_result",
    "review",
    "revoke",
    "seller_listed",
    "unname",
]

LONGEST_NAME = 40


def learner_of(user) -> Learner:
    """The learner a signed-in person is: hers, or the one a roster brought under her number, or a new one."""
    known = Learner.objects.filter(user=user).first()
    if known:
        return known
    mobile = user.mobile.as_e164 if user.mobile else ""
    same = Learner.objects.with_mobile(mobile).first() if mobile else None
    if same and same.user_id is None:
        learner = same
    else:  # a number that somebody else had before stays with that person's record
        learner = Learner(name=user.get_full_name()[:LONGEST_NAME], is_named=False, mobile="" if same else mobile)
    learner.user = user
    try:
        with transaction.atomic():
            learner.save()
    except IntegrityError:  # a second press at the same moment was first
        return Learner.objects.get(user=user)
    return learner


@transaction.atomic
def unname(*, user_id: int) -> None:
    """Somebody closed her account: what she learnt still counts, and nothing here names her. Twice does no harm."""
    for learner in Learner.objects.filter(user=user_id):
        learner.user, learner.name, learner.mobile, learner.village = None, "", "", ""
        learner.save()
        audit.record("learning.unnamed", of=learner, by=None)


def enrol(*, learner: Learner, cohort: Cohort, by, at: datetime) -> Enrolment:
    """Give her a seat, or a place on the waiting list where none is left; a second time changes nothing."""
    return seating.take_seat(in_=cohort, learner=learner, by=by, at=at)


def leave(*, enrolment: Enrolment, by, at: datetime) -> Enrolment:
    """Her seat goes to whoever has waited longest."""
    return seating.leave_seat(seat=enrolment, by=by)


def keep_course(*, code: str, title: str) -> Course:
    """The course of this code; the first page that shows it gives it its title."""
    return Course.objects.get_or_create(code=code, defaults={"title": title[:80]})[0]


def call_course_in_english(*, code: str, title: str) -> None:
    """The title of the course's English page, for everybody who reads about it in English."""
    Course.objects.filter(code=code).update(title_en=title[:120])


@transaction.atomic
def keep_lesson(
    *, course: str, code: str, number: int, title: str, has_quiz: bool, assignment: str = "", is_first_language=True
) -> Lesson:
    """The lesson that a page shows now; the page calls this whenever it is published. Each language names it for its
    readers; one that came before the first language stands in for it."""
    of = Course.objects.get(code=course)
    named = {"title": title[:80]} if is_first_language else {"title_en": title[:120]}
    values = {"number": number, "has_quiz": has_quiz, "assignment": assignment, "is_open": True} | named
    return Lesson.objects.update_or_create(
        course=of, code=code, defaults=values, create_defaults={"title": title[:80]} | values
    )[0]


def close_lesson(*, course: str, code: str) -> None:
    """No page shows the lesson any longer: nobody has to learn it."""
    Lesson.objects.filter(course__code=course, code=code).update(is_open=False)


@transaction.atomic
def note_learnt(*, enrolment: Enrolment, lesson: Lesson, by, at: datetime) -> Learnt:
    """She has learnt the lesson; a second time changes nothing. The last one brings the certificate."""
    learnt, _new = Learnt.objects.get_or_create(enrolment=enrolment, lesson=lesson, defaults={"at": at})
    certify_if_earned(enrolment, at)
    return learnt


@transaction.atomic
def note_result(
    *, enrolment: Enrolment, lesson: Lesson, attempt: int, answers: Sequence, right: int, questions: int, by, at
) -> Result:
    """A quiz she sent. The first paper of an attempt stands, and after a passed one there is no further attempt."""
    before = list(enrolment.results.filter(lesson=lesson).order_by("attempt"))
    standing = next((result for result in before if result.is_passed or result.attempt == attempt), None)
    if standing:
        return standing
    values = {
        "answers": list(answers),
        "right": right,
        "questions": questions,
        "is_passed": is_pass(right, questions),
        "sent_at": at,
    }
    following = min(attempt, len(before) + 1)
    result, _new = Result.objects.get_or_create(enrolment=enrolment, lesson=lesson, attempt=following, defaults=values)
    certify_if_earned(enrolment, at)
    return result
