"""Fairs: registered from spreadsheets, matched by the worker, corrected by hand, compared."""

import io
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from incubator.matching import actions, demo
from incubator.matching.models import FairState, MatchRun, Override, Proposal, RunState
from marketplace.core.models import AuditEntry, ImportRun
from marketplace.core.refusal import Refusal
from tests import fairs, incubator

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])


@pytest.fixture
def staff():
    return incubator.staff()


@pytest.fixture
def second():
    return incubator.staff(ending="0008")


@pytest.fixture
def desk(client, staff):
    """A browser with staff of the place signed in."""
    client.force_login(staff)
    return client


def override(fair, by, kind="pin", product="P1", partner="E1", reason="已有意向"):
    return actions.place_override(
        fair=fair,
        kind=kind,
        product=fair.products.get(code=product),
        partner=fair.partners.get(code=partner),
        reason=reason,
        by=by,
        at=timezone.now(),
    )


class TestPlanning:
    def test_says_that_the_fair_is_planned_already(self, desk):
        form = {"name": "春季对接会", "area": "230200", "held_on": "2027-03-12"}
        plan = reverse("incubator:fairs:plan")

        first, again = desk.post(plan, form), desk.post(plan, form)

        assert first.status_code == 302 and "同一地点、同一天已有同名的对接会。" in again.content.decode()


class TestTheRealFair:
    """46 × 35, as its spreadsheets come."""

    @pytest.fixture
    def run(self, staff):
        fair = fairs.imported(fairs.fair(staff), staff)
        override(fair, staff, product="P00001", partner="E00001")
        return fairs.run(fair, staff)

    def test_covers_everybody_and_proves_it(self, run):
        assert (run.products_covered, run.partners_covered) == (46, 35)
        assert run.is_proved and run.objective_units == run.bound_units
        assert run.proposals.filter(is_pinned=True).get().product.code == "P00001"

    def test_is_the_same_as_match_fair(self, run):
        from tests.matching.test_match_fair import run as match_fair

        said = match_fair("--pin", "P00001:E00001")
        chosen = {(pair["product"], pair["partner"]) for pair in said["pairs"] if pair["chosen"]}

        assert set(run.proposals.values_list("product__code", "partner__code")) == chosen
        assert run.sum_score == said["sum_score"] and run.objective == said["objective"]

    def test_comes_out_the_same_twice(self, run, staff):
        again = fairs.run(run.fair, staff, 2)

        assert again.inputs_hash == run.inputs_hash and again.objective_units == run.objective_units
        pairs = ("product__code", "partner__code", "score")
        assert set(again.proposals.values_list(*pairs)) == set(run.proposals.values_list(*pairs))

    @BOTH
    def test_answers_for_each_of_its_pairs(self, run, desk, prefix):
        address, found = prefix + run.get_absolute_url(), 0
        for number in range(1, 82):
            page = desk.get(address, {"view": "all", "page": number})
            found += sum(bool(pair.words) for pair in page.context["page"])

        assert found == 46 * 35

    def test_tells_no_floor_price_and_no_weakness_in_words(self, run, desk):
        book = load_workbook(io.BytesIO(desk.get(reverse("incubator:fairs:export", args=[run.pk])).content))
        words = " ".join(str(row[-1]) for row in book.active.iter_rows(min_row=2, values_only=True))
        floors = {str(price.normalize()) for price in run.fair.products.values_list("floor_price", flat=True)}

        assert book.active.max_row == 1 + 46 * 35
        assert not [floor for floor in floors if "." in floor and floor in words]
        assert "重点帮扶" not in words and "薄弱" not in words

    def test_reports_fairness_and_what_a_pin_costs(self, run, desk):
        page = desk.get(run.get_absolute_url()).content.decode()

        assert run.report["groups"]["weak"]["covered"] == run.report["groups"]["weak"]["products"] == 13
        assert run.report["costs"][0]["score"] < 0 and sum(run.report["answers"].values()) == 1610
        assert "46" in page and "重点帮扶合作社的覆盖不低于其余" in page

    def test_folds_away_what_only_a_machine_reads(self, run, desk):
        page = desk.get(run.get_absolute_url()).content.decode()
        before, _summary, after = page.partition('<details class="fold mt2"><summary>计算方式')

        assert run.short_hash not in before and run.solver not in before
        assert run.short_hash in after and run.solver in after

    def test_costs_a_page_the_same_queries_however_many_pairs(self, run, desk, staff):
        small = fairs.run(fairs.registered(staff, 1, 1, name="小对接会"), staff)

        def queries(of):
            with CaptureQueriesContext(connection) as captured:
                desk.get(of.get_absolute_url())
            return len(captured)

        assert queries(small) == queries(run)


