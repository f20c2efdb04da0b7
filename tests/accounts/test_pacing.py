"""Who sends faster than people do is told to wait, in her language; everybody else goes on."""

import pytest
import time_machine
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.pacing import seconds_to_wait
from marketplace.core.caching import Forgiving
from tests.house.access_table import ACCESS

VILLAGE, NEXT_VILLAGE = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "198.51.100.7"}


@pytest.fixture(autouse=True)
def slow(settings):
    """Two of each, so that the third is too many; and no window ends between them."""
    settings.PACES = dict.fromkeys(settings.PACES, (2, 3600))
    settings.PACE_OF_AN_ADDRESS = 1
    with time_machine.travel("2026-11-26T10:20:00Z", tick=False):
        yield


@pytest.mark.django_db
class TestSending:
    def test_is_refused_from_the_third_on_and_says_how_long(self, client):
        answers = [client.post(reverse("basket:province"), {}, **VILLAGE) for _ in range(3)]

        assert [answer.status_code == 429 for answer in answers] == [False, False, True]
        assert 0 < int(answers[2].headers["Retry-After"]) <= 3600
        assert "操作太快了" in answers[2].text and "分钟" in answers[2].text

    def test_says_so_in_english(self, client):
        for _ in range(3):
            answer = client.post(f"/en{reverse('basket:province')}", {}, **VILLAGE)

        assert "That was too fast" in answer.text

    def test_of_one_slows_down_nobody_else(self, client):
        for _ in range(3):
            client.post(reverse("basket:province"), {}, **VILLAGE)

        assert client.post(reverse("basket:province"), {}, **NEXT_VILLAGE).status_code != 429

    def test_counts_a_person_wherever_she_is(self, client):
        client.force_login(User.objects.create_user(mobile="13900000077", nickname="样例"))
        for place in (VILLAGE, NEXT_VILLAGE):
            client.post(reverse("customer:notices-read"), {}, **place)

        assert client.post(reverse("customer:notices-read"), {}, **NEXT_VILLAGE).status_code == 429

    def test_leaves_this_machine_alone(self, client):
        assert {client.post(reverse("basket:province"), {}).status_code == 429 for _ in range(5)} == {False}

    def test_counts_a_photo_as_a_photo_only(self, client):
        for _ in range(2):
            client.post(reverse("seller:goods-table"), {}, **VILLAGE)

        assert client.post(reverse("basket:province"), {}, **VILLAGE).status_code != 429
        assert client.post(reverse("seller:goods-table"), {}, **VILLAGE).status_code == 429

    def test_leaves_editors_alone_whose_page_saves_itself(self, client):
        answers = [client.post("/cms/pages/1/edit/", {}, **VILLAGE).status_code for _ in range(4)]

        assert 429 not in answers


@pytest.mark.django_db
class TestSearching:
    def test_is_slowed_down(self, client):
        answers = [client.get(reverse("catalogue:suggest"), {"q": "米"}, **VILLAGE).status_code for _ in range(3)]

        assert answers == [200, 200, 429]

    def test_just_looking_is_not(self, client):
        assert {client.get(reverse("catalogue:index"), **VILLAGE).status_code for _ in range(4)} == {200}


class TestCounting:
    def test_begins_anew_with_the_next_window(self):
        with time_machine.travel("2026-11-26T10:59:50Z", tick=False):
            waits = [seconds_to_wait("post", "somebody", 1) for _ in range(3)]
        with time_machine.travel("2026-11-26T11:00:00Z", tick=False):
            assert waits == [0, 0, 10] and seconds_to_wait("post", "somebody", 1) == 0

    def test_slows_nobody_down_where_the_cache_is_away(self, monkeypatch):
        away = Forgiving("redis://127.0.0.1:1/0", {})
        monkeypatch.setattr("marketplace.accounts.pacing.cache", away)

        assert [seconds_to_wait("post", "somebody", 1) for _ in range(4)] == [0] * 4

    def test_has_a_limit_that_a_hundred_at_once_cannot_pass(self):
        assert sum(seconds_to_wait("post", "somebody", 1) == 0 for _ in range(100)) == 2


def test_every_address_named_in_the_settings_exists(settings):
    named = {name for names in settings.PACED.values() for name in names} | set(settings.UNPACED)

    assert set(settings.PACED) < set(settings.PACES) and named <= set(ACCESS)


@pytest.mark.django_db
def test_a_forged_forwarding_header_is_no_way_round(settings, client):
    """Without a proxy of ours the header counts for nothing."""
    settings.PROXIES = 0
    forged = [{"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}", **VILLAGE} for number in range(3)]

    assert [client.post(reverse("basket:province"), {}, **more).status_code == 429 for more in forged] == [
        False,
        False,
        True,
    ]
