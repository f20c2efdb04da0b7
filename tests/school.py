"""A small school: a programme, a course of lessons, classes and learners."""

from datetime import date, timedelta

from django.utils import timezone

from incubator.learning import actions
from incubator.learning.models import Cohort, Course, Gathering, Learner, Programme, Session
from tests.incubator import QIQIHAR

LESSONS = (("photos", False), ("title", True), ("freight", True))


def course(code="rice-bag", lessons=LESSONS):
    """A course with its lessons: name and whether it has a quiz."""
    made = Course.objects.create(code=code, title="从一袋米到第一单", title_en="From a bag of rice to the first order")
    for number, (name, has_quiz) in enumerate(lessons, start=1):
        actions.keep_lesson(course=code, code=name, number=number, title=name, has_quiz=has_quiz)
    return made


def programme(**fields):
    return Programme.objects.create(
        code=f"p{Programme.objects.count() + 1}", name="示例培训项目", area=QIQIHAR, **fields
    )


def cohort(of=None, **fields):
    """A class that anybody may join."""
    of = of or Course.objects.first() or course()
    usual = {"number": of.cohorts.count() + 1, "area": QIQIHAR, "starts_on": date(2026, 3, 1)}
    return Cohort.objects.create(course=of, **(usual | fields))


def on_site(sessions=5, **fields):
    """A class that meets on so many days."""
    made = cohort(mode=Cohort.Mode.ON_SITE, **fields)
    for nth in range(sessions):
        Session.objects.create(cohort=made, topic=f"第 {nth + 1} 讲", on=date(2026, 3, 1) + timedelta(days=nth))
    return made


def gathering(**fields):
    """An event next week that anybody may come to."""
    begins = timezone.now() + timedelta(days=7)
    usual = {"code": "open-day", "title": "示例开放日", "area": QIQIHAR, "venue": "示例礼堂"}
    return Gathering.objects.create(**(usual | {"starts_at": begins, "ends_at": begins + timedelta(hours=3)} | fields))


def learner(name="示例学员甲", *, user=None, mobile="", **fields):
    return Learner.objects.create(name=name, user=user, mobile=mobile, **fields)


def enrolled(in_, who=None):
    return actions.enrol(learner=who or learner(), cohort=in_, by=None, at=timezone.now())


def learn(enrolment, *, quizzes=True):
    """Through all lessons, with every quiz right."""
    now = timezone.now()
    for lesson in enrolment.cohort.course.lessons.all():
        actions.note_learnt(enrolment=enrolment, lesson=lesson, by=None, at=now)
        if lesson.has_quiz and quizzes:
            send_quiz(enrolment, lesson)
    return enrolment


def send_quiz(enrolment, lesson, *, right=3, attempt=1):
    return actions.note_result(
        enrolment=enrolment,
        lesson=lesson,
        attempt=attempt,
        answers=[0] * 3,
        right=right,
        questions=3,
        by=None,
        at=timezone.now(),
    )


def handed_in(enrolment, kind="reviewed", text="示例作业"):
    """The assignment of a new lesson of her course, in a trainer's hands."""
    course = enrolment.cohort.course
    number = course.lessons.count() + 1
    lesson = actions.keep_lesson(
        course=course.code, code=f"task-{number}", number=number, title="示例课时", has_quiz=False, assignment=kind
    )
    return actions.hand_in(enrolment=enrolment, lesson=lesson, text=text, by=None, at=timezone.now())


def certified(user=None, **fields):
    """The certificate of somebody who finished an online course."""
    enrolment = learn(enrolled(cohort(**fields), learner(user=user)))
    return enrolment.certificate
