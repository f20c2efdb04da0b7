"""Meetings without clashes, in as few rounds as can be, on paper and behind a code."""

import io
import random
from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from incubator.matching import actions, cards
from incubator.matching.engine.timetable import TooNarrow, least_slots, schedule
from incubator.matching.models import Timetable
from tests import fairs, incubator


def clashes(pairs, places):
    """Tables and people that are in two places in one round."""
    seats = [(place.slot, place.table) for place in places]
    hosts = [(place.slot, pair[0]) for pair, place in zip(pairs, places, strict=True)]
    guests = [(place.slot, pair[1]) for pair, place in zip(pairs, places, strict=True)]
    return [len(those) - len(set(those)) for those in (seats, hosts, guests)]


class TestASchedule:
    @pytest.mark.parametrize("seed", range(40))
    def test_needs_no_more_rounds_than_the_busiest_and_no_more_tables_than_that_leaves(self, seed):
        dice = random.Random(seed)
        everything = [(f"a{i}", f"b{j}") for i in range(dice.randint(1, 14)) for j in range(dice.randint(1, 14))]
        pairs = sorted(set(dice.sample(everything, dice.randint(1, len(everything)))))
        slots = least_slots(pairs) + dice.randint(0, 2)
        tables = -(-len(pairs) // slots)

        places = schedule(pairs, slots=slots, tables=tables)

        assert clashes(pairs, places) == [0, 0, 0]
        assert max(place.slot for place in places) < slots and max(place.table for place in places) < tables
        assert schedule(pairs, slots=slots, tables=tables) == places

    def test_holds_several_goods_of_one_delegation_apart(self):
        pairs = [("a", "b"), ("a", "b"), ("a", "c")]

        assert clashes(pairs, schedule(pairs, slots=3, tables=1)) == [0, 0, 0]

    @pytest.mark.parametrize(
        ("slots", "tables", "needed"),
        [(1, 9, (2, 9)), (2, 1, (2, 2)), (0, 0, (2, 2))],
        ids=["rounds", "tables", "nothing"],
    )
    def test_says_how_much_room_is_missing(self, slots, tables, needed):
        with pytest.raises(TooNarrow) as narrow:
            schedule([("a", "b"), ("a", "c"), ("d", "c")], slots=slots, tables=tables)

        assert (narrow.value.slots, narrow.value.tables) == needed

    def test_of_nobody_is_empty(self):
        assert schedule([], slots=0, tables=0) == []


@pytest.mark.django_db
class TestATimetable:
    @pytest.fixture
    def staff(self):
        return incubator.staff()

    @pytest.fixture
    def fair(self, staff):
        fair = fairs.imported(fairs.fair(staff), staff)
        actions.approve_plan(run=fairs.run(fair, staff), by=staff, at=timezone.now())
        fair.refresh_from_db()
        return fair

    @pytest.fixture
    def desk(self, client, staff):
        client.force_login(staff)
        return client

    def made(self, fair, staff, **room):
        usual = {"tables": 12, "slots": 8, "begins": time(9), "minutes": 20}
        return actions.make_timetable(fair=fair, by=staff, at=timezone.now(), **(usual | room))

    def test_gives_every_proposal_a_place_without_a_clash(self, fair, staff):
        meetings = list(self.made(fair, staff).meetings.all())

        assert len(meetings) == fair.plan.proposals.count()
        for of in (lambda m: m.table, lambda m: m.host, lambda m: m.guest):
            assert len({(meeting.slot, of(meeting)) for meeting in meetings}) == len(meetings)

    def test_is_made_once_when_pressed_twice(self, desk, fair):
        address = reverse("incubator:fairs:timetable", args=[fair.pk])
        room = {"tables": "12", "slots": "8", "begins": "09:00", "minutes": "20"}
        for _press in range(2):
            desk.post(address, room)

        assert Timetable.objects.count() == 1
        assert desk.get("/en" + address).status_code == 200

    def test_says_in_words_how_much_room_is_missing(self, desk, fair):
        room = {"tables": "2", "slots": "3", "begins": "09:00", "minutes": "20"}

        page = desk.post(reverse("incubator:fairs:timetable", args=[fair.pk]), room).content.decode()

        assert "至少" in page and 'value="2"' in page and not Timetable.objects.exists()

    def test_is_printed_with_a_card_for_everybody(self, desk, fair, staff):
        made = self.made(fair, staff)

        paper = PdfReader(io.BytesIO(desk.get(reverse("incubator:fairs:timetable-cards", args=[made.pk])).content))

        everybody = len(cards.cards(cards.meetings_of(made)))
        assert len(paper.pages) == -(-everybody // 6) and "蓝海商务公司" in "".join(
            page.extract_text() for page in paper.pages
        )

    def test_opens_behind_the_code_of_a_card_for_whoever_holds_it(self, client, fair, staff):
        made = self.made(fair, staff)
        own = next(card for card in cards.cards(cards.meetings_of(made)) if card.name == "蓝海商务公司")

        page = client.get(reverse("incubator:fairs:card", args=[own.token(made)])).content.decode()

        assert "蓝海商务公司" in page and all(m.proposal.product.name in page for m in own.meetings)
        assert client.get(reverse("incubator:fairs:card", args=["made-up"])).status_code == 404

    def test_is_not_found_by_staff_of_another_county(self, client, fair, staff):
        made = self.made(fair, staff)
        client.force_login(incubator.staff(incubator.WUCHANG, "0009"))

        for name, key in (("timetable", fair.pk), ("timetable-cards", made.pk), ("timetable-export", made.pk)):
            assert client.get(reverse(f"incubator:fairs:{name}", args=[key])).status_code == 404

    def test_goes_home_as_a_workbook(self, desk, fair, staff):
        made = self.made(fair, staff)

        assert desk.get(reverse("incubator:fairs:timetable-export", args=[made.pk])).content[:2] == b"PK"