class TestTheDemonstration:
    def test_has_the_tests_own_spreadsheets(self):
        for name in ("products.csv", "partners.csv"):
            assert (Path(demo.__file__).parent / name).read_bytes() == (fairs.SHEETS / name).read_bytes()


class TestSpreadsheets:
    @pytest.fixture
    def fair(self, staff):
        return fairs.fair(staff)

    def send(self, desk, fair, side="products", data=None, name="products.csv"):
        data = (fairs.SHEETS / "products.csv").read_bytes() if data is None else data
        file = io.BytesIO(data)
        file.name = name
        return desk.post(reverse("incubator:fairs:sheet", args=[fair.pk, side]), {"file": file})

    def take_in(self, desk, fair, page, side="products"):
        address = reverse("incubator:fairs:sheet-take-in", args=[fair.pk, side])
        return desk.post(address, {"token": page.context["preview"].token}, follow=True)

    def test_are_looked_at_before_anything_is_saved(self, desk, fair):
        page = self.send(desk, fair)

        assert page.context["preview"].report.new == 46 and not fair.products.exists()

    def test_are_taken_in_once_however_often_one_presses(self, desk, fair):
        page = self.send(desk, fair)
        with desk_commits():
            self.take_in(desk, fair, page)
        self.take_in(desk, fair, page)

        fair.refresh_from_db()
        assert fair.products.count() == 46 and fair.state == FairState.REGISTRATION
        assert ImportRun.objects.filter(scope=fair.scope, new=46).count() == 1

    def test_name_every_row_they_cannot_use(self, desk, fair):
        text = (fairs.SHEETS / "products.csv").read_text("utf-8-sig")
        wrong = text.replace("菌菇干货", "怪类目", 1)

        errors = self.send(desk, fair, data=wrong.encode("gb18030")).context["errors"]

        assert [error["row"] for error in errors] == [3] and "怪类目" in errors[0]["why"]

    def test_name_every_fault_of_a_row_at_once(self, desk, fair):
        text = (fairs.SHEETS / "products.csv").read_text("utf-8-sig")
        header, row = text.splitlines()[:2]
        cells = row.split(",")
        cells[3:5], cells[6], cells[9] = ["无此县", "怪类目"], "多", "-1"

        errors = self.send(desk, fair, data="\n".join([header, ",".join(cells)]).encode()).context["errors"]

        assert [error["row"] for error in errors] == [2]
        assert all(word in errors[0]["why"] for word in ("无此县", "怪类目", "多", "-1")) and "；" in errors[0]["why"]

    @pytest.mark.parametrize("side", ["products", "partners"])
    def test_have_an_example_that_can_be_taken_in(self, desk, fair, side):
        sample = desk.get(reverse("incubator:fairs:sheet-sample", args=[fair.pk, side]))

        page = self.send(desk, fair, side, sample.content, "sample.csv")

        assert page.context["preview"].report.new == 1 and sample.content.decode("utf-8-sig").startswith("编号,")
        assert "底价(元/kg)" in page.content.decode() or "佣金(%)" in page.content.decode()

    @pytest.mark.parametrize(
        ("data", "said"), [(b"", "空"), (b"\x00\x01", "缺少列"), ("编号,产品\nP1,米\n".encode(), "缺少列")]
    )
    def test_that_are_no_sheet_are_refused_with_words(self, desk, fair, data, said):
        page = self.send(desk, fair, data=data)

        assert page.status_code == 200 and said in page.content.decode()

    def test_can_be_taken_back(self, desk, fair, staff):
        fairs.imported(fair, staff)
        run = ImportRun.objects.get(kind="fair_partners")

        for _press in range(2):
            desk.post(reverse("incubator:fairs:undo", args=[fair.pk, run.pk]))

        assert not fair.partners.exists() and fair.products.count() == 46

    def test_stay_when_a_run_proposes_what_they_brought(self, desk, fair, staff):
        fairs.run(fairs.imported(fair, staff), staff)
        run = ImportRun.objects.get(kind="fair_partners")

        page = desk.post(reverse("incubator:fairs:undo", args=[fair.pk, run.pk]), follow=True)

        assert fair.partners.count() == 35 and "其他地方" in page.content.decode()

    def test_make_members_once(self, fair, staff):
        fairs.imported(fair, staff)

        assert actions.enrol_strangers(fair=fair, by=staff) > 60
        assert actions.enrol_strangers(fair=fair, by=staff) == 0
        assert not fair.products.filter(cooperative=None).exists()

    def test_find_members_we_know(self, fair, staff):
        known = incubator.cooperative("甘南县绿沃兴塔水稻种植合作社")

        assert fairs.imported(fair, staff).products.get(code="P00001").cooperative == known


