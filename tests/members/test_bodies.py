"""Federations and associations: who belonged when; strategic partners and who takes part in their programmes."""

from datetime import date

import pytest
from django.urls import reverse

from incubator.members import actions
from incubator.members.models import Body, Membership, StrategicPartner
from marketplace.core.models import AuditEntry
from marketplace.core.refusal import Refusal
from tests import incubator
from tests.pages_of import read_xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return incubator.staff()


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def federation():
    return Body.objects.create(name="样例联合会", kind=Body.Kind.FEDERATION, area=incubator.QIQIHAR)


def joined(body, member, on=date(2026, 1, 1), *, admitted=date(2026, 2, 1)):
    made = actions.join(body=body, member=member, role="", on=on, by=None)
    return actions.move(membership=made, move="admit", on=admitted, by=None)


def roster(body, day):
    return [each.member.name for each in body.memberships.roster(day).select_related("cooperative", "partner")]


class TestMemberships:
    def test_leave_past_rosters_as_they_were(self, federation):
        made = joined(federation, incubator.cooperative("甲社"))
        joined(federation, incubator.cooperative("乙社"), admitted=date(2026, 4, 1))
        before = roster(federation, date(2026, 3, 1))

        actions.move(membership=made, move="suspend", on=date(2026, 5, 1), by=None)
        actions.move(membership=made, move="leave", on=date(2026, 6, 1), by=None)

        assert before == roster(federation, date(2026, 3, 1)) == ["甲社"]
        assert roster(federation, date(2026, 4, 30)) == ["甲社", "乙社"] and roster(federation, date(2026, 6, 1)) == [
            "乙社"
        ]

    def test_take_no_step_back_in_time(self, federation):
        made = joined(federation, incubator.cooperative())

        with pytest.raises(Refusal):
            actions.move(membership=made, move="leave", on=date(2026, 1, 31), by=None)

    def test_are_one_at_a_time_and_may_begin_again(self, federation):
        member = incubator.cooperative()
        made = joined(federation, member)
        with pytest.raises(Refusal):
            actions.join(body=federation, member=member, role="", on=date(2026, 3, 1), by=None)
        actions.move(membership=made, move="leave", on=date(2026, 3, 1), by=None)

        joined(federation, member, date(2026, 4, 1), admitted=date(2026, 5, 1))

        assert [len(roster(federation, day)) for day in (date(2026, 2, 2), date(2026, 4, 1), date(2026, 5, 2))] == [
            1,
            0,
            1,
        ]

    def test_of_a_federation_are_cooperatives(self, federation):
        with pytest.raises(Refusal):
            actions.join(body=federation, member=incubator.partner(), role="", on=date(2026, 1, 1), by=None)


class TestPages:
    def test_add_a_member_move_it_and_take_the_roster_home(self, desk, staff, federation):
        member = incubator.cooperative("甲社")
        for _press in range(2):
            desk.post(
                reverse("incubator:members:join", args=[federation.pk]), {"member": member.pk, "on": "2026-01-01"}
            )
        made = Membership.objects.get()
        desk.post(reverse("incubator:members:move-membership", args=[made.pk]), {"move": "admit", "on": "2026-02-01"})

        rows = read_xlsx(
            desk.get(reverse("incubator:members:body-export", args=[federation.pk]) + "?on=2026-03-01").content
        )
        early = read_xlsx(
            desk.get(reverse("incubator:members:body-export", args=[federation.pk]) + "?on=2026-01-15").content
        )

        assert [row[0] for row in rows[1:]] == ["甲社"] and len(early) == 1
        assert AuditEntry.objects.filter(action="membership.admit", by=staff).count() == 1

    def test_found_a_body_and_enlist_a_partner_with_a_programme(self, desk):
        desk.post(
            reverse("incubator:members:new-body"),
            {"kind": "association", "name": "样例协会", "area": incubator.QIQIHAR},
        )
        desk.post(reverse("incubator:members:new-strategic-partner"), {"name": "样例平台", "kind": "platform"})
        partner, member = StrategicPartner.objects.get(), incubator.cooperative("甲社")
        desk.post(reverse("incubator:members:offer", args=[partner.pk]), {"name": "样例项目"})
        address = reverse("incubator:members:take-part", args=[partner.programmes.get().pk])
        desk.post(address, {"cooperative": member.pk})

        page = desk.get(partner.get_absolute_url()).content.decode()
        desk.post(address, {"cooperative": member.pk, "leave": "1"})

        assert Body.objects.get().kind == "association" and "甲社" in page
        assert not partner.programmes.get().cooperatives.exists()

    def test_are_of_no_use_to_another_county(self, client, federation):
        client.force_login(incubator.staff(incubator.WUCHANG, "0099"))

        for name in ("join", "body", "body-export"):
            assert client.post(reverse(f"incubator:members:{name}", args=[federation.pk])).status_code in {404, 405}
