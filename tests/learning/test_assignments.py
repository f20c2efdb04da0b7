"""Assignments: a trainer looks at them, or the shop itself shows that they are done."""

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.learning import actions
from incubator.learning.models import Certificate, Submission
from incubator.learning.progress import hurdles, stuck
from marketplace.catalogue import actions as catalogue
from marketplace.core import events
from marketplace.core.models import Notice
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import incubator, pages, school, shop

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TASK = {"title": "示例作业", "text": "示例要求", "kind": "reviewed"}


def first_product():
    """A course of one lesson, done with the first product on the shelf; and somebody who learnt it."""
    course = school.course(lessons=())
    lesson = actions.keep_lesson(
        course=course.code, code="last", number=1, title="末课", has_quiz=False, assignment="first_product"
    )
    enrolment = school.enrolled(school.cohort(course), school.learner(user=incubator.person("0041")))
    actions.note_learnt(enrolment=enrolment, lesson=lesson, by=None, at=NOW)
    return enrolment, lesson


def open_shop(user):
    seller = shop.seller("样例店")
    team.join(seller=seller, user=user, role=TeamRole.OWNER)
    return seller


def list_a_product(seller):
    product = shop.product(seller)
    catalogue.refresh_all()
    return product


class TestTheFirstProduct:
    def test_is_not_done_while_the_shelf_is_empty(self):
        enrolment, lesson = first_product()
        open_shop(enrolment.learner.user)

        with pytest.raises(actions.NotDone):
            actions.check_shop(enrolment=enrolment, lesson=lesson, by=None, at=NOW)
        assert not Certificate.objects.exists()

    def test_of_somebody_else_does_not_count(self):
        enrolment, lesson = first_product()
        list_a_product(open_shop(incubator.person("0042")))

        with pytest.raises(actions.NotDone):
            actions.check_shop(enrolment=enrolment, lesson=lesson, by=None, at=NOW)

    def test_is_seen_in_the_shop_itself_and_brings_the_certificate(self):
        enrolment, lesson = first_product()
        product = list_a_product(open_shop(enrolment.learner.user))

        for _twice in range(2):
            done = actions.check_shop(enrolment=enrolment, lesson=lesson, by=None, at=NOW)

        assert (done.state, done.product, Submission.objects.count()) == ("accepted", product, 1)
        assert Certificate.objects.filter(enrolment=enrolment).count() == 1

    def test_is_heard_of_from_the_shop(self):
        enrolment, lesson = first_product()
        product = list_a_product(open_shop(enrolment.learner.user))

        for _twice in range(2):
            event = events.announce("listing_published", product=product.pk, seller=product.seller_id)
            events.deliver_event.func(event.pk)

        assert enrolment.submissions.get(lesson=lesson).state == "accepted"


class TestReview:
    def test_returns_with_a_reason_and_tells_the_learner(self):
        enrolment = school.enrolled(school.cohort(), school.learner(user=incubator.person("0043")))
        submission = school.handed_in(enrolment)

        actions.review(submission=submission, is_accepted=False, note="缺照片", by=None, at=NOW)
        again = actions.hand_in(enrolment=enrolment, lesson=submission.lesson, text="补了", by=None, at=NOW)

        assert "缺照片" in Notice.objects.get(user=enrolment.learner.user).body
        assert (again.state, again.text, Submission.objects.count()) == ("waiting", "补了", 1)

    def test_accepted_stays_accepted(self):
        submission = school.handed_in(school.enrolled(school.cohort()))
        actions.review(submission=submission, is_accepted=True, note="", by=None, at=NOW)

        actions.review(submission=submission, is_accepted=False, note="反悔", by=None, at=NOW)
        actions.hand_in(enrolment=submission.enrolment, lesson=submission.lesson, text="再来", by=None, at=NOW)

        submission.refresh_from_db()
        assert (submission.state, submission.text) == ("accepted", "示例作业")

    def test_is_needed_for_the_certificate(self):
        enrolment = school.enrolled(school.cohort())
        submission = school.handed_in(enrolment)
        school.learn(enrolment)
        assert not Certificate.objects.exists()

        actions.review(submission=submission, is_accepted=True, note="", by=None, at=NOW)

        assert Certificate.objects.get().enrolment == enrolment

    def test_page_wants_a_word_with_what_is_given_back(self, client):
        submission = school.handed_in(school.enrolled(school.cohort()))
        client.force_login(incubator.staff())
        address = reverse("incubator:learning:assignment", args=[submission.pk])

        refused = client.post(address, {"do": "return", "note": " "})
        client.post(address, {"do": "return", "note": "缺照片"})

        assert refused.status_code == 422
        assert "说明" in refused.content.decode() or "缺" in refused.content.decode()
        submission.refresh_from_db()
        assert (submission.state, submission.note) == ("returned", "缺照片")

    def test_list_asks_as_much_for_many_as_for_one(self, client, django_assert_num_queries):
        client.force_login(incubator.staff())
        address = reverse("incubator:learning:assignments")
        cohort = school.cohort()
        school.handed_in(school.enrolled(cohort))
        client.get(address)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as one:
            client.get(address)
        for nth in range(5):
            school.handed_in(school.enrolled(cohort, school.learner(f"学员{nth}")))

        with django_assert_num_queries(len(one)):
            assert client.get(address).content.decode().count("学员") >= 5


