"""Operators find anybody with an account, shut out and let in again; and their front page counts what waits."""

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts import barring
from marketplace.accounts.models import Session, User
from marketplace.core.models import AuditEntry

pytestmark = pytest.mark.django_db
LIST = reverse("dashboard:users-index")
WORD = "rice-in-autumn"


@pytest.fixture
def operator():
    return User.objects.create_superuser(mobile="13900000006", password=WORD, nickname="示例运营甲")


@pytest.fixture
def person():
    return User.objects.create_user(mobile="13900000001", password=WORD, nickname="示例买家子")


@pytest.fixture
def browser(operator):
    client = Client()
    client.force_login(operator)
    return client


def page_of(person):
    return reverse("dashboard:user-detail", args=[person.pk])


def send(browser, person, door, reason="misuse"):
    return browser.post(reverse(f"dashboard:user-{door}", args=[person.pk]), {"reason": reason}, follow=True)


class TestTheList:
    @pytest.mark.parametrize("words", ["13900000001", "买家子"])
    def test_finds_by_number_and_name(self, browser, person, words):
        page = browser.get(LIST, {"q": words})

        assert [each.pk for each in page.context["object_list"]] == [person.pk]
        assert "139****0001" in page.content.decode() and "13900000001" not in page.content.decode().replace(words, "")

    def test_shows_who_is_shut_out(self, browser, operator, person):
        barring.bar(user=person, reason=barring.Reason.MISUSE, by=operator)

        assert list(browser.get(LIST, {"state": "barred"}).context["object_list"]) == [person]

    def test_asks_as_often_for_many_as_for_one(self, browser, django_assert_max_num_queries):
        for number in range(25):
            User.objects.create_user(mobile=f"139000001{number:02}", password=None)
        with django_assert_max_num_queries(8):
            browser.get(LIST)


class TestShuttingOut:
    def test_ends_sessions_and_refuses_the_next_sign_in(self, browser, person):
        hers = Client()
        assert hers.login(username="13900000001", password=WORD)

        send(browser, person, "bar")

        assert not Session.objects.filter(user=person).exists()
        assert not Client().login(username="13900000001", password=WORD)
        assert AuditEntry.objects.get(action="account.barred").details == {"reason": "misuse"}

    def test_can_be_taken_back(self, browser, person):
        send(browser, person, "bar")
        send(browser, person, "readmit", "mistake")

        assert Client().login(username="13900000001", password=WORD)

    @pytest.mark.parametrize("reason", ["", "because"])
    def test_needs_a_reason_of_the_list(self, browser, person, reason):
        answer = send(browser, person, "bar", reason)

        person.refresh_from_db()
        assert person.is_active and "请选择原因" in answer.content.decode()

    def test_is_not_done_to_operators(self, browser, operator):
        answer = send(browser, operator, "bar")

        operator.refresh_from_db()
        assert operator.is_active and "不能在这里停用" in answer.content.decode()


class TestOnePerson:
    def test_is_noted_when_looked_at(self, browser, person):
        page = browser.get(page_of(person))

        assert "13900000001" in page.content.decode().replace(" ", "").replace("+86", "")
        assert AuditEntry.objects.filter(action="account.seen", object_id=str(person.pk)).exists()


class TestTheFrontPage:
    def test_counts_what_waits_behind_each_door(self, browser):
        page = browser.get(reverse("dashboard:index"))

        assert [door.number for door in page.context["waiting"]] == [0] * 8
        assert all(browser.get(door.href).status_code == 200 for door in page.context["waiting"])

    def test_carries_our_name(self, browser):
        assert "雁行" in browser.get(reverse("dashboard:index")).content.decode()