def desk_commits():
    """Run what waits for the commit, as a real request would."""
    from django.test import TestCase

    return TestCase.captureOnCommitCallbacks(execute=True)


class TestARun:
    @pytest.fixture
    def fair(self, staff):
        return fairs.registered(staff)

    def test_is_carried_out_by_the_worker(self, desk, fair):
        with desk_commits():
            page = desk.post(reverse("incubator:fairs:begin", args=[fair.pk]), {"number": "1"})

        run = fair.runs.get()
        assert page.url == run.get_absolute_url() and run.state == RunState.DONE and run.seconds is not None

    def test_is_one_run_when_pressed_twice(self, desk, fair, staff):
        for _press in range(2):
            desk.post(reverse("incubator:fairs:begin", args=[fair.pk]), {"number": "1"})
        actions.carry_out(run_id=fair.runs.get().pk)
        actions.carry_out(run_id=fair.runs.get().pk)
        desk.post(reverse("incubator:fairs:begin", args=[fair.pk]), {"number": "1"})

        assert fair.runs.count() == 1 and fair.runs.get().proposals.count() == 2

    def test_shows_how_far_it_is(self, desk, fair, staff):
        run = actions.begin_run(fair=fair, number=1, keep=False, by=staff, at=timezone.now())

        page = desk.get(run.get_absolute_url()).content.decode()

        assert "等待后台处理" in page and 'http-equiv="refresh"' in page

    def test_needs_both_sides(self, desk, staff):
        empty = fairs.fair(staff, name="空的对接会")

        page = desk.post(reverse("incubator:fairs:begin", args=[empty.pk]), {"number": "1"}, follow=True)

        assert "请先登记" in page.content.decode() and not empty.runs.exists()

    @pytest.mark.parametrize(
        "change",
        [
            lambda run: MatchRun.objects.filter(pk=run.pk).update(sum_score=99),
            lambda run: MatchRun.objects.filter(pk=run.pk).delete(),
            lambda run: Proposal.objects.filter(run=run).update(score=1),
            lambda run: Proposal.objects.filter(run=run).delete(),
            lambda run: Proposal.objects.create(
                run=run, product=run.fair.products.first(), partner=run.fair.partners.last()
            ),
        ],
        ids=["value", "run", "score", "proposal", "one more"],
    )
    def test_never_changes_once_it_is_done(self, fair, staff, change):
        run = fairs.run(fair, staff)
        before = list(run.proposals.values())

        with pytest.raises(IntegrityError), transaction.atomic():
            change(run)

        assert list(Proposal.objects.filter(run=run).values()) == before
        assert MatchRun.objects.get(pk=run.pk).sum_score == run.sum_score

    def test_keeps_saying_what_it_said_when_registrations_change(self, desk, fair, staff):
        run = fairs.run(fair, staff)
        fair.products.update(name="改了名字", slots=0)

        page = desk.get(run.get_absolute_url()).content.decode()

        assert "大米P1" in page and "改了名字" not in page

    def test_keeps_pairs_of_the_run_before_when_somebody_cancels(self, staff):
        fair = fairs.imported(fairs.fair(staff), staff)
        first = fairs.run(fair, staff)
        gone = fair.partners.get(code="E00004")
        gone.slots = 0
        gone.save()

        second = fairs.run(fair, staff, 2, keep=True)

        before = set(first.proposals.exclude(partner=gone).values_list("product__code", "partner__code"))
        after = set(second.proposals.values_list("product__code", "partner__code"))
        assert len(before - after) <= 4 and second.previous == first

    def test_without_a_partner_who_cancelled_moves_few_of_the_others(self, desk, staff):
        fair = fairs.imported(fairs.fair(staff), staff)
        first = fairs.run(fair, staff)
        busiest = fair.partners.annotate(n=Count("proposals", filter=Q(proposals__run=first))).latest("n")
        cancel = reverse("incubator:fairs:slots", args=[fair.pk, "partners", busiest.pk])

        said = desk.post(cancel, {"slots": "0"}, follow=True).content.decode()
        second = fairs.run(fair, staff, 2, keep=True)

        assert "不参加" in said and AuditEntry.objects.filter(action="fair.slots_changed").count() == 1
        others = set(first.proposals.exclude(partner=busiest).values_list("product", "partner"))
        assert len(others - set(second.proposals.values_list("product", "partner"))) <= 3
        assert not second.proposals.filter(partner=busiest).exists()
        possible = desk.get(second.get_absolute_url(), {"view": "left", "q": busiest.code}).content.decode()
        assert "已取消或不参加" in possible

    @pytest.mark.parametrize("slots", ["-1", "100", "two", ""])
    def test_keeps_slots_that_are_no_number(self, desk, fair, slots):
        entry = fair.partners.first()

        desk.post(reverse("incubator:fairs:slots", args=[fair.pk, "partners", entry.pk]), {"slots": slots})

        assert fair.partners.first().slots == entry.slots

    def test_keeps_slots_once_the_fair_has_met(self, desk, fair):
        fair.state = FairState.MEETING
        fair.save()

        said = desk.post(
            reverse("incubator:fairs:slots", args=[fair.pk, "products", fair.products.first().pk]),
            {"slots": "0"},
            follow=True,
        )

        assert fair.products.first().slots and "不能再改" in said.content.decode()

    def test_that_cannot_be_says_why(self, desk, fair, staff):
        override(fair, staff)
        fair.products.filter(code="P1").update(slots=0)

        run = fairs.run(fair, staff)

        assert run.state == RunState.REFUSED and not run.proposals.exists()
        assert "名额" in desk.get(run.get_absolute_url()).content.decode()

    def test_says_who_has_no_pair_and_what_would_help(self, desk, fair, staff):
        fairs.product(fair, "P9", category="tea")
        run = fairs.run(fair, staff)

        page = desk.get(run.get_absolute_url()).content.decode()

        assert "还有成员没有配对" in page and "P9" in page and "类目不符" in page

    def test_is_approved_once_and_leads_to_meetings(self, desk, fair, staff):
        run = fairs.run(fair, staff)
        for _press in range(2):
            desk.post(reverse("incubator:fairs:approve", args=[run.pk]))
        desk.post(reverse("incubator:fairs:move", args=[fair.pk]), {"move": "meet"})

        fair.refresh_from_db()
        assert fair.plan == run and fair.state == FairState.MEETING
        assert AuditEntry.objects.filter(action="fair.plan_approved").count() == 1

    def test_is_compared_with_another(self, desk, fair, staff):
        fairs.run(fair, staff)
        override(fair, staff, product="P1", partner="E2")
        later = fairs.run(fair, staff, 2)

        page = desk.get(reverse("incubator:fairs:compare", args=[later.pk]), {"with": "1"})

        comparison = page.context["comparison"]
        assert len(comparison.kept) + len(comparison.come) == 2 and ("P1", "大米P1", "E2", "电商E2") in [
            *comparison.kept,
            *comparison.come,
        ]