class TestOnTheLesson:
    @pytest.fixture
    def lesson(self):
        return pages.lesson(quiz=False, body=[("assignment", TASK)])

    @pytest.fixture
    def learner(self, client, lesson):
        user = incubator.person("0044")
        pages.seat(user, lesson)
        client.force_login(user)
        return user

    def test_is_handed_in(self, client, lesson, learner):
        page = client.get(lesson.url).content.decode()
        client.post(f"{lesson.url}assignment/", {"text": "我写好了\x00标题"})

        assert "示例要求" in page
        assert Submission.objects.get().text == "我写好了标题"
        assert "我写好了标题" in client.get(lesson.url).content.decode()

    @pytest.mark.parametrize("text", ["", "  ", "长" * 2001])
    def test_keeps_what_was_typed_and_says_what_is_wrong(self, client, lesson, learner, text):
        answer = client.post(f"{lesson.url}assignment/", {"text": text})

        assert answer.status_code == 422
        assert text.strip() in answer.content.decode()
        assert not Submission.objects.exists()

    def test_is_for_those_with_a_seat(self, client, lesson):
        client.force_login(incubator.person("0045"))

        assert client.post(f"{lesson.url}assignment/", {"text": "x"}).url == lesson.course_page().url


class TestStuck:
    def test_is_where_the_first_thing_is_missing(self):
        cohort = school.cohort(school.course())
        fresh, half, done = (school.enrolled(cohort, school.learner(name)) for name in ("甲", "乙", "丙"))
        lessons = list(cohort.course.lessons.all())
        for lesson in lessons[:2]:
            actions.note_learnt(enrolment=half, lesson=lesson, by=None, at=NOW)
        school.learn(done)

        found = stuck(cohort, lessons)

        assert fresh.pk != half.pk
        assert dict(found) == {lessons[0].pk: ["甲"], lessons[1].pk: ["乙"]}

    def class_of(self, *behind, **fields):
        """A class whose learners have so many lessons behind them."""
        cohort = school.cohort(**fields)
        lessons = list(cohort.course.lessons.all())
        for count in behind:
            enrolment = school.enrolled(cohort, school.learner())
            for lesson in lessons[:count]:
                actions.note_learnt(enrolment=enrolment, lesson=lesson, by=None, at=NOW)
        return cohort

    def test_is_told_of_all_classes_at_once(self, client, django_assert_num_queries):
        school.course(lessons=(("photos", False), ("title", False), ("freight", False)))
        at_two, nobody, through = self.class_of(0, 1, 1, 3), self.class_of(), self.class_of(3, 3)
        on_site = self.class_of(0, mode="on_site")

        with django_assert_num_queries(5):
            found = hurdles([at_two, nobody, through, on_site])

        told = {pk: (each.lesson and each.lesson.code, each.here, each.through) for pk, each in found.items()}
        assert told == {at_two.pk: ("title", 2, 1), nobody.pk: (None, 0, 0), through.pk: (None, 0, 2)}
        client.force_login(incubator.staff())
        page = client.get(reverse("incubator:learning:funnel")).content.decode()
        assert "2 名学员" in page
        assert "全部学完" in page
