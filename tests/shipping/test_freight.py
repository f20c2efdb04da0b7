"""The delivery fee. The expected fees of the big table are typed by hand in `tests/data/freight_sheet.csv`.

The sheet is the price list of a seller in the north-east, worked out on paper: near ¥8 + ¥2 per further
kilogram, the rest of the country ¥10 + ¥3, far ¥18 + ¥12, Taiwan, Hong Kong and Macao not delivered.
"""

import csv
from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core import areas
from marketplace.shipping.freight import (
    ChargeBy,
    FreeBy,
    InvalidTariff,
    Item,
    Mistake,
    NoDelivery,
    Quote,
    Tariff,
    Zone,
    problems,
    quote,
    quote_seller,
    validate,
)

NEAR = Zone(frozenset({"21", "22", "23"}), 1000, D("8"), 1000, D("2"))
FAR = Zone(frozenset({"15", "46", "54", "63", "65"}), 1000, D("18"), 1000, D("12"), free_over_applies=False)
NOWHERE = Zone(frozenset({"71", "81", "82"}), 1000, D("0"), 1000, D("0"), delivers=False)
REST = Zone(frozenset(), 1000, D("10"), 1000, D("3"))
TARIFF = Tariff(ChargeBy.WEIGHT, (NEAR, FAR, NOWHERE, REST))

SHEET = Path(__file__).parents[1] / "data" / "freight_sheet.csv"
with SHEET.open(encoding="utf-8", newline="") as sheet:
    REGIONS = list(csv.DictReader(sheet))
WEIGHTS = [300, 1000, 1001, 2000, 2500, 5000, 10000, 20300]


def goods(weight_g=1000, quantity=1, amount="20.00"):
    return Item(weight_g, quantity, D(amount))


class TestSheet:
    def test_has_every_region_of_the_area_table(self):
        assert [(row["code"], row["region"]) for row in REGIONS] == sorted(
            (area.code[:2], area.name) for area in areas.children()
        )

    @pytest.mark.parametrize("weight", WEIGHTS)
    @pytest.mark.parametrize("row", REGIONS, ids=[row["region"] for row in REGIONS])
    def test_is_what_a_buyer_pays(self, row, weight):
        expected = row[str(weight)]

        try:
            fee = str(quote(TARIFF, [goods(weight)], row["code"]).fee)
        except NoDelivery:
            fee = "-"

        assert fee == expected


class TestUnits:
    @pytest.mark.parametrize(
        ("items", "fee"),
        [
            pytest.param([], "0.00", id="nothing to carry"),
            pytest.param([goods(quantity=0)], "0.00", id="nothing left on the line"),
            pytest.param([goods(0)], "10.00", id="unknown weight"),
            pytest.param([goods(999)], "10.00", id="below the first unit"),
            pytest.param([goods(600), goods(600)], "13.00", id="weights are added before rounding"),
            pytest.param([goods(600, quantity=2)], "13.00", id="every piece weighs"),
        ],
    )
    def test_by_weight_are_grams_of_the_whole_parcel(self, items, fee):
        assert str(quote(TARIFF, items, "31").fee) == fee

    @pytest.mark.parametrize(("pieces", "fee"), [(1, "6.00"), (2, "6.00"), (3, "7.50"), (5, "9.00"), (6, "9.00")])
    def test_by_piece_are_counted(self, pieces, fee):
        tariff = Tariff(ChargeBy.PIECE, (Zone(frozenset(), 2, D("6"), 2, D("1.50")),))

        assert str(quote(tariff, [goods(weight_g=50_000, quantity=pieces)], "31").fee) == fee

    def test_of_further_weight_are_shown(self):
        answer = quote(TARIFF, [goods(2500)], "23")

        assert (answer.extra_units, answer.carriage) == (2, D("12.00"))


