"""Parks: desks given once, counties counted once, teams on their way from application to graduation."""

from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from incubator.parks.coverage import coverage
from incubator.parks.models import DeskBooking, TenancyStep
from marketplace.core.models import AuditEntry
from tests import incubator, shop, teams
from tests.pages_of import read_xlsx

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


@pytest.fixture
def staff():
    return incubator.staff()


@pytest.fixture
def desk_of_staff(client, staff):
    client.force_login(staff)
    return client


class TestCoverage:
    def test_counts_a_county_once_and_the_citys_own_park_not_at_all(self):
        for code in ("230202", "230221", "230223", "230225", "230227", "230229", "230231", "230281"):
            teams.park(f"园{code}", area=code)
        teams.park("同县第二家", area="230225")
        teams.park("市级", area="230200")

        found = coverage("230200", FEB)

        assert (found.covered, found.total, found.as_text) == (8, 16, "8/16 (50%)")
        assert [park.name for park in found.central] == ["市级"]

    def test_says_unknown_where_nobody_has_recorded_anything(self, desk_of_staff):
        page = desk_of_staff.get(reverse("incubator:parks:parks")).content.decode()

        assert coverage("230200", FEB).covered is None and "0/16" not in page and "未知" in page

    def test_leaves_out_what_is_closed_or_not_yet_open(self):
        teams.park("关了", area="230202", closed_on=JAN)
        teams.park("还没开", area="230221", opened_on=APR)

        assert coverage("230200", FEB).as_text == "0/16 (0%)"


