"""Where classes are stuck: for each lesson those who have all before it and not this one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from .models import Cohort, Enrolment, Learnt, Lesson, Result, Submission

Done = set[tuple[int, int]]
"""Pairs of an enrolment and a lesson."""


class Hurdle(NamedTuple):
    """The lesson at which most of a class are, how many they are, and how many have all behind them."""

    lesson: Lesson | None
    here: int
    through: int


def stuck(cohort: Cohort, lessons: Sequence[Lesson]) -> dict[int, list[str]]:
    """Names of seated learners by the lesson they are at: not learnt yet, quiz not passed, or assignment not accepted."""
    found: dict[int, list[str]] = defaultdict(list)
    seated = cohort.enrolments.seated().order_by("learner__name").values_list("pk", "learner__name")
    done = everything_done([cohort.pk])
    for enrolment, name in seated:
        lesson = next_lesson(enrolment, lessons, done)
        if lesson:
            found[lesson.pk].append(name)
    return found


def hurdles(cohorts: Collection[Cohort]) -> dict[int, Hurdle]:
    """For each of these classes that learn online where most of its learners are; as many questions for fifty classes as for
    one."""
    cohorts = [each for each in cohorts if each.mode == Cohort.Mode.ONLINE]
    lessons: dict[int, list[Lesson]] = defaultdict(list)
    courses = {each.course_id for each in cohorts}
    for lesson in Lesson.objects.filter(course__in=courses, is_open=True).order_by("number", "id"):
        lessons[lesson.course_id].append(lesson)
    done = everything_done([each.pk for each in cohorts])
    seated: dict[int, list[int]] = defaultdict(list)
    for cohort, enrolment in pairs(Enrolment.objects.seated().filter(cohort__in=cohorts), "cohort", "pk"):
        seated[cohort].append(enrolment)
    return {each.pk: hurdle(seated[each.pk], lessons[each.course_id], done) for each in cohorts}


def hurdle(enrolments: Collection[int], lessons: Sequence[Lesson], done: tuple[Done, Done, Done]) -> Hurdle:
    at = [next_lesson(enrolment, lessons, done) for enrolment in enrolments]
    most = max(lessons, key=at.count, default=None)
    here = at.count(most) if most else 0
    return Hurdle(most if here else None, here, at.count(None) if lessons else 0)


def next_lesson(enrolment: int, lessons: Sequence[Lesson], done: tuple[Done, Done, Done]) -> Lesson | None:
    """The first of these lessons that is not done; None when all are."""
    learnt, passed, accepted = done
    for lesson in lessons:
        at = (enrolment, lesson.pk)
        if at not in learnt or lesson.has_quiz and at not in passed or lesson.assignment and at not in accepted:
            return lesson
    return None


def everything_done(cohorts: Collection[int]) -> tuple[Done, Done, Done]:
    """What people of these classes have learnt, passed, and had accepted."""
    own = {"enrolment__cohort__in": cohorts}
    return (
        pairs(Learnt.objects.filter(**own), "enrolment", "lesson"),
        pairs(Result.objects.filter(is_passed=True, **own), "enrolment", "lesson"),
        pairs(Submission.objects.filter(state=Submission.State.ACCEPTED, **own), "enrolment", "lesson"),
    )


def pairs(rows, *names: str) -> Done:
    return set(rows.values_list(*names))
