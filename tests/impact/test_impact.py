"""Published figures: small cells hidden, released by a second person, never changed, followed back to their rows."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from incubator.households.models import Household, HouseholdLink
from incubator.impact import actions, demo, showing
from incubator.impact.models import DeclaredFigure, Snapshot
from incubator.impact.suppression import LEAST, hidden, shown
from incubator.impact.vocabulary import CHOICES, LATEST, name_of
from incubator.sales.models import SaleFact, week_of
from tests import deals, incubator

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
TODAY = timezone.localdate()
LONGJIANG = "230221"


class TestSmallCells:
    @pytest.mark.parametrize(
        ("counts", "expected"),
        [
            ({"a": 20, "b": 10, "c": 4}, {"b", "c"}),
            ({"a": 20, "b": 6, "c": 4}, {"b", "c"}),
            ({"a": 20, "b": 3, "c": 4}, {"a", "b", "c"}),
            ({"a": 20, "b": 10, "c": 0}, set()),
            ({"a": 4}, {"a"}),
            ({}, set()),
        ],
        ids=["one needs company", "two suffice", "two are too few", "empty is no secret", "alone", "nothing"],
    )
    def test_are_hidden_with_those_that_would_give_them_away(self, counts, expected):
        assert hidden(counts) == expected

    @pytest.mark.parametrize("seed", range(30))
    def test_cannot_be_worked_out_from_the_total(self, seed):
        dice = random.Random(seed)
        counts = {f"c{n}": dice.choice([0, 3, 9, 10, 14, 40]) for n in range(dice.randint(1, 16))}

        secret = hidden(counts)

        assert all(name in secret for name, n in counts.items() if 0 < n < LEAST)
        visible = {name for name, n in counts.items() if n and name not in secret}
        assert not secret or not visible or (len(secret) > 1 and sum(counts[name] for name in secret) >= LEAST)

    def test_alone_are_unknown_and_nothing_is_nothing(self):
        assert (shown(0), shown(9), shown(10)) == (0, None, 10)


@pytest.mark.django_db
class TestASnapshot:
    @pytest.fixture
    def staff(self):
        return incubator.staff()

    @pytest.fixture
    def second(self):
        return incubator.staff(ending="0008")

    @pytest.fixture
    def desk(self, client, staff):
        client.force_login(staff)
        return client

    def sell(self, number, area=incubator.NEHE, shop="讷河店"):
        account = deals.account(shop, area=area)
        for each in range(number):
            deals.sale(f"{shop}-{each}", on=TODAY, of=account, fen=1000)

    def taken(self, by):
        return actions.take_snapshot(
            area=incubator.QIQIHAR, since=TODAY - timedelta(days=9), until=TODAY, by=by, at=timezone.now()
        )

    def test_adds_up_what_was_sold(self, staff):
        self.sell(12)
        self.sell(11, incubator.GANNAN, "甘南店")

        figures = self.taken(staff).figures

        assert (figures["orders"], figures["gross_fen"]) == (23, 23_000)
        by_county = {row["key"]: row["orders"] for row in figures["counties"]}
        assert by_county[incubator.NEHE] == 12 and by_county[incubator.GANNAN] == 11 and len(by_county) == 16

    @BOTH
    def test_publishes_no_small_cell_on_page_or_in_the_file(self, client, staff, second, prefix):
        self.sell(30)
        self.sell(7, incubator.GANNAN, "甘南店")
        made = actions.release(snapshot=self.taken(staff), by=second, at=timezone.now())

        page = client.get(f"{prefix}/impact/").content.decode()
        file = client.get(f"{prefix}/impact/figures.csv").content.decode("utf-8-sig")

        rows = {row["key"]: row for row in made.figures["counties"]}
        assert rows[incubator.GANNAN]["orders"] is None and rows[incubator.NEHE]["orders"] is None
        assert "¥70.00" not in page and "¥300.00" not in page and "70.0" not in file.replace("370.0", "")
        assert "¥370.00" in page

    @BOTH
    def test_says_as_of_which_moment_it_was_computed(self, client, staff, second, prefix):
        self.sell(12)
        with time_machine.travel(timezone.now() - timedelta(hours=1)):
            made = self.taken(staff)
        actions.release(snapshot=made, by=second, at=timezone.now())

        page = client.get(f"{prefix}/impact/").content.decode()

        with override("en" if prefix else "zh-hans"):
            assert date_format(timezone.localtime(made.taken_at), "SHORT_DATETIME_FORMAT") in page

    def test_is_released_by_a_second_person_only(self, client, desk, staff, second):
        made = self.taken(staff)
        address = reverse("incubator:impact:release", args=[made.pk])

        assert "第二个人" in desk.post(address, follow=True).content.decode()
        assert not Snapshot.objects.released().exists()
        client.force_login(second)
        for _press in range(2):
            client.post(address)
        made.refresh_from_db()
        assert made.released_by == second

    def test_never_changes_once_it_is_released(self, staff, second):
        made = actions.release(snapshot=self.taken(staff), by=second, at=timezone.now())

        for change in (
            lambda: Snapshot.objects.filter(pk=made.pk).update(figures={}),
            lambda: Snapshot.objects.filter(pk=made.pk).delete(),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()

    def test_stays_while_a_changed_order_changes_the_next(self, staff, second):
        self.sell(30)
        made = actions.release(snapshot=self.taken(staff), by=second, at=timezone.now())
        changed = [f"讷河店-{n}" for n in range(LEAST)]
        SaleFact.objects.filter(order_number__in=changed).update(superseded_at=timezone.now())

        made.refresh_from_db()
        assert made.figures["orders"] == 30 and self.taken(staff).figures["orders"] == 20

    def test_leads_staff_to_the_rows_as_they_stood_then(self, desk, staff):
        self.sell(12)
        made = self.taken(staff)
        SaleFact.objects.update(superseded_at=timezone.now())

        page = desk.get(reverse("incubator:impact:behind", args=[made.pk]), {"county": incubator.NEHE})

        assert page.context["page"].paginator.count == 12

    def test_leads_staff_from_every_number_to_its_rows(self, desk, staff):
        self.sell(12)
        made = self.taken(staff)
        address = reverse("incubator:impact:behind", args=[made.pk])

        page = desk.get(made.get_absolute_url()).content.decode()

        asked = {"": 12, "?channel=taobao": 12, f"?county={incubator.NEHE}": 12, "?evidence=2": 12, "?evidence=3": 0}
        assert {each: desk.get(address + each).context["page"].paginator.count for each in asked} == asked
        rooms = ("members:cooperatives", "members:partners", "agreements:agreements")
        links = [address, f"{address}?channel=taobao", f"{address}?evidence=2", f"{address}?county={incubator.NEHE}"]
        links += [reverse(f"incubator:{room}") for room in rooms]
        assert [link for link in links if f'href="{link}"' not in page] == []

    def test_is_taken_once_when_pressed_twice(self, desk, staff):
        form = {"area": incubator.QIQIHAR, "since": str(TODAY), "until": str(TODAY)}
        for _press in range(2):
            desk.post(reverse("incubator:impact:snapshots"), form)

        assert Snapshot.objects.count() == 1
        assert desk.get(Snapshot.objects.get().get_absolute_url()).status_code == 200

    def test_is_not_found_by_staff_of_another_county(self, client, staff):
        made = self.taken(staff)
        client.force_login(incubator.staff(incubator.WUCHANG, "0009"))

        for name in ("snapshot", "behind"):
            assert client.get(reverse(f"incubator:impact:{name}", args=[made.pk])).status_code == 404

    @pytest.mark.parametrize(("language", "length"), [("zh-hans", 2), ("en", 13)])
    def test_draws_counties_that_can_be_told_apart(self, staff, language, length):
        with override(language):
            page = showing.shown(self.taken(staff))

        names = [tile["short"] for tile in page["tiles"]]
        assert len(set(names)) == 16 and max(map(len, names)) <= length
        assert max(tile["x"] + tile["width"] for tile in page["tiles"]) <= 366
        assert max(tile["y"] + 42 for tile in page["tiles"]) <= page["tiles_height"]

    def test_is_no_page_before_its_release(self, client, staff):
        made = self.taken(staff)

        assert client.get("/impact/", {"snapshot": made.pk}).status_code == 404
        assert client.get("/impact/figures.csv").status_code == 404

    def test_costs_the_public_page_the_same_queries_however_much_there_is(self, client, staff, second):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                client.get("/impact/")
            return len(captured)

        self.sell(12)
        actions.release(snapshot=self.taken(staff), by=second, at=timezone.now())
        one = queries()
        for number in range(9):
            self.sell(11, incubator.GANNAN, f"店 {number}")
            actions.release(snapshot=self.taken(staff), by=second, at=timezone.now())

        assert queries() == one


@pytest.mark.django_db
class TestTwoSnapshots:
    """What one can take from the other is never a small count."""

    @pytest.fixture
    def staff(self):
        return incubator.staff()

    @pytest.fixture
    def second(self):
        return incubator.staff(ending="0008")

    def sell(self, **orders):
        """So many more orders in each county."""
        for county, number in orders.items():
            area = {"nehe": incubator.NEHE, "gannan": incubator.GANNAN, "longjiang": LONGJIANG}[county]
            account, first = deals.account(county, area=area), SaleFact.objects.count()
            SaleFact.objects.bulk_create(
                SaleFact(
                    account=account, order_number=f"{county}-{n}", state=40, sold_on=TODAY, week=week_of(TODAY), quantity=1,
                    grams=5000, grams_kept=5000, gross_fen=1000, is_first=1, evidence=2, recorded_at=timezone.now(),
                )
                for n in range(first, first + number)
            )  # fmt: skip

    def taken(self, by, area=incubator.QIQIHAR):
        return actions.take_snapshot(area=area, since=TODAY, until=TODAY, by=by, at=timezone.now())

    def released(self, staff, second, area=incubator.QIQIHAR):
        return actions.release(snapshot=self.taken(staff, area), by=second, at=timezone.now())

    def closed(self, snapshot):
        return {key for table, key in actions.closed(snapshot.figures) if table == "counties"}

    def test_of_one_place_hide_a_county_with_few_orders_in_between(self, staff, second):
        self.sell(nehe=30, gannan=20)
        assert self.closed(self.released(staff, second)) == set()

        self.sell(nehe=12, gannan=3)
        later = self.taken(staff)

        assert self.closed(later) == {incubator.NEHE, incubator.GANNAN} and later.figures["orders"] == 65

    def test_keep_hidden_what_was_hidden_until_enough_has_come(self, staff, second):
        self.sell(nehe=30, gannan=7, longjiang=40)
        assert self.closed(self.released(staff, second)) == {incubator.NEHE, incubator.GANNAN}

        self.sell(gannan=5, longjiang=20)
        assert incubator.GANNAN in self.closed(self.taken(staff))
        self.sell(gannan=10, nehe=20)
        assert incubator.GANNAN not in self.closed(self.taken(staff))

    def test_need_ten_orders_between_them(self, client, staff, second):
        self.sell(nehe=30)
        self.released(staff, second)
        self.sell(nehe=9)
        client.force_login(staff)
        form = {"area": incubator.QIQIHAR, "since": str(TODAY), "until": str(TODAY)}

        page = client.post(reverse("incubator:impact:snapshots"), form).content.decode()

        assert "小于 10" in page and Snapshot.objects.count() == 1
        self.sell(nehe=1)
        assert self.taken(staff).figures["orders"] == 40

    def test_of_a_county_and_its_city_leave_no_small_rest(self, staff, second):
        self.sell(nehe=30, gannan=7)
        self.released(staff, second)

        with pytest.raises(actions.Refusal):
            self.taken(staff, incubator.NEHE)

    def test_show_no_county_that_the_city_hides_for_another_one(self, staff, second):
        self.sell(nehe=30, gannan=7, longjiang=12)
        assert self.closed(self.released(staff, second)) == {incubator.GANNAN, LONGJIANG}

        with pytest.raises(actions.Refusal):
            self.taken(staff, LONGJIANG)

    def test_show_no_county_a_few_orders_after_its_city_did(self, staff, second):
        self.sell(nehe=40, gannan=20)
        self.released(staff, second)
        self.sell(nehe=3)

        with pytest.raises(actions.Refusal):
            self.taken(staff, incubator.NEHE)
        self.sell(nehe=7)
        assert self.taken(staff, incubator.NEHE).figures["orders"] == 50

    def test_of_a_city_hide_a_county_shown_a_few_orders_before(self, staff, second):
        self.sell(nehe=40, gannan=20, longjiang=15)
        self.released(staff, second, incubator.NEHE)

        self.sell(nehe=3)
        assert self.closed(self.taken(staff)) == {incubator.NEHE, incubator.GANNAN, LONGJIANG}
        self.sell(nehe=7)
        assert self.closed(self.taken(staff)) == set()

    def test_hide_no_small_county_behind_one_that_is_known(self, staff, second):
        self.sell(nehe=30, gannan=7, longjiang=12)
        self.released(staff, second, LONGJIANG)

        assert self.closed(self.taken(staff)) == {incubator.GANNAN, incubator.NEHE}

    def test_are_compared_once_more_when_the_later_one_is_released(self, staff, second):
        self.sell(nehe=30)
        earlier = self.taken(staff)
        self.sell(nehe=3)
        later = self.taken(staff)

        actions.release(snapshot=earlier, by=second, at=timezone.now())

        with pytest.raises(actions.Refusal):
            actions.release(snapshot=later, by=second, at=timezone.now())


@pytest.mark.django_db
class TestHouseholds:
    """Linked on one day and on another, they are the same families."""

    QUARTER = timedelta(days=90)

    @pytest.fixture
    def staff(self):
        return incubator.staff()

    @pytest.fixture
    def second(self):
        return incubator.staff(ending="0008")

    @pytest.fixture
    def cooperative(self):
        return incubator.cooperative(area=incubator.NEHE)

    def join(self, number, cooperative, since=TODAY):
        made = Household.objects.bulk_create(
            Household(area=incubator.NEHE, made_at=timezone.now()) for _each in range(number)
        )
        HouseholdLink.objects.bulk_create(
            HouseholdLink(household=each, cooperative=cooperative, kind="supply", since=since) for each in made
        )

    def taken(self, by, until=TODAY, area=incubator.QIQIHAR):
        return actions.take_snapshot(area=area, since=until, until=until, by=by, at=timezone.now())

    def counted(self, *asked):
        return self.taken(*asked).figures["households"]

    @pytest.mark.parametrize("area", [incubator.QIQIHAR, incubator.NEHE], ids=["city", "county"])
    def test_are_hidden_while_few_came_since_another_quarter(self, staff, second, cooperative, area):
        self.join(50, cooperative, TODAY - 2 * self.QUARTER)
        actions.release(snapshot=self.taken(staff, TODAY - self.QUARTER), by=second, at=timezone.now())

        assert self.counted(staff, TODAY, area) == 50
        self.join(3, cooperative)
        assert self.counted(staff, TODAY, area) is None
        self.join(7, cooperative)
        assert self.counted(staff, TODAY, area) == 60

    def test_are_compared_as_they_were_counted_when_it_is_released(self, staff, second, cooperative):
        self.join(50, cooperative, TODAY - 2 * self.QUARTER)
        earlier = self.taken(staff, TODAY - self.QUARTER)
        self.join(3, cooperative)
        later = self.taken(staff)
        self.join(20, cooperative)
        actions.release(snapshot=earlier, by=second, at=timezone.now())

        with pytest.raises(actions.Refusal):
            actions.release(snapshot=later, by=second, at=timezone.now())


@pytest.mark.django_db
class TestAreasOfWork:
    def test_of_2016_are_five(self):
        assert [name_of(filed) for filed, _word in CHOICES] == ["生产", "教育", "人才", "公益", "基层基础"]
        assert name_of("") == "" and all(filed.startswith(f"{LATEST}:") for filed, _word in CHOICES)

    def test_that_no_version_knows_are_refused(self):
        fields = {"name": "样例", "value": 1, "unit": "yuan", "as_of": TODAY, "source": "样例"}
        with pytest.raises(IntegrityError), transaction.atomic():
            DeclaredFigure.objects.create(**fields, work_area="2016:nothing")

    def test_stand_beside_the_figures_filed_under_them(self, client):
        fields = {"name": "样例", "value": 1, "unit": "yuan", "as_of": TODAY, "source": "样例"}
        DeclaredFigure.objects.create(**fields, work_area="2016:talent")

        assert "人才</span>" in client.get("/impact/").content.decode()
        assert "Area of work: Talent</span>" in client.get("/en/impact/").content.decode()


def test_the_public_page_leads_to_what_anybody_may_ask_for(client, db):
    page = client.get("/impact/").content.decode()

    for name in ("incubator:fairs:open", "incubator:parks:open"):
        assert f'href="{reverse(name)}"' in page


@pytest.mark.django_db
class TestDeclaredFigures:
    @pytest.mark.parametrize(
        ("prefix", "money", "people"),
        [("", "9.63 亿元", "81.31 万人"), ("/en", "963 million yuan", "813,100 people")],
        ids=["zh", "en"],
    )
    def test_stand_as_they_were_declared_whatever_else_is_counted(self, client, prefix, money, people):
        from marketplace.demo import accounts

        accounts.load()
        demo.load()
        deals.sale(1, on=TODAY, fen=96_300_000)

        page = client.get(f"{prefix}/impact/").content.decode()

        assert money in page and people in page
        assert page.count("2016-10-17") == len(demo.DECLARED)  # the day of each, once
        assert DeclaredFigure.objects.get(unit="yuan", qualifier="exact").value == Decimal(963_000_000)
        demo.load()
        assert DeclaredFigure.objects.count() == len(demo.DECLARED)
