"""Where a class is stuck: for each lesson those who have all before it and not this one."""

from collections import defaultdict
from collections.abc import Sequence

from .models import Cohort, Lesson, Result, Submission

Done = set[tuple[int, int]]
"""Pairs of an enrolment and a lesson."""


def stuck(cohort: Cohort, lessons: Sequence[Lesson]) -> dict[int, list[str]]:
    """Names of seated learners by the lesson they are at: not learnt yet, quiz not passed, or assignment not accepted."""
    own = {"enrolment__cohort": cohort}
    learnt = pairs(cohort.course.lessons.filter(learnt__enrolment__cohort=cohort), "learnt__enrolment", "pk")
    passed, accepted = set(), set()
    if any(lesson.has_quiz for lesson in lessons):
        passed = pairs(Result.objects.filter(is_passed=True, **own), "enrolment", "lesson")
    if any(lesson.assignment for lesson in lessons):
        accepted = pairs(Submission.objects.filter(state=Submission.State.ACCEPTED, **own), "enrolment", "lesson")
    found: dict[int, list[str]] = defaultdict(list)
    for enrolment, name in cohort.enrolments.seated().order_by("learner__name").values_list("pk", "learner__name"):
        for lesson in lessons:
            at = (enrolment, lesson.pk)
            if at not in learnt or lesson.has_quiz and at not in passed or lesson.assignment and at not in accepted:
                found[lesson.pk].append(name)
                break
    return found


def pairs(rows, *names: str) -> Done:
    return set(rows.values_list(*names))
