"""From gross to what can be distributed: line by line, to the fen, and unknown where something is unknown."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from incubator.income import actions
from incubator.income.costing import costed, facts_of, kept_by_shop
from incubator.income.models import CostRule
from incubator.income.waterfall import CostBasis, CostKind, Money, added_up, cost_of
from incubator.sales.models import SaleFact
from marketplace.payment import actions as payments
from marketplace.settlement.models import CommissionRate
from tests import deals, incubator, promos, shop
from tests.pages_of import read_xlsx

pytestmark = pytest.mark.django_db
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}


@pytest.fixture
def staff():
    return incubator.staff()


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def rule(kind, value, basis=CostBasis.PERCENT, **fields):
    usual = {"account": deals.account(), "code": "", "since": date(2026, 1, 1), "until": None, "evidence": 1}
    return actions.set_cost(
        kind=kind, basis=basis, value=Decimal(value), by=None, at=timezone.now(), **(usual | fields)
    )


def every_rule(**changes):
    """All kinds known."""
    values = {
        CostKind.PLATFORM: "5",
        CostKind.FEE: "0.6",
        CostKind.PARTNER: "8",
        CostKind.PACKAGING: "0",
        CostKind.OPERATING: "3",
    }
    for kind, value in values.items():
        rule(kind, value, **changes)
    rule(CostKind.FREIGHT, "6.50", CostBasis.PER_ORDER, **changes)
    rule(CostKind.RAW, "4.20", CostBasis.PER_KG, **changes)


def lines(staff, **asked):
    usual = {"account": None, "cooperative": None} | YEAR
    return costed(facts_of(staff, **(usual | asked)))


class TestOneLine:
    @pytest.mark.parametrize(
        ("basis", "value", "fen"),
        [
            (CostBasis.PERCENT, "5", 400),
            (CostBasis.PERCENT, "0.606", 48),
            (CostBasis.PER_KG, "4.2", 2100),
            (CostBasis.PER_PACK, "1.205", 241),
            (CostBasis.PER_ORDER, "6.5", 650),
        ],
    )
    def test_costs_by_each_basis_to_the_fen(self, basis, value, fen):
        found = cost_of(basis, Decimal(value), net=8000, grams=5000, packs=Decimal(2), is_first=True)

        assert found == fen

    def test_of_unknown_weight_costs_nobody_knows_what(self):
        assert cost_of(CostBasis.PER_KG, Decimal(1), net=1, grams=None, packs=Decimal(1), is_first=True) is None

    def test_that_is_not_the_first_of_its_order_has_no_freight_of_its_own(self):
        assert cost_of(CostBasis.PER_ORDER, Decimal(6), net=1, grams=1, packs=Decimal(1), is_first=False) == 0


class TestAPeriod:
    def test_leaves_what_costs_leave(self):
        known = dict.fromkeys(CostKind, 100)

        found = added_up([Money(10_000, 2_000, known), Money(5_000, 0, known)])

        assert (found.net, [step.left for step in found.steps], found.distributable) == (
            13_000, [12_800, 12_600, 12_400, 12_200, 12_000, 11_800, 11_600], 11_600,
        )  # fmt: skip

    def test_is_unknown_from_the_first_unknown_step_on(self):
        known = dict.fromkeys(CostKind, 0)

        found = added_up([Money(100, 0, known), Money(100, 0, known | {CostKind.FREIGHT: None})])

        assert [step.left for step in found.steps] == [200, 200, 200, None, None, None, None]
        assert [step.unknown for step in found.steps] == [0, 0, 0, 1, 0, 0, 0] and found.distributable is None

    def test_of_nothing_is_nothing(self):
        assert added_up([]).distributable == 0


class TestRules:
    def test_of_a_code_go_before_those_of_all_goods_and_later_before_earlier(self, staff):
        every_rule()
        rule(CostKind.OPERATING, "10", since=date(2026, 3, 1))
        rule(CostKind.OPERATING, "20", code="A-1")
        deals.sale(1, on=date(2026, 2, 1), code="B", fen=10_000)
        deals.sale(2, on=date(2026, 3, 2), code="B", fen=10_000)
        deals.sale(3, on=date(2026, 3, 2), code="A-1", fen=10_000)

        assert [line.money.costs["operating"] for line in lines(staff)] == [300, 1000, 2000]

    def test_that_have_ended_leave_it_unknown(self, staff):
        rule(CostKind.FEE, "1", until=date(2026, 1, 31))
        deals.sale(1, on=date(2026, 2, 1))

        assert lines(staff)[0].money.costs["fee"] is None

    def test_said_again_for_the_same_start_are_corrected(self, desk):
        form = {
            "account": deals.account().pk, "code": "", "kind": "fee", "basis": "percent", "value": "1", "since": "2026-01-01",
            "until": "", "evidence": "0",
        }  # fmt: skip
        for value in ("1", "0.6"):
            desk.post(reverse("incubator:income:costs"), form | {"value": value})

        assert CostRule.objects.get().value == Decimal("0.6")

    @pytest.mark.parametrize("changes", [{"value": "-1"}, {"value": "101"}, {"until": "2025-01-01"}, {"value": "x"}])
    def test_that_cannot_be_are_refused_in_words(self, desk, changes):
        form = {
            "account": deals.account().pk, "code": "X", "kind": "fee", "basis": "percent", "value": "1", "since": "2026-01-01",
            "until": "", "evidence": "0",
        }  # fmt: skip
        page = desk.post(reverse("incubator:income:costs"), form | changes)

        assert page.context["form"].errors and not CostRule.objects.exists() and 'value="X"' in page.content.decode()


class TestWhatIsKnownAnyway:
    def test_a_partners_commission_by_the_agreement(self, staff):
        deals.counted(deals.signed(deals.agreement(by=staff), staff, incubator.staff(ending="0008")))
        deals.sale(1, on=date(2026, 3, 1), fen=10_000)

        assert lines(staff)[0].money.costs["partner"] == 800

    def test_our_own_commission_by_the_ledger(self, staff, django_capture_on_commit_callbacks):
        good = shop.product(shop.seller(area=incubator.GANNAN))
        bought = shop.buy(good, quantity=2)
        with django_capture_on_commit_callbacks(execute=True):
            payments.complete(attempt=bought.attempts.get(), at=timezone.now())
        day = timezone.localdate()

        (line,) = lines(staff, since=day, until=day)

        assert line.money.costs["platform"] is not None and line.money.costs["freight"] is None
        assert 0 <= line.money.costs["platform"] < line.money.net

    def test_what_the_platform_keeps_of_each_line_less_the_discount_it_paid(self, django_capture_on_commit_callbacks):
        CommissionRate.objects.create(scope="platform", percent=Decimal(5))
        of = shop.seller(area=incubator.GANNAN)
        rice, salt = shop.product(of, price="100.00"), shop.product(of, "样例盐", price="20.00")
        promos.promotion(None, off="12.00", reach="products", products=[salt])
        with django_capture_on_commit_callbacks(execute=True):
            bought = shop.buy(rice, salt)
            payments.complete(attempt=bought.attempts.get(), at=timezone.now())
        facts = {fact.product_id: fact for fact in SaleFact.objects.current()}

        # 5 % of 100 and 5 % of 20 less 12
        assert kept_by_shop(list(facts.values())) == {facts[rice.pk].pk: 500, facts[salt.pk].pk: 100 - 1200}
        assert kept_by_shop([facts[rice.pk]]) == {facts[rice.pk].pk: 500}


class TestThePage:
    def test_shows_sums_and_lines_and_prints_unknown(self, desk):
        every_rule()
        deals.sale(1, on=date(2026, 3, 1), fen=100_000, refunded=20_000)
        address = reverse("incubator:income:waterfall") + "?since=2026-01-01&until=2026-12-31"

        known = desk.get(address).content.decode()
        CostRule.objects.filter(kind="raw").delete()
        unknown = desk.get(address).content.decode()

        assert "¥639.22" not in unknown and "未知" in unknown
        # 800 net − 40 − 4.80 − 64 − 6.50 − 0 − 21 − 24
        assert "¥639.70" in known

    def test_exports_lines_that_add_up_to_the_sums_below_them(self, desk):
        every_rule()
        for number in range(1, 8):
            deals.sale(number, on=date(2026, 3, number), fen=3333 * number)
        address = reverse("incubator:income:waterfall-export") + "?since=2026-01-01&until=2026-12-31"

        rows = read_xlsx(desk.get(address).content)

        for column in range(6, len(rows[0])):
            assert round(sum(row[column] for row in rows[1:-1]), 2) == pytest.approx(rows[-1][column])

    def test_asks_as_often_for_ten_lines_as_for_one(self, desk):
        every_rule()
        address = reverse("incubator:income:waterfall") + "?since=2026-01-01&until=2026-12-31"
        counts = []
        for numbers in (range(1), range(1, 10)):
            for number in numbers:
                deals.sale(number, on=date(2026, 3, 1))
            with CaptureQueriesContext(connection) as queries:
                desk.get(address)
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_shows_staff_of_another_county_nothing(self, client):
        deals.sale(1, on=date(2026, 3, 1))
        client.force_login(incubator.staff(incubator.WUCHANG, "0099"))

        page = client.get(reverse("incubator:income:waterfall") + "?since=2026-01-01&until=2026-12-31")

        assert page.context["whole"].lines == 0 and SaleFact.objects.count() == 1

    @pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
    def test_opens_in_both_languages(self, desk, prefix):
        every_rule()

        addresses = [prefix + reverse(f"incubator:income:{name}") for name in ("waterfall", "costs")]

        assert [desk.get(address).status_code for address in addresses] == [200, 200]


def test_every_amount_of_the_steps_keeps_its_name_on_a_phone(desk):
    """There each row is a card without the table's head; an amount in a column would be cut off."""
    page = desk.get(reverse("incubator:income:waterfall")).content.decode()
    steps = page.partition('aria-labelledby="steps"')[2].partition("</table>")[0]

    assert "table--cards" in steps
    assert steps.count('<td class="num') == steps.count("data-l=") > 0


def test_days_that_end_before_they_begin_are_named_and_kept(desk):
    answer = desk.get("/incubator/income/", {"since": "2026-11-20", "until": "2026-10-01"})

    page = answer.content.decode()
    assert "结束日期早于开始日期" in page and 'value="2026-10-01"' in page
    assert answer.context["asked"]["since"] == date(timezone.localdate().year, 1, 1)