class TestFreeDelivery:
    tariff = replace(TARIFF, free_over_amount=D("99"), free_over_quantity=5)

    @pytest.mark.parametrize(
        ("items", "rule", "fee"),
        [
            pytest.param([goods(amount="98.99")], None, "10.00", id="a fen short"),
            pytest.param([goods(amount="99.00")], FreeBy.AMOUNT, "0.00", id="just reached"),
            pytest.param([goods(amount="50"), goods(amount="50")], FreeBy.AMOUNT, "0.00", id="two lines together"),
            pytest.param([goods(quantity=5, amount="10")], FreeBy.QUANTITY, "0.00", id="quantity is enough"),
        ],
    )
    def test_needs_the_amount_or_the_quantity(self, items, rule, fee):
        answer = quote(self.tariff, items, "31")

        assert (answer.free_by, str(answer.fee)) == (rule, fee)

    def test_says_how_far_it_is(self):
        answer = quote(self.tariff, [goods(quantity=2, amount="59.90")], "31")

        assert (answer.missing_amount, answer.missing_quantity) == (D("39.10"), 3)

    def test_says_nothing_more_once_reached(self):
        answer = quote(self.tariff, [goods(amount="120")], "31")

        assert (answer.missing_amount, answer.missing_quantity) == (None, None)

    def test_can_leave_out_far_provinces(self):
        answer = quote(self.tariff, [goods(amount="500")], "65")

        assert answer == Quote(fee=D("18.00"), carriage=D("18.00"))

    @pytest.mark.parametrize(("covered", "fee"), [(False, "5.00"), (True, "0.00")])
    def test_leaves_the_remote_area_surcharge_unless_the_zone_covers_it(self, covered, fee):
        zone = replace(REST, surcharge=D("5"), free_covers_surcharge=covered)
        tariff = replace(self.tariff, groups=(zone,))

        assert str(quote(tariff, [goods(amount="99")], "54").fee) == fee

    def test_is_not_needed_for_the_surcharge_to_be_added(self):
        tariff = replace(TARIFF, groups=(replace(REST, surcharge=D("5")),))

        answer = quote(tariff, [goods(1500)], "54")

        assert (answer.fee, answer.carriage, answer.surcharge) == (D("18.00"), D("13.00"), D("5.00"))


class TestPlaces:
    def test_are_told_by_any_code_in_the_province(self):
        assert quote(TARIFF, [goods()], "230281104") == quote(TARIFF, [goods()], "23")

    @pytest.mark.parametrize("code", ["", "99", "讷河", "230299"])
    def test_that_do_not_exist_have_no_price(self, code):
        with pytest.raises(areas.UnknownArea):
            quote(TARIFF, [goods()], code)

    def test_outside_every_group_are_not_delivered_to(self):
        with pytest.raises(NoDelivery) as refusal:
            quote(replace(TARIFF, groups=(NEAR,)), [goods()], "31")

        assert refusal.value.province == "31"

    def test_without_delivery_refuse_even_an_empty_basket(self):
        with pytest.raises(NoDelivery):
            quote(TARIFF, [], "71")


class TestSeveralTariffs:
    by_piece = Tariff(ChargeBy.PIECE, (Zone(frozenset(), 1, D("6"), 1, D("1")),), free_over_amount=D("50"))
    mainland_only = replace(by_piece, groups=(*by_piece.groups, NOWHERE))

    def test_are_priced_apart_and_added(self):
        answer = quote_seller({TARIFF: [goods(1500)], self.by_piece: [goods(quantity=2)]}, "31")

        assert answer.fee == D("13.00") + D("7.00")
        assert [each.fee for each in answer.by_tariff.values()] == [D("13.00"), D("7.00")]

    def test_become_free_each_by_its_own_goods(self):
        answer = quote_seller({TARIFF: [goods(amount="200")], self.by_piece: [goods(amount="49.99")]}, "31")

        assert answer.by_tariff[self.by_piece].missing_amount == D("0.01")
        assert answer.fee == D("16.00")

    def test_all_say_where_they_do_not_go(self):
        lines = {TARIFF: [goods()], self.by_piece: [goods()], self.mainland_only: [goods()]}

        with pytest.raises(NoDelivery) as refusal:
            quote_seller(lines, "81")

        assert refusal.value.tariffs == (TARIFF, self.mainland_only)

    def test_of_an_empty_basket_cost_nothing(self):
        assert quote_seller({}, "31").fee == D("0.00")


items = st.lists(
    st.builds(
        Item,
        weight_g=st.integers(0, 60_000),
        quantity=st.integers(0, 200),
        amount=st.decimals(0, 100_000, places=2),
    ),
    max_size=8,
)
fees = st.decimals(0, 999, places=2)
zones = st.builds(
    Zone,
    provinces=st.just(frozenset()),
    first_unit=st.integers(1, 5000),
    first_fee=fees,
    extra_unit=st.integers(1, 5000),
    extra_fee=fees,
    surcharge=fees,
    free_over_applies=st.booleans(),
    free_covers_surcharge=st.booleans(),
)
tariffs = st.builds(
    Tariff,
    charge_by=st.sampled_from(list(ChargeBy)),
    groups=zones.map(lambda zone: (zone,)),
    free_over_amount=st.none() | st.decimals("0.01", 1000, places=2),
    free_over_quantity=st.none() | st.integers(1, 50),
)


