"""When a course is done.

Online: every open lesson learnt, every quiz passed, every assignment accepted. On site: present at four of five sessions or more.
"""

from fractions import Fraction

from .models import Cohort, Enrolment

ENOUGH = Fraction(4, 5)
PASS_MARK = Fraction(2, 3)


def is_pass(right: int, questions: int) -> bool:
    """Two thirds of the answers right, or more."""
    return questions > 0 and Fraction(right, questions) >= PASS_MARK


def is_complete(enrolment: Enrolment) -> bool:
    """True if this learner has earned her certificate."""
    if enrolment.state != Enrolment.State.ENROLLED:
        return False
    cohort = enrolment.cohort
    return attended_enough(enrolment) if cohort.mode == Cohort.Mode.ON_SITE else learnt_all(enrolment)


def attended_enough(enrolment: Enrolment) -> bool:
    held = enrolment.cohort.sessions.count()
    return held > 0 and Fraction(enrolment.attendances.count(), held) >= ENOUGH


def learnt_all(enrolment: Enrolment) -> bool:
    lessons = enrolment.cohort.course.lessons.filter(is_open=True)
    passed = enrolment.results.filter(is_passed=True).values("lesson")
    missing = lessons.exclude(pk__in=enrolment.learnt.values("lesson")).exists()
    unpassed = lessons.filter(has_quiz=True).exclude(pk__in=passed).exists()
    accepted = enrolment.submissions.filter(state="accepted").values("lesson")
    undone = lessons.exclude(assignment="").exclude(pk__in=accepted).exists()
    return lessons.exists() and not (missing or unpassed or undone)
