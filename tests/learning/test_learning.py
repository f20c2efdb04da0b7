"""Seats, progress, quizzes and certificates."""

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.learning import actions
from incubator.learning.codes import new_code, read_code
from incubator.learning.models import Certificate, Enrolment, Learner
from tests import incubator, school

pytestmark = pytest.mark.django_db
NOW = timezone.now()


class TestEnrol:
    def test_gives_a_seat_once(self):
        cohort, who = school.cohort(), school.learner()

        first = school.enrolled(cohort, who)
        again = school.enrolled(cohort, who)

        assert first == again
        assert first.state == Enrolment.State.ENROLLED

    def test_puts_whoever_comes_later_on_the_waiting_list(self):
        cohort = school.cohort(seats=1)

        school.enrolled(cohort)
        late = school.enrolled(cohort, school.learner("示例学员乙"))

        assert late.state == Enrolment.State.WAITING

    def test_passes_a_seat_on_to_whoever_waited_longest(self):
        cohort = school.cohort(seats=1)
        first, late = school.enrolled(cohort), school.enrolled(cohort, school.learner("示例学员乙"))

        actions.leave(enrolment=first, by=None, at=NOW)

        late.refresh_from_db()
        assert late.state == Enrolment.State.ENROLLED

    def test_forgets_who_closed_her_account_and_takes_her_number_from_whoever_has_it_now(self):
        user = incubator.person("0032")
        learner = actions.learner_of(user)

        for _twice in range(2):
            actions.unname(user_id=user.pk)

        learner.refresh_from_db()
        assert (learner.user, learner.name, learner.mobile, learner.mobile_key) == (None, "", "", None)
        assert actions.learner_of(user) != learner

    def test_finds_the_person_whom_a_roster_brought(self):
        user = incubator.person("0031")
        listed = school.learner("示例学员甲", mobile=user.mobile.as_e164)

        assert actions.learner_of(user) == listed
        assert Learner.objects.count() == 1


class TestQuiz:
    def test_counts_once_when_sent_twice(self):
        enrolment = school.enrolled(school.cohort())
        lesson = enrolment.cohort.course.lessons.get(code="title")

        first = school.send_quiz(enrolment, lesson, right=1)
        again = school.send_quiz(enrolment, lesson, right=3)

        assert again == first
        assert again.right == 1
        assert enrolment.results.count() == 1

    def test_may_be_tried_again_until_it_is_passed(self):
        enrolment = school.enrolled(school.cohort())
        lesson = enrolment.cohort.course.lessons.get(code="title")

        school.send_quiz(enrolment, lesson, right=1)
        passed = school.send_quiz(enrolment, lesson, right=2, attempt=2)
        later = school.send_quiz(enrolment, lesson, right=0, attempt=3)

        assert passed.is_passed
        assert later == passed


class TestCertificate:
    def test_comes_with_the_last_lesson_and_quiz(self):
        enrolment = school.learn(school.enrolled(school.cohort()), quizzes=False)
        assert not Certificate.objects.exists()

        for lesson in enrolment.cohort.course.lessons.filter(has_quiz=True):
            school.send_quiz(enrolment, lesson)

        assert Certificate.objects.get().enrolment == enrolment

    def test_needs_four_of_five_days_on_site(self):
        cohort = school.on_site(5)
        enrolment = school.enrolled(cohort)
        for session in cohort.sessions.all()[:3]:
            actions.mark_attendance(session=session, present=[enrolment.pk], by=None, at=NOW)
        with pytest.raises(actions.NotEarned):
            actions.certify(enrolment=enrolment, by=None, at=NOW)

        actions.mark_attendance(session=cohort.sessions.all()[3], present=[enrolment.pk], by=None, at=NOW)

        assert actions.certify(enrolment=enrolment, by=None, at=NOW) == actions.certify(
            enrolment=enrolment, by=None, at=NOW
        )

    def test_has_a_number_in_which_no_single_digit_can_be_wrong(self):
        code = new_code()
        changed = {code[:place] + digit + code[place + 1 :] for place in range(12) for digit in "0123456789"} - {code}

        assert read_code(f"{code[:4]} {code[4:8]}-{code[8:]}") == code
        assert [wrong for wrong in changed if read_code(wrong)] == []


class TestCheckingACertificate:
    def test_shows_course_and_day_and_half_the_name(self, client):
        certificate = school.certified()

        page = client.get(certificate.get_absolute_url()).content.decode()

        assert "有效" in page
        assert "示****" in page
        assert "示例学员甲" not in page

    @pytest.mark.parametrize("place", [0, 5, 11])
    def test_is_not_valid_with_one_digit_changed(self, client, place):
        code = school.certified().code
        wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]

        answer = client.get(reverse("learning:certificate", args=[wrong]))

        assert answer.status_code == 404
        assert "无效" in answer.content.decode()

    def test_says_that_it_was_revoked_and_not_why(self, client):
        certificate = school.certified()
        actions.revoke(certificate=certificate, reason="代考", by=None, at=NOW)

        page = client.get(certificate.get_absolute_url()).content.decode()

        assert "已撤销" in page
        assert "代考" not in page

    def test_gives_the_paper_to_its_holder_only(self, client):
        holder, other = incubator.person("0041"), incubator.person("0042")
        certificate = school.certified(user=holder)
        paper = reverse("learning:certificate-paper", args=[certificate.code])

        client.force_login(other)
        assert client.get(paper).status_code == 404
        client.force_login(holder)
        answer = client.get(paper)

        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
