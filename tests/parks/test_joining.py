"""Asking for a desk by the public form, and the answer of staff."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.parks import actions
from incubator.parks.models import Tenancy
from marketplace.core.models import Notice
from tests import incubator, teams

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
FORM = {"team": "返乡青年队", "founder": "样例创业者", "phone": "13900000000", "idea": "卖家乡的大米"}


@pytest.fixture
def person(client):
    user = incubator.person("0031")
    client.force_login(user)
    return user


def send(client, park, **changes):
    return client.post(reverse("incubator:parks:join", args=[park.pk]), FORM | changes, follow=True)


class TestAnybody:
    @BOTH
    def test_finds_open_parks_and_signs_in_to_apply(self, client, prefix):
        park = teams.park()
        teams.park("关了的园", closed_on=timezone.localdate())
        address = prefix + reverse("incubator:parks:join", args=[park.pk])

        page = client.get(prefix + reverse("incubator:parks:open")).content.decode()

        assert address in page and "关了的园" not in page and client.get(address).status_code == 302

    @BOTH
    def test_applies_and_reads_the_answer_of_staff(self, client, person, prefix):
        park, staff = teams.park(), incubator.staff()
        address = prefix + reverse("incubator:parks:join", args=[park.pk])
        assert client.get(address).status_code == 200

        client.post(address, FORM)
        made = Tenancy.objects.get()
        assert (made.team, made.user, made.state, made.lines.count()) == ("返乡青年队", person, "applied", 5)
        teams.move(made, "decline", staff, on=timezone.localdate(), words="工位已满")

        page = client.get(prefix + f"/incubator/parks/mine/{made.pk}/".removeprefix("/en")).content.decode()
        assert "工位已满" in page
        notice = Notice.objects.get(user=person)
        assert "样例孵化园" in notice.subject and notice.body == "工位已满"

    def test_who_presses_twice_has_applied_once(self, client, person):
        park = teams.park()

        send(client, park)
        send(client, park)

        assert Tenancy.objects.count() == 1

    def test_takes_it_back_and_is_told_nothing_of_her_own_deed(self, client, person):
        send(client, teams.park())
        made = Tenancy.objects.get()

        client.post(reverse("incubator:parks:mine", args=[made.pk]))
        client.post(reverse("incubator:parks:mine", args=[made.pk]))

        made.refresh_from_db()
        assert made.state == "withdrawn" and not Notice.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [{"team": ""}, {"phone": "abc"}, {"idea": ""}, {"team": "\x00"}],
        ids=["team", "phone", "idea", "NUL"],
    )
    def test_is_told_what_is_missing(self, client, person, changes):
        answer = send(client, teams.park(), **changes)

        assert answer.status_code == 200 and not Tenancy.objects.exists()

    def test_cannot_take_the_name_of_another_team(self, client, person):
        park = teams.park()
        teams.team(park, FORM["team"])

        assert "已" in send(client, park).content.decode() and Tenancy.objects.count() == 1

    def test_is_stopped_after_ten_a_day(self, client, person):
        park = teams.park()

        for number in range(12):
            send(client, park, team=f"第 {number} 队")

        assert Tenancy.objects.count() == actions.tenancies.FROM_ONE_PERSON.most

    def test_finds_no_closed_park_and_no_application_of_others(self, client, person):
        closed = teams.park(closed_on=timezone.localdate() - timedelta(days=1))
        other = teams.team(teams.park("另一园"), user=incubator.person("0032"))

        assert send(client, closed).status_code == 404
        assert client.get(reverse("incubator:parks:mine", args=[other.pk])).status_code == 404
