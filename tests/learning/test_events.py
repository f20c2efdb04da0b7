"""Events: who puts her name down, who waits, who was there."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from cms.models import NewsIndexPage, NewsPage
from incubator.learning import registering, seating
from incubator.learning.attending import NotHere, gathering_of, token_for
from incubator.learning.models import Gathering, Registration
from marketplace.core.models import Consent, Notice
from marketplace.customer import leaving, privacy
from tests import incubator, pages, school

pytestmark = pytest.mark.django_db
LISTS = import_module("incubator.learning.views.events")
SAID = {"name": "示例来宾", "agrees": "on"}


def somebody(client, ending="0061"):
    user = incubator.person(ending)
    client.force_login(user)
    return user


def take_back(user):
    privacy.withdraw(given=user.consents.get(purpose="events"), by=user, at=timezone.now())


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
        Gathering.objects.update(seats=0)
        assert "可以候补" not in client.get(gathering.get_absolute_url()).content.decode()

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
            take_back(user)

        assert states(gathering) == ["left"]

    def test_stays_when_late_news_comes_after_she_agreed_again(self):
        gathering, user = school.gathering(), incubator.person()
        registering.register(gathering=gathering, name="示例", by=user, at=timezone.now())

        registering.forget_agreement(user_id=user.pk, at=timezone.now())

        assert states(gathering) == ["enrolled"]

    def test_ends_with_the_account(self, django_capture_on_commit_callbacks):
        gathering, now = school.gathering(seats=1), timezone.now()
        user, other = incubator.person("0062"), incubator.person("0063")
        for nth, each in enumerate((user, other)):
            registering.register(gathering=gathering, name="示例", by=each, at=now + timedelta(seconds=nth))

        with django_capture_on_commit_callbacks(execute=True):
            leaving.close(user=user, by=user, at=now)

        assert states(gathering) == ["left", "enrolled"]
        assert gathering.enrolments.first().learner.name == ""

    def test_tells_of_a_seat_in_the_language_of_the_site(self):
        gathering, now = school.gathering(seats=1, title_en="Open day"), timezone.now()
        for nth, ending in enumerate(("0062", "0063")):
            by = incubator.person(ending)
            registering.register(gathering=gathering, name="示例", by=by, at=now + timedelta(seconds=nth))

        with translation.override("en"):
            seating.leave_seat(seat=gathering.enrolments.first(), by=None)

        told = Notice.objects.get()
        assert "示例开放日" in told.subject
        assert told.link == "/events/open-day/"

    def test_gives_no_seats_once_the_event_has_begun(self):
        begun = timezone.now() - timedelta(hours=1)
        gathering = school.gathering(seats=1, starts_at=begun)
        for name in ("示例甲", "示例乙"):
            registering.put_down(gathering=gathering, name=name, mobile="", by=None, at=begun)
        gathering.seats = None

        registering.plan(gathering=gathering, by=None)

        assert states(gathering) == ["enrolled", "waiting"]


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


class TestTheEntrance:
    @pytest.fixture
    def full(self):
        """One seat, and two who want it."""
        gathering, now = school.gathering(seats=1), timezone.now()
        for nth, name in enumerate(("示例甲", "示例乙")):
            registering.put_down(gathering=gathering, name=name, mobile="", by=None, at=now + timedelta(seconds=nth))
        return gathering

    def begin(self, gathering):
        Gathering.objects.filter(pk=gathering.pk).update(starts_at=timezone.now() - timedelta(minutes=5))

    def let_in(self, client, gathering, seat):
        client.force_login(incubator.staff(ending="0071"))
        return client.post(reverse("incubator:learning:event-let-in", args=[seat.pk]), follow=True)

    def test_gives_the_seat_of_one_who_has_not_come(self, client, full):
        waiting = full.enrolments.last()
        self.begin(full)

        answer = self.let_in(client, full, waiting)

        waiting.refresh_from_db()
        assert waiting.state == "enrolled" and waiting.came_at
        assert "已放行入场，记为到场" in answer.content.decode()

    def test_gives_none_before_it_begins(self, client, full):
        waiting = full.enrolments.last()

        answer = self.let_in(client, full, waiting)

        assert states(full) == ["enrolled", "waiting"]
        assert "还没有开始" in answer.content.decode()

    def test_gives_none_when_as_many_have_come_as_there_are_seats(self, client, full):
        first, waiting = full.enrolments.all()
        self.begin(full)
        registering.mark_who_came(gathering=full, came=[first.pk], shown=[], by=None, at=timezone.now())

        answer = self.let_in(client, full, waiting)

        assert states(full) == ["enrolled", "waiting"]
        assert "没有空位" in answer.content.decode()


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

    @pytest.mark.parametrize("year", ["0001", "9999"])
    def test_keeps_events_within_reach(self, client, year):
        self.person(client)
        gathering = school.gathering()
        sent = {"title": "示例", "area": incubator.QIQIHAR, "venue": "示例", "is_open": "on"}
        when = {"starts_at": f"{year}-01-01T00:00", "ends_at": f"{year}-12-31T23:59"}

        answer = client.post(reverse("incubator:learning:event-change", args=[gathering.pk]), sent | when)

        assert set(answer.context["form"].errors) == {"starts_at", "ends_at"}

    def test_saves_one_page_of_the_list_by_itself(self, client, monkeypatch):
        self.person(client)
        monkeypatch.setattr(LISTS, "PER_PAGE", 1)
        gathering, now = school.gathering(), timezone.now()
        first, second = (
            registering.put_down(gathering=gathering, name=name, mobile="", by=None, at=now + timedelta(seconds=nth))
            for nth, name in enumerate(("示例甲", "示例乙"))
        )
        address = reverse("incubator:learning:event", args=[gathering.pk])
        client.post(address, {"came": first.pk})

        answer = client.post(address + "?page=2", {"came": second.pk}, follow=True)

        assert gathering.enrolments.exclude(came_at=None).count() == 2
        assert answer.context["page"].number == 2
        assert [line.name for line in answer.context["seated"]] == ["示例乙"]

    def test_sends_no_more_than_one_form_may(self):
        assert 2 * LISTS.PER_PAGE + 1 <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS

    def test_gives_seats_back_through_the_same_rule(self):
        gathering = school.gathering(seats=1)
        seat = registering.put_down(gathering=gathering, name="示例甲", mobile="", by=None, at=timezone.now())
        other = registering.put_down(gathering=gathering, name="示例乙", mobile="", by=None, at=timezone.now())

        seating.leave_seat(seat=seat, by=None)

        other.refresh_from_db()
        assert other.state == "enrolled"


class TestTheList:
    NAME, MOBILE = "示例学员甲", "+8613900000078"

    def read(self, client, gathering) -> str:
        client.force_login(incubator.staff(ending="0071"))
        return client.get(reverse("incubator:learning:event", args=[gathering.pk])).content.decode()

    @pytest.mark.parametrize(("area", "is_open"), [(incubator.GANNAN, True), (incubator.WUCHANG, False), ("", False)])
    def test_names_whom_staff_put_down_only_within_their_places(self, client, area, is_open):
        gathering = school.gathering()
        school.learner(self.NAME, mobile=self.MOBILE, area=area)

        registering.put_down(gathering=gathering, name="示例乙", mobile=self.MOBILE, by=None, at=timezone.now())

        text = self.read(client, gathering)
        assert (self.NAME in text, self.MOBILE in text) == (is_open, is_open)
        assert ("示****" in text) != is_open

    def test_names_nobody_from_elsewhere_who_agreed_at_another_event(self, client):
        user = incubator.person()
        school.learner(self.NAME, mobile=self.MOBILE, user=user, area=incubator.WUCHANG)
        registering.register(gathering=school.gathering(code="hers"), name="", by=user, at=timezone.now())
        other = school.gathering(code="other")

        registering.put_down(gathering=other, name="示例乙", mobile=self.MOBILE, by=None, at=timezone.now())

        text = self.read(client, other)
        assert "示****" in text
        assert self.NAME not in text and self.MOBILE not in text

    @pytest.mark.parametrize("area", [incubator.GANNAN, ""])
    def test_names_her_as_long_as_she_agrees(self, client, area, django_capture_on_commit_callbacks):
        begun = school.gathering()
        user = incubator.person()
        school.learner(self.NAME, mobile=self.MOBILE, user=user, area=area)
        registering.register(gathering=begun, name="", by=user, at=timezone.now())
        assert self.NAME in self.read(client, begun)

        Gathering.objects.update(starts_at=timezone.now() - timedelta(hours=1))
        with django_capture_on_commit_callbacks(execute=True):
            take_back(user)

        text = client.get(reverse("incubator:learning:event", args=[begun.pk])).content.decode()
        assert states(begun) == ["enrolled"]
        assert "示****" in text
        assert self.NAME not in text and self.MOBILE not in text

    def test_asks_once_for_all_who_agreed(self, django_assert_num_queries):
        gathering, staff = school.gathering(), incubator.staff(ending="0071")
        for ending in ("0062", "0063", "0064"):
            registering.register(gathering=gathering, name="示例", by=incubator.person(ending), at=timezone.now())
        seats = list(gathering.enrolments.select_related("learner"))
        registering.lines(seats[:1], reader=staff)

        with django_assert_num_queries(1):
            registering.lines(seats, reader=staff)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_the_day_and_place_of_its_event(client, language):
    gathering = school.gathering(venue_en="Sample hall", seats=30)
    index = NewsIndexPage.objects.child_of(pages.home(language)).get()
    page = pages.publish(index, NewsPage(title="示例", slug="day", kind="event", gathering=gathering, body="[]"))

    text = client.get(page.url).content.decode()

    assert ("Sample hall" if language == "en" else "示例礼堂") in text
    assert gathering.get_absolute_url() in text
    assert client.get(("/en" if language == "en" else "") + "/events/open-day/").status_code == 200
