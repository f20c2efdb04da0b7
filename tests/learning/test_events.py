"""Events: who puts her name down, who waits, who was there."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms.models import NewsIndexPage, NewsPage
from incubator.learning import registering, seating
from incubator.learning.attending import NotHere, gathering_of, token_for
from incubator.learning.models import Gathering, Registration
from marketplace.core.models import Consent, Notice
from marketplace.customer import privacy
from tests import incubator, pages, school

pytestmark = pytest.mark.django_db
SAID = {"name": "示例来宾", "agrees": "on"}


def somebody(client, ending="0061"):
    user = incubator.person(ending)
    client.force_login(user)
    return user


def states(gathering) -> list[str]:
    return list(gathering.enrolments.values_list("state", flat=True))


class TestRegistering:
    def test_gives_a_seat_once_and_keeps_the_agreement(self, client):
        gathering, user = school.gathering(), somebody(client)

        for _twice in range(2):
            answer = client.post(gathering.get_absolute_url(), SAID, follow=True)

        seat = Registration.objects.get()
        assert (seat.state, seat.learner.name) == ("enrolled", "示例来宾")
        assert Consent.objects.filter(user=user, purpose="events").count() == 1
        assert "已报名" in answer.content.decode()

    @pytest.mark.parametrize("missing", ["name", "agrees"])
    def test_asks_for_a_name_and_the_agreement(self, client, missing):
        gathering = school.gathering()
        somebody(client)

        answer = client.post(gathering.get_absolute_url(), {k: v for k, v in SAID.items() if k != missing})

        assert answer.status_code == 422
        assert not Registration.objects.exists()
        assert not Consent.objects.filter(purpose="events").exists()

    def test_leads_a_stranger_to_sign_in(self, client):
        gathering = school.gathering()

        answer = client.post(gathering.get_absolute_url(), SAID)

        assert answer.status_code == 302 and "sign-in" in answer["Location"]

    @pytest.mark.parametrize("closed", [{"is_open": False}, {"starts_at": timezone.now() - timedelta(hours=1)}])
    def test_ends_when_the_event_begins_or_staff_close_it(self, client, closed):
        gathering = school.gathering(**closed)
        somebody(client)

        client.post(gathering.get_absolute_url(), SAID)

        assert not Registration.objects.exists()

    def test_moves_up_who_waited_longest_and_tells_her(self, client):
        gathering = school.gathering(seats=1)
        first, second, third = (incubator.person(ending) for ending in ("0062", "0063", "0064"))
        now = timezone.now()
        for nth, user in enumerate((first, second, third)):
            registering.register(gathering=gathering, name="示例", by=user, at=now + timedelta(minutes=nth))
        assert states(gathering) == ["enrolled", "waiting", "waiting"]

        client.force_login(first)
        client.post(gathering.get_absolute_url(), {"do": "leave"})

        assert states(gathering) == ["left", "enrolled", "waiting"]
        assert list(Notice.objects.values_list("user", flat=True)) == [second.pk]

    def test_moves_people_into_new_seats(self):
        gathering = school.gathering(seats=1)
        for ending in ("0062", "0063"):
            registering.register(gathering=gathering, name="", by=incubator.person(ending), at=timezone.now())
        gathering.seats = None

        registering.plan(gathering=gathering, by=None)

        assert states(gathering) == ["enrolled", "enrolled"]

    def test_ends_with_the_agreement(self, client, django_capture_on_commit_callbacks):
        gathering, user = school.gathering(), somebody(client)
        client.post(gathering.get_absolute_url(), SAID)

        with django_capture_on_commit_callbacks(execute=True):
            privacy.withdraw(given=user.consents.get(purpose="events"), by=user, at=timezone.now())

        assert states(gathering) == ["left"]


class TestAttendance:
    def test_is_noted_once_with_the_code(self, client):
        gathering, user = school.gathering(), somebody(client)
        seat = registering.register(gathering=gathering, name="示例", by=user, at=timezone.now())

        for _twice in range(2):
            client.post(reverse("events:here", args=[token_for(gathering)]))

        seat.refresh_from_db()
        assert seat.came_at is not None

    def test_needs_a_seat(self, client):
        gathering = school.gathering()
        somebody(client)

        assert client.post(reverse("events:here", args=[token_for(gathering)])).status_code == 422

    def test_takes_no_code_of_a_class_and_no_old_one(self):
        gathering, session = school.gathering(pk=77), school.on_site(1).sessions.get()
        with pytest.raises(NotHere):
            gathering_of(token_for(session))

        token = token_for(gathering)
        with time_machine.travel(timezone.now() + timedelta(minutes=6)), pytest.raises(NotHere):
            gathering_of(token)

    def test_by_list_strikes_off_nobody_who_scanned_meanwhile(self):
        gathering = school.gathering()
        now = timezone.now()
        seats = [
            registering.register(gathering=gathering, name="示例", by=incubator.person(ending), at=now)
            for ending in ("0062", "0063", "0064")
        ]
        registering.come(gathering=gathering, by=seats[2].learner.user, at=now)

        there = registering.mark_who_came(gathering=gathering, came=[seats[0].pk], shown=[], by=None, at=now)

        assert there == 2


class TestTheWorkspace:
    def person(self, client):
        staff = incubator.staff(ending="0071")
        client.force_login(staff)
        return staff

    def test_plans_an_event_and_puts_people_on_its_list(self, client):
        self.person(client)
        planned = {
            "title": "示例市集",
            "code": "market",
            "area": incubator.QIQIHAR,
            "venue": "示例广场",
            "starts_at": "2030-10-17T09:00",
            "ends_at": "2030-10-17T12:00",
            "is_open": "on",
        }
        assert client.post(reverse("incubator:learning:event-new"), planned | {"ends_at": "2030-10-17T08:00"}).context
        assert not Gathering.objects.exists()

        client.post(reverse("incubator:learning:event-new"), planned)
        gathering = Gathering.objects.get()
        address = reverse("incubator:learning:event-put-down", args=[gathering.pk])
        client.post(address, {"name": "示例村民", "mobile": "12"})
        for _twice in range(2):
            client.post(address, {"name": "示例村民", "mobile": "13900000077"})

        assert gathering.enrolments.get().learner.name == "示例村民"

    def test_gives_seats_back_through_the_same_rule(self):
        gathering = school.gathering(seats=1)
        seat = registering.put_down(gathering=gathering, name="示例甲", mobile="", by=None, at=timezone.now())
        other = registering.put_down(gathering=gathering, name="示例乙", mobile="", by=None, at=timezone.now())

        seating.leave_seat(seat=seat, by=None)

        other.refresh_from_db()
        assert other.state == "enrolled"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_the_day_and_place_of_its_event(client, language):
    gathering = school.gathering(venue_en="Sample hall", seats=30)
    index = NewsIndexPage.objects.child_of(pages.home(language)).get()
    page = pages.publish(index, NewsPage(title="示例", slug="day", kind="event", gathering=gathering, body="[]"))

    text = client.get(page.url).content.decode()

    assert ("Sample hall" if language == "en" else "示例礼堂") in text
    assert gathering.get_absolute_url() in text
    assert client.get(("/en" if language == "en" else "") + "/events/open-day/").status_code == 200