class TestPinsAndBans:
    @pytest.fixture
    def fair(self, staff):
        return fairs.registered(staff)

    @pytest.fixture
    def run(self, fair, staff):
        return fairs.run(fair, staff)

    def post(self, desk, run, **fields):
        pair = f"?product=P1&partner={fields.pop('partner', 'E2')}"
        address = reverse("incubator:fairs:override", args=[run.pk]) + pair
        return desk.post(address, {"kind": "pin", "reason": "老客户"} | fields, follow=True)

    def test_count_from_the_next_run_on(self, desk, fair, run, staff):
        self.post(desk, run, kind="ban", partner="E1")

        later = fairs.run(fair, staff, 2)

        assert ("P1", "E1") not in set(later.proposals.values_list("product__code", "partner__code"))

    def test_are_placed_once_when_pressed_twice(self, desk, fair, run):
        for _press in range(2):
            self.post(desk, run)

        assert fair.overrides.count() == 1

    def test_need_a_reason(self, desk, fair, run):
        page = self.post(desk, run, reason=" ")

        assert "理由" in page.content.decode() and not fair.overrides.exists()

    def test_against_a_hard_rule_wait_for_a_second_person(self, client, desk, fair, run, staff, second):
        fairs.product(fair, "P9", category="tea")
        placed = override(fair, staff, product="P9")
        approve = reverse("incubator:fairs:override-approve", args=[placed.pk])

        assert fairs.run(fair, staff, 2).proposals.filter(product__code="P9").count() == 0
        assert "另一个人" in desk.post(approve, follow=True).content.decode()
        client.force_login(second)
        for _press in range(2):
            client.post(approve)

        run = fairs.run(fair, staff, 3)
        pinned = run.proposals.get(product__code="P9")
        assert pinned.is_pinned and pinned.score is None and pinned.reasons == ["category"]
        assert run.is_proved and AuditEntry.objects.filter(action="fair.override_approved").count() == 1

    def test_never_are_approved_by_whoever_placed_them(self, fair, staff):
        with pytest.raises(IntegrityError), transaction.atomic():
            Override.objects.filter(pk=override(fair, staff).pk).update(approved_by=staff, approved_at=timezone.now())

    def test_stay_within_the_slots(self, fair, staff):
        override(fair, staff, partner="E1")

        with pytest.raises(Refusal):
            override(fair, staff, partner="E2")

    def test_can_be_tried_before_they_are_placed(self, desk, run):
        address = reverse("incubator:fairs:pair", args=[run.pk])

        page = desk.get(address, {"product": "P1", "partner": "E2", "try": "pin"})

        assert page.context["trial"]["change"]["covered"] == 0 and not run.fair.overrides.exists()

    def test_are_taken_back_not_deleted(self, desk, fair, staff):
        placed = override(fair, staff)
        for _press in range(2):
            desk.post(reverse("incubator:fairs:override-remove", args=[placed.pk]))

        placed.refresh_from_db()
        assert placed.removed_by == staff and not fair.overrides.standing().exists()


