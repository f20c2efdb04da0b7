"""Attendance by a code on the screen, and names for certificates."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from incubator.learning import actions
from incubator.learning.attending import LIFETIME, NotHere, session_of, token_for
from incubator.learning.funnel import funnel
from incubator.learning.models import Attendance, Certificate, Enrolment
from tests import incubator, pages, school

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def cohort():
    return school.on_site(2)


@pytest.fixture
def learner(client, cohort):
    user = incubator.person("0051")
    client.force_login(user)
    return school.enrolled(cohort, school.learner(user=user))


def address(session) -> str:
    return reverse("learning:attend", args=[token_for(session)])


class TestTheCode:
    def test_notes_her_once_however_often_she_presses(self, client, cohort, learner):
        session = cohort.sessions.first()

        asked = client.get(address(session)).content.decode()
        answers = [client.post(address(session)).content.decode() for _twice in range(2)]

        assert "我在这里" in asked or "签到" in asked
        assert all("已" in answer for answer in answers)
        assert Attendance.objects.get().enrolment == learner

    def test_counts_a_person_of_two_sessions_once(self, client, cohort, learner):
        for session in cohort.sessions.all():
            client.post(address(session))

        assert Attendance.objects.count() == 2
        (row,) = funnel(Enrolment.objects.all(), "cohort")
        assert (row.enrolled, row.reached[0]) == (1, 1)

    def test_grows_old(self, client, cohort, learner):
        code = address(cohort.sessions.first())

        with time_machine.travel(timezone.now() + LIFETIME + timedelta(seconds=2)):
            client.force_login(learner.learner.user)
            answer = client.post(code)

        assert answer.status_code == 422
        assert not Attendance.objects.exists()

    @pytest.mark.parametrize("token", ["1", "1:a:b", "0:1sXyZ:forged"])
    def test_cannot_be_made_up(self, client, learner, token):
        assert client.post(reverse("learning:attend", args=[token])).status_code == 422
        with pytest.raises(NotHere):
            session_of(token)

    def test_needs_a_seat(self, client, cohort):
        client.force_login(incubator.person("0052"))

        answer = client.post(address(cohort.sessions.first()))

        assert answer.status_code == 422
        assert not Attendance.objects.exists()

    def test_is_on_the_screen_of_those_who_teach(self, client, cohort):
        session = cohort.sessions.first()
        code = reverse("incubator:learning:session-code", args=[session.pk])
        client.force_login(incubator.staff())

        page = client.get(code).content.decode()

        assert "<svg" in page
        assert 'http-equiv="refresh"' in page
        client.force_login(incubator.staff("230184", "0053"))
        assert client.get(code).status_code == 404


class TestTheList:
    def test_does_not_strike_off_whoever_scanned_after_it_was_opened(self, client, cohort, learner):
        session = cohort.sessions.first()
        other = school.enrolled(cohort, school.learner("示例学员乙"))
        actions.check_in(session=session, by=learner.learner.user, at=NOW)
        client.force_login(incubator.staff())

        client.post(session.get_absolute_url(), {"list": "1", "present": [other.pk]})
        both = session.attendances.count()
        client.post(session.get_absolute_url(), {"list": "1", "present": [other.pk], "shown": [learner.pk, other.pk]})

        assert both == 2
        assert session.attendances.get().enrolment == other


class TestTheNameOnACertificate:
    def nameless(self, ending="0054"):
        user = incubator.person(ending)
        return school.enrolled(school.cohort(pages.course().course), actions.learner_of(user))

    def test_is_asked_for_before_one_is_handed_out(self, client):
        enrolment = self.nameless()
        page = pages.CoursePage.objects.get()
        pages.lesson(page, "only", quiz=False)
        school.learn(enrolment)
        client.force_login(enrolment.learner.user)
        assert not Certificate.objects.exists()

        asked = client.get(page.url).content.decode()
        wrong = client.post(f"{page.url}name/", {"name": "139****0054"})
        client.post(f"{page.url}name/", {"name": " 李 示例 "})

        assert 'name="name"' in asked
        assert wrong.status_code == 422
        assert "139****0054" in wrong.content.decode()
        assert Certificate.objects.get().enrolment.learner.name == "李 示例"

    def test_stays_as_it_was_said(self, client):
        enrolment = self.nameless()
        actions.call_learner(learner=enrolment.learner, name="李示例", by=None, at=NOW)
        client.force_login(enrolment.learner.user)

        client.post(f"{pages.CoursePage.objects.get().url}name/", {"name": "别的名字"})

        enrolment.learner.refresh_from_db()
        assert enrolment.learner.name == "李示例"

    def test_keeps_staff_from_handing_out_a_nameless_one(self, client):
        cohort = school.on_site(1)
        enrolment = school.enrolled(cohort, actions.learner_of(incubator.person("0055")))
        actions.mark_attendance(session=cohort.sessions.get(), present=[enrolment.pk], by=None, at=NOW)
        client.force_login(incubator.staff())
        hand_out = reverse("incubator:learning:certify", args=[enrolment.pk])

        client.post(hand_out)
        assert not Certificate.objects.exists()
        client.post(reverse("incubator:learning:learner-name", args=[enrolment.pk]), {"name": "王示例"})
        client.post(hand_out)

        assert Certificate.objects.get().enrolment.learner.name == "王示例"
