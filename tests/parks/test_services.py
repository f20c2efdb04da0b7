"""What teams ask for: goods lead to a fair, capital to a referral, advice to an answer."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.matching.models import FairPartner
from incubator.members.models import StrategicPartner
from incubator.parks import actions
from incubator.parks.models import Referral, ServiceRequest
from incubator.parks.service import standing
from marketplace.core.refusal import Refusal
from tests import fairs, incubator, teams

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def staff():
    return incubator.staff()


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


class TestGoodsToSell:
    def test_register_the_team_for_the_next_open_fair(self, staff):
        fairs.fair(staff, name="过去的", held_on=date(2026, 2, 1))
        fairs.fair(staff, name="更晚的", held_on=date(2026, 12, 31))
        fair = fairs.fair(staff)
        team = teams.resident(partner=incubator.partner())

        made = teams.ask(team, "supply", staff)

        made.refresh_from_db()
        entry = FairPartner.objects.get()
        assert (entry.fair, entry.partner, made.fair_entry) == (fair, team.partner, entry)
        assert (made.state, made.owner) == ("in_progress", staff)

    def test_wait_for_staff_where_no_fair_is_open(self, desk, staff):
        team = teams.resident(partner=incubator.partner())
        made = teams.ask(team, "supply", staff)
        assert made.state == "open"

        fair = fairs.fair(staff, held_on=date(2099, 1, 1))
        for _press in range(2):
            desk.post(reverse("incubator:parks:register", args=[made.pk]), {"fair": fair.pk})

        made.refresh_from_db()
        assert made.fair_entry.fair == fair and FairPartner.objects.count() == 1

    def test_say_what_is_missing(self, desk, staff):
        made = teams.ask(teams.resident(), "supply", staff)
        fair = fairs.fair(staff, held_on=date(2099, 1, 1))

        page = desk.post(reverse("incubator:parks:register", args=[made.pk]), {"fair": fair.pk}, follow=True)

        assert "电商伙伴" in page.content.decode() and not FairPartner.objects.exists()

    def test_never_reach_a_fair_of_another_place(self, desk, staff):
        fair = fairs.fair(staff, area=incubator.WUCHANG, held_on=date(2099, 1, 1))
        made = teams.ask(teams.resident(partner=incubator.partner()), "supply", staff)

        assert desk.post(reverse("incubator:parks:register", args=[made.pk]), {"fair": fair.pk}).status_code == 404


class TestCapital:
    @pytest.fixture
    def lender(self):
        return StrategicPartner.objects.create(name="示例保险公司", kind="finance")

    def refer(self, referral, move, **fields):
        usual = {"lender": None, "amount": None, "on": MARCH, "by": None, "at": timezone.now()}
        return actions.move_referral(referral=referral, move=move, **(usual | fields))

    def test_opens_a_referral(self):
        made = teams.ask(teams.resident(), "capital", amount=Decimal("50000.00"))

        assert (made.referral.state, made.referral.amount) == ("open", Decimal("50000.00"))

    @pytest.mark.parametrize(("answer", "state"), [("grant", "done"), ("decline", "unmet")])
    def test_takes_the_request_along(self, staff, lender, answer, state):
        made = teams.ask(teams.resident(), "capital", staff)

        self.refer(made.referral, "send", lender=lender, by=staff)
        self.refer(made.referral, answer, by=staff)

        made.refresh_from_db()
        assert made.state == state

    def test_is_sent_to_somebody(self):
        made = teams.ask(teams.resident(), "capital")

        with pytest.raises(Refusal):
            self.refer(made.referral, "send")
        assert Referral.objects.get().state == "open"


class TestARequest:
    def test_is_made_once_however_often_one_presses(self, desk):
        team = teams.resident()
        form = {"kind": "network", "words": "网速不够", "key": str(uuid4())}

        for _press in range(2):
            desk.post(reverse("incubator:parks:ask", args=[team.pk]), form)

        assert ServiceRequest.objects.count() == 1

    def test_has_an_owner_from_the_moment_somebody_works_on_it(self, desk, staff):
        made = teams.ask(teams.resident())
        address = reverse("incubator:parks:move-request", args=[made.pk])

        for move in ("assign", "begin", "finish", "confirm"):
            desk.post(address, {"move": move, "owner": ""})

        made.refresh_from_db()
        assert (made.state, made.owner) == ("confirmed", staff)

    def test_is_given_up_only_with_a_reason(self, desk):
        made = teams.ask(teams.resident())

        page = desk.post(reverse("incubator:parks:move-request", args=[made.pk]), {"move": "give_up"}, follow=True)

        made.refresh_from_db()
        assert made.state == "open" and "原因" in page.content.decode()

    def test_is_given_only_to_staff_of_the_place(self, desk):
        made = teams.ask(teams.resident())
        stranger = incubator.staff(incubator.WUCHANG, "0077")

        desk.post(reverse("incubator:parks:move-request", args=[made.pk]), {"move": "assign", "owner": stranger.pk})

        made.refresh_from_db()
        assert made.owner is None and made.state == "open"

    def test_is_found_again(self, desk, staff):
        made = teams.ask(teams.resident(), words="路由器坏了")
        actions.move_request(request=made, move="assign", owner=staff, words="", by=staff, at=timezone.now())
        teams.ask(made.tenancy, "office", words="要一张桌子")
        address = reverse("incubator:parks:requests")

        found = {
            query: len(desk.get(f"{address}?q=&kind=&state=&{query}").context["requests"])
            for query in ("q=路由器", "kind=office", "state=unfinished", "state=assigned", "mine=on")
        }

        assert found == {"q=路由器": 1, "kind=office": 1, "state=unfinished": 2, "state=assigned": 1, "mine=on": 1}


class TestFiveLines:
    def test_are_there_for_every_founder(self):
        lines = teams.team().lines.values_list("line", flat=True)

        assert sorted(lines) == ["finance", "management", "market", "policy", "project"]

    @pytest.mark.parametrize(
        ("states", "asked", "answered", "served"),
        [
            (["not_asked"] * 5, 0, 0, None),
            (["asked", "answered", "not_asked"], 2, 1, False),
            (["answered", "answered", "not_asked"], 2, 2, True),
        ],
        ids=["nothing asked", "one open", "all answered"],
    )
    def test_serve_a_founder_when_every_line_asked_for_is_answered(self, states, asked, answered, served):
        found = standing(states)

        assert (found.asked, found.answered, found.is_served) == (asked, answered, served)

    def test_show_whether_she_is_served(self, desk, staff):
        team = teams.resident()
        pages = [desk.get(team.get_absolute_url()).content.decode()]
        teams.line(team, "policy", "ask")
        pages.append(desk.get(team.get_absolute_url()).content.decode())
        teams.line(team, "policy", "answer", owner=staff)
        pages.append(desk.get(team.get_absolute_url()).content.decode())

        assert "还没有提出" in pages[0] and "0/1" in pages[1] and "1/1" in pages[2] and "已服务" in pages[2]

    def test_are_answered_by_somebody_with_words(self, staff):
        team = teams.resident()
        teams.line(team, "market", "ask")

        for words, owner in (("", staff), ("回答", None)):
            with pytest.raises(Refusal):
                teams.line(team, "market", "answer", words=words, owner=owner)
        member = actions.appoint(park=team.park, name="导师", role="", lines=["market"], since=MARCH, by=staff)
        answered = teams.line(team, "market", "answer", words="回答", mentor=member)

        assert answered.state == "answered"

    def test_a_new_question_opens_a_line_again(self, staff):
        team = teams.resident()
        teams.line(team, "market", "ask")
        teams.line(team, "market", "answer", owner=staff)

        again = teams.line(team, "market", "ask", words="还有一个问题")

        assert (again.state, again.answer, again.answered_on) == ("asked", "", None)