class TestWhoSeesAFair:
    @pytest.fixture
    def run(self, staff):
        return fairs.run(fairs.registered(staff), staff)

    @pytest.mark.parametrize("name", ["run", "export", "compare"])
    def test_is_not_found_by_staff_of_another_county(self, client, run, name):
        client.force_login(incubator.staff(incubator.WUCHANG, "0009"))

        assert client.get(reverse(f"incubator:fairs:{name}", args=[run.pk])).status_code == 404
        assert client.get(run.fair.get_absolute_url()).status_code == 404

    def test_hides_other_places_from_the_list(self, client, run):
        client.force_login(incubator.staff(incubator.WUCHANG, "0009"))

        assert not client.get(reverse("incubator:fairs:fairs")).context["fairs"]

    def test_costs_the_list_the_same_queries_however_many(self, desk, run, staff):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                desk.get(reverse("incubator:fairs:fairs"))
            return len(captured)

        one = queries()
        for number in range(9):
            fairs.fair(staff, name=f"第 {number} 场")

        assert queries() == one

    @BOTH
    @pytest.mark.parametrize("side", ["products", "partners"])
    def test_shows_who_is_registered(self, desk, run, prefix, side):
        page = desk.get(prefix + reverse("incubator:fairs:registered", args=[run.fair.pk, side]), {"q": "1"})

        rows, forms = page.context["page"].object_list, page.content.decode().count('/slots/"')
        assert page.status_code == 200 and len(rows) == forms >= 1
        assert page.content.decode().count("csrfmiddlewaretoken") >= forms
