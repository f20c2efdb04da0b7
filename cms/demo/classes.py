"""Two classes of the first course: one that met on three days last spring, one that learns online now.

The people are made up and their names say so; two of them are the sellers of the demonstration.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from incubator.learning import actions
from incubator.learning.models import Cohort, Course, Learner, Programme, Session
from marketplace.demo import accounts

from .course import CODE

AREA, COUNTIES = "230200", ("230225", "230281", "230221")
ORDINALS = "甲乙丙丁戊己庚辛壬癸"
SELLERS = ("02", "03")
ONLINE = ("13", "21", "22")
TOPICS = ("拍照和标题", "称重、定价和运费", "打包、售后和法律")


def load() -> None:
    """Both classes, once."""
    course = Course.objects.get(code=CODE)
    if course.cohorts.exists():
        return
    now = timezone.now()
    programme = Programme.objects.create(
        code="sample-returnees",
        name="返乡青年电商培训(示例)",
        name_en="E-commerce training for those who come home (sample)",
        sponsor="示例资助方",
        area=AREA,
        villages=12,
        target=40,
        venture_space="示例创业空间",
        is_sample=True,
    )
    meet(course, programme, now - timedelta(days=70))
    learn_online(course, programme, now)


def meet(course: Course, programme: Programme, began: datetime) -> None:
    """Ten people and two sellers; eight of the ten and both sellers came to all three days and were certified."""
    day = timezone.localdate(began)
    cohort = Cohort.objects.create(
        course=course,
        programme=programme,
        number=1,
        mode=Cohort.Mode.ON_SITE,
        area=AREA,
        venue="示例培训教室",
        starts_on=day,
        ends_on=day + timedelta(days=2),
        seats=20,
        is_open=False,
    )
    people = [made_up(place) for place in range(len(ORDINALS))]
    for ending in SELLERS:
        seller = accounts.by_ending(ending)
        learner = actions.learner_of(seller)
        people.append(actions.call_learner(learner=learner, name=seller.nickname, by=None, at=began))
    enrolments = [actions.enrol(learner=person, cohort=cohort, by=None, at=began) for person in people]
    staff = accounts.by_ending("12")
    for nth, topic in enumerate(TOPICS):
        session = Session.objects.create(cohort=cohort, topic=topic, place=cohort.venue, on=day + timedelta(days=nth))
        present = [each.pk for each in (enrolments[2:] if nth else enrolments)]
        actions.mark_attendance(session=session, present=present, by=staff, at=began + timedelta(days=nth))
    for enrolment in enrolments[2:]:
        actions.certify(enrolment=enrolment, by=staff, at=began + timedelta(days=3))


def learn_online(course: Course, programme: Programme, now: datetime) -> None:
    """Three people at different places of the course."""
    cohort = Cohort.objects.create(
        course=course, programme=programme, number=2, area=AREA, starts_on=timezone.localdate(now - timedelta(days=14))
    )
    lessons = list(course.lessons.filter(is_open=True))
    for place, ending in enumerate(ONLINE):
        user = accounts.by_ending(ending)
        began = now - timedelta(days=10 - place)
        enrolment = actions.enrol(learner=actions.learner_of(user), cohort=cohort, by=user, at=began)
        for nth, lesson in enumerate(lessons[: 2 * place]):
            actions.note_learnt(enrolment=enrolment, lesson=lesson, by=user, at=began + timedelta(days=nth))


def made_up(place: int) -> Learner:
    """示例学员甲 and so on, of a sample village."""
    county = COUNTIES[place % len(COUNTIES)]
    return Learner.objects.create(name=f"示例学员{ORDINALS[place]}", area=county, village=f"示例{place % 3 + 1}村")
