"""What somebody who has read all lessons still owes for the certificate."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from incubator.learning.models import Assignment, Lesson, Submission

STATES = {Submission.State.WAITING: _("Waiting for a trainer"), Submission.State.RETURNED: _("To be done again")}


@dataclass(frozen=True)
class Owed:
    """One lesson's quiz or assignment. ``part`` is where on the lesson's page it stands."""

    lesson: Lesson
    part: str
    name: str | Promise
    state: str | Promise


def owed_of(
    lessons: Collection[Lesson], passed: Collection[str], submissions: Mapping[str, Submission]
) -> tuple[Owed, ...]:
    """In the order of the lessons; the quiz of each before its assignment."""
    found = [each for lesson in lessons for each in (quiz_of(lesson, passed), task_of(lesson, submissions))]
    return tuple(each for each in found if each)


def quiz_of(lesson: Lesson, passed: Collection[str]) -> Owed | None:
    is_owed = lesson.has_quiz and lesson.code not in passed
    return Owed(lesson, "quiz", _("Quiz"), _("Not passed yet")) if is_owed else None


def task_of(lesson: Lesson, submissions: Mapping[str, Submission]) -> Owed | None:
    submission = submissions.get(lesson.code)
    if not lesson.assignment or (submission and submission.state == Submission.State.ACCEPTED):
        return None
    is_first = lesson.assignment == Assignment.FIRST_PRODUCT
    name = Assignment.FIRST_PRODUCT.label if is_first else _("Assignment")
    state = STATES[Submission.State(submission.state)] if submission else _("Not done yet")
    return Owed(lesson, "task", name, state)