class TestAnyTariff:
    @given(tariffs, items)
    def test_charges_an_exact_amount_that_is_never_negative(self, tariff, basket):
        answer = quote(tariff, basket, "31")

        assert answer.fee >= 0
        assert all(yuan.as_tuple().exponent == -2 for yuan in (answer.fee, answer.carriage, answer.surcharge))
        assert answer.fee == answer.surcharge + (0 if answer.free_by else answer.carriage)

    @given(tariffs, items, st.randoms())
    def test_does_not_mind_the_order_of_lines(self, tariff, basket, random):
        shuffled = random.sample(basket, len(basket))

        assert quote(tariff, shuffled, "31") == quote(tariff, basket, "31")

    @given(tariffs, items.filter(bool), st.integers(0, 200))
    def test_does_not_mind_a_line_split_in_two(self, tariff, basket, taken):
        first, *rest = basket
        taken = min(taken, first.quantity)
        parts = [
            replace(first, quantity=taken, amount=D("0.00") if not taken else first.amount),
            replace(first, quantity=first.quantity - taken, amount=D("0.00") if taken else first.amount),
        ]

        assert quote(tariff, [*parts, *rest], "31") == quote(tariff, basket, "31")

    @given(tariffs, items.filter(bool), st.integers(1, 60_000))
    def test_never_gets_cheaper_by_weight(self, tariff, basket, more_g):
        first, *rest = basket
        heavier = [replace(first, weight_g=first.weight_g + more_g), *rest]

        assert quote(tariff, heavier, "31").fee >= quote(tariff, basket, "31").fee

    @given(tariffs, items)
    def test_that_can_be_used_has_no_problems(self, tariff, basket):
        validate(tariff)


class TestValidate:
    @pytest.mark.parametrize(
        ("changes", "mistake"),
        [
            pytest.param({"charge_by": "volume"}, Mistake.CHARGE, id="charge"),
            pytest.param({"groups": ()}, Mistake.NO_DEFAULT, id="no groups"),
            pytest.param({"groups": (NEAR,)}, Mistake.NO_DEFAULT, id="no default group"),
            pytest.param({"groups": (REST, REST)}, Mistake.TWO_DEFAULTS, id="two default groups"),
            pytest.param({"groups": (NEAR, NEAR, REST)}, Mistake.OVERLAP, id="province in two groups"),
            pytest.param(
                {"groups": (replace(NEAR, provinces=frozenset({"99"})), REST)},
                Mistake.UNKNOWN_PROVINCE,
                id="no such province",
            ),
            pytest.param({"groups": (replace(REST, first_unit=0),)}, Mistake.UNIT, id="first unit of zero"),
            pytest.param({"groups": (replace(REST, extra_unit=-1),)}, Mistake.UNIT, id="negative further unit"),
            pytest.param({"groups": (replace(REST, first_fee=D("-1")),)}, Mistake.FEE, id="negative fee"),
            pytest.param({"groups": (replace(REST, extra_fee=D("0.005")),)}, Mistake.FEE, id="half a fen"),
            pytest.param({"groups": (replace(REST, surcharge=D("NaN")),)}, Mistake.FEE, id="no number"),
            pytest.param({"free_over_amount": D("0")}, Mistake.THRESHOLD, id="free over nothing"),
            pytest.param({"free_over_quantity": -3}, Mistake.THRESHOLD, id="free over a negative quantity"),
        ],
    )
    def test_names_the_mistake(self, changes, mistake):
        with pytest.raises(InvalidTariff) as refusal:
            validate(replace(TARIFF, **changes))

        assert [problem.mistake for problem in refusal.value.problems] == [mistake]

    def test_tells_all_problems_at_once_and_where_they_are(self):
        overlapping = replace(FAR, provinces=NEAR.provinces, extra_unit=0)

        found = problems(Tariff(ChargeBy.WEIGHT, (NEAR, overlapping)))

        assert [str(problem) for problem in found] == [
            "no group for the rest of the country",
            "province in more than one group: 21 22 23",
            "units must be above zero (group 2)",
        ]

    def test_accepts_the_demo_tariff(self):
        validate(TARIFF)


@pytest.mark.parametrize("wrong", [{"weight_g": -1}, {"quantity": -1}, {"amount": D("-0.01")}], ids=str)
def test_an_item_cannot_be_negative(wrong):
    with pytest.raises(ValueError, match="negative"):
        replace(goods(), **wrong)