class TestDesks:
    def test_are_nobodys_twice_on_one_day(self):
        park = teams.park()
        one, other = teams.resident(park, "甲队"), teams.resident(park, "乙队")
        desk = park.desks.get()
        teams.book(desk, one, FEB, MAR)

        with pytest.raises(Exception, match="A1"):
            teams.book(desk, other, MAR)
        teams.book(desk, other, date(2026, 3, 2))

        assert DeskBooking.objects.count() == 2

    @pytest.mark.parametrize(
        ("since", "until"),
        [(JAN, FEB), (FEB, None), (date(2026, 2, 10), date(2026, 2, 11)), (JAN, None), (MAR, APR)],
        ids=["touching", "open end", "inside", "around", "last day"],
    )
    def test_the_database_itself_refuses_what_overlaps(self, since, until):
        park = teams.park()
        team, desk = teams.resident(park), park.desks.get()
        DeskBooking.objects.create(desk=desk, tenancy=team, since=FEB, until=MAR)

        with pytest.raises(IntegrityError), transaction.atomic():
            DeskBooking.objects.create(desk=desk, tenancy=team, since=since, until=until)
        free = DeskBooking.objects.create(desk=desk, tenancy=team, since=date(2026, 5, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            DeskBooking.objects.filter(pk=free.pk).update(since=MAR)

    def test_pressed_twice_is_one_booking(self):
        park = teams.park()
        team = teams.resident(park)

        assert teams.book(park.desks.get(), team, FEB) == teams.book(park.desks.get(), team, FEB)

    def test_come_back_when_the_team_leaves(self):
        park = teams.park(desks=("A1", "A2"))
        team = teams.resident(park)
        teams.book(park.desks.get(label="A1"), team, FEB)
        teams.book(park.desks.get(label="A2"), team, date(2026, 6, 1))

        teams.move(team, "graduate", on=MAR)

        assert [(each.desk.label, each.until) for each in DeskBooking.objects.all()] == [("A1", MAR)]

    def test_are_only_for_teams_of_the_park_that_were_approved(self):
        park, other = teams.park(), teams.park("别的园")

        for team in (teams.team(park), teams.resident(other)):
            with pytest.raises(Exception, match="."):
                teams.book(park.desks.get(), team, FEB)


@pytest.mark.django_db(transaction=True)
def test_of_many_teams_that_want_a_desk_at_once_one_gets_it():
    park = teams.park()
    several = [teams.resident(park, f"{number}队") for number in range(8)]
    desk = park.desks.get()

    answers = shop.at_once([partial(teams.book, desk, team, FEB) for team in several], workers=8)

    assert sum(isinstance(answer, DeskBooking) for answer in answers) == DeskBooking.objects.count() == 1


class TestATeam:
    def test_goes_from_application_to_graduation_and_every_step_is_noted(self, staff):
        team = teams.resident(by=staff)

        team = teams.move(team, "graduate", staff, on=APR)

        assert (team.state, team.moved_in_on, team.left_on) == ("graduated", teams.MOVED_IN, APR)
        steps = ["apply", "review", "approve", "move_in", "graduate"]
        assert list(TenancyStep.objects.values_list("move", flat=True)) == steps
        assert AuditEntry.objects.filter(action__in=[f"tenancy.{step}" for step in steps], by=staff).count() == 5

    @pytest.mark.parametrize("move", ["graduate", "move_in", "approve", "nonsense"])
    def test_takes_no_step_that_is_not_its_next(self, move):
        team = teams.team()

        with pytest.raises(Exception, match="."):
            teams.move(team, move)
        team.refresh_from_db()
        assert team.state == "applied"

    def test_is_declined_only_with_a_reason(self, desk_of_staff):
        team = teams.team()
        address = reverse("incubator:parks:move", args=[team.pk])

        refused = desk_of_staff.post(address, {"move": "decline", "note": ""}, follow=True).content.decode()
        desk_of_staff.post(address, {"move": "decline", "note": "材料不全"})

        team.refresh_from_db()
        assert "原因" in refused and team.state == "declined"

    def test_cannot_move_in_before_it_applied(self):
        team = teams.team()

        with pytest.raises(Exception, match="."):
            teams.move(team, "review", on=date(2025, 12, 31))

    def test_applies_once_however_often_one_presses(self, desk_of_staff):
        park = teams.park()
        form = {"team": "新队", "founder": "样例", "applied_on": "2026-01-05"}

        for _press in range(2):
            page = desk_of_staff.post(reverse("incubator:parks:apply", args=[park.pk]), form)

        assert park.tenancies.count() == 1 and 'value="新队"' in page.content.decode()

    def test_does_not_take_the_name_of_another_one(self, desk_of_staff):
        park = teams.park()
        teams.team(park, "甲队")
        other = teams.team(park, "乙队")
        form = {"team": "甲队", "founder": "样例", "applied_on": "2026-01-05"}

        page = desk_of_staff.post(reverse("incubator:parks:change-team", args=[other.pk]), form)

        other.refresh_from_db()
        assert page.status_code == 200 and "同名团队" in page.content.decode()
        assert other.team == "乙队"

    def test_is_noted_without_what_no_database_keeps(self, desk_of_staff):
        team = teams.team()

        desk_of_staff.post(reverse("incubator:parks:move", args=[team.pk]), {"move": "decline", "note": "太\x00远"})

        assert TenancyStep.objects.filter(note="太远").exists()


class TestPages:
    def test_say_that_a_park_is_there_already(self, desk_of_staff):
        form = {"name": "乡味孵化园", "area": "230200"}
        new = reverse("incubator:parks:new")

        first, again = desk_of_staff.post(new, form), desk_of_staff.post(new, form)

        assert first.status_code == 302 and "这个地方已有同名的孵化园。" in again.content.decode()

    @BOTH
    def test_open_in_both_languages(self, desk_of_staff, prefix):
        team = teams.resident()
        teams.ask(team, "capital")

        for address in (
            reverse("incubator:parks:parks"),
            team.park.get_absolute_url(),
            team.get_absolute_url(),
            reverse("incubator:parks:requests"),
        ):
            assert desk_of_staff.get(prefix + address).status_code == 200

    def test_show_staff_of_another_county_nothing(self, client):
        team = teams.resident()
        client.force_login(incubator.staff(incubator.WUCHANG, "0099"))

        assert client.get(team.park.get_absolute_url()).status_code == 404
        assert client.get(team.get_absolute_url()).status_code == 404
        assert team.team not in client.get(reverse("incubator:parks:requests")).content.decode()

    def test_ask_the_database_as_often_for_ten_teams_as_for_one(self, desk_of_staff):
        park = teams.park(desks=[f"A{number}" for number in range(12)])
        team = teams.resident(park)
        teams.ask(team)

        one = self.queries(desk_of_staff, team)
        for number in range(10):
            teams.ask(teams.resident(park, f"队{number}"))
            teams.ask(team, "supply")
            teams.book(park.desks.get(label=f"A{number}"), team, date(2026, 2, number + 1))

        assert self.queries(desk_of_staff, team) == one

    def queries(self, browser, team):
        """How often all pages together ask."""
        own = (team.get_absolute_url(), team.park.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            for address in (*own, reverse("incubator:parks:parks"), reverse("incubator:parks:requests")):
                assert browser.get(address).status_code == 200
        return len(queries)

    def test_export_counties_without_a_park_too(self, desk_of_staff):
        teams.park("园", area="230225", desks=("A1", "A2"))

        rows = read_xlsx(desk_of_staff.get(reverse("incubator:parks:export")).content)

        assert len(rows) == 17 and rows[1][:2] == ["甘南县", "园"] and sum(row[1] == "未建" for row in rows) == 15

    def test_take_ranges_of_desks_and_refuse_too_many(self, desk_of_staff):
        park = teams.park(desks=())
        address = reverse("incubator:parks:add-desks", args=[park.pk])

        desk_of_staff.post(address, {"labels": "A1-A3, B7"})
        page = desk_of_staff.post(address, {"labels": "C1-C900"}, follow=True)

        assert sorted(park.desks.values_list("label", flat=True)) == ["A1", "A2", "A3", "B7"]
        assert "200" in page.content.decode()
