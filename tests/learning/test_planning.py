"""Programmes, classes and their days, as staff set them up."""

import pytest
from django.urls import reverse

from incubator.learning.models import Cohort, Programme, Session
from tests import incubator, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = incubator.staff()
    client.force_login(user)
    return user


def test_a_class_gets_the_next_number_of_its_course(client, staff):
    first = school.cohort()
    form = {
        "course": first.course_id,
        "mode": "on_site",
        "area": incubator.GANNAN,
        "starts_on": "2026-12-01",
        "seats": 20,
    }

    answer = client.post(reverse("incubator:learning:cohort-new"), form)

    made = Cohort.objects.get(mode="on_site")
    assert made.number == 2
    assert answer.url == made.get_absolute_url()


@pytest.mark.parametrize(
    "wrong", [{"area": incubator.WUCHANG}, {"starts_on": ""}, {"ends_on": "2026-11-01"}, {"seats": "-1"}]
)
def test_a_class_elsewhere_or_ending_before_it_begins_is_not_opened(client, staff, wrong):
    course = school.course()
    form = {"course": course.pk, "mode": "online", "area": incubator.GANNAN, "starts_on": "2026-12-01"} | wrong

    answer = client.post(reverse("incubator:learning:cohort-new"), form)

    assert answer.status_code == 200
    assert not Cohort.objects.exists()


def test_a_class_keeps_its_number_when_it_is_changed(client, staff):
    cohort = school.cohort()
    form = {
        "course": cohort.course_id,
        "mode": "online",
        "area": incubator.GANNAN,
        "starts_on": "2026-12-01",
        "seats": 5,
    }

    client.post(reverse("incubator:learning:cohort-change", args=[cohort.pk]), form)

    cohort.refresh_from_db()
    assert (cohort.number, cohort.seats, cohort.is_open) == (1, 5, False)


def test_a_day_pressed_twice_is_one_day(client, staff):
    cohort = school.cohort()

    for _twice in range(2):
        client.post(reverse("incubator:learning:session-new", args=[cohort.pk]), {"topic": "拍照", "on": "2026-12-01"})

    assert Session.objects.count() == 1


def test_a_programme_is_started(client, staff):
    form = {"name": "示例项目", "code": "sample", "area": incubator.QIQIHAR, "villages": 201}

    client.post(reverse("incubator:learning:programme-new"), form)

    assert Programme.objects.get().villages == 201


def test_places_stand_by_province_and_none_is_chosen(client, staff):
    page = client.get(reverse("incubator:learning:cohort-new"))
    (empty, _words), *provinces = page.context["form"].fields["area"].choices

    assert empty == "" and [name for name, _places in provinces] == ["黑龙江省"]
    assert not page.context["form"]["area"].value()
