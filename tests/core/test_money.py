from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import KG_G, split, to_fen, to_yuan, unit_price

weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


class TestFen:
    @pytest.mark.parametrize(
        ("yuan", "fen"),
        [("0", 0), ("0.01", 1), ("59.9", 5990), ("59.90", 5990), ("1E+3", 100000), ("-0.05", -5)],
    )
    def test_are_the_hundredth_part_of_a_yuan(self, yuan, fen):
        assert to_fen(Decimal(yuan)) == fen

    @pytest.mark.parametrize("yuan", ["0.001", "59.905", "NaN", "Infinity", "1E+16", "1E+999999"])
    def test_refuse_amounts_that_nobody_can_pay(self, yuan):
        with pytest.raises(ValueError, match="not a whole number of fen"):
            to_fen(Decimal(yuan))

    def test_refuse_floats(self):
        with pytest.raises(TypeError):
            to_fen(59.9)

    @given(st.integers(-(10**12), 10**12))
    def test_become_yuan_with_two_places_and_come_back(self, fen):
        yuan = to_yuan(fen)

        assert yuan.as_tuple().exponent == -2
        assert to_fen(yuan) == fen


class TestSplit:
    @pytest.mark.parametrize(
        ("total", "shares", "parts"),
        [
            pytest.param(100, [1, 1, 1], [34, 33, 33], id="equal remainders go to the earliest"),
            pytest.param(200, [1, 1, 1], [67, 67, 66], id="two fen left"),
            pytest.param(1000, [5990, 3280, 730], [599, 328, 73], id="exact"),
            pytest.param(10, [1, 2, 4], [1, 3, 6], id="the largest remainder wins"),
            pytest.param(-100, [1, 1, 1], [-34, -33, -33], id="a refund mirrors the payment"),
            pytest.param(7, [0, 3, 0], [0, 7, 0], id="no weight, no part"),
            pytest.param(0, [0, 0], [0, 0], id="nothing among nobody"),
            pytest.param(1, [1, 1], [1, 0], id="one fen"),
        ],
    )
    def test_follows_the_largest_remainder(self, total, shares, parts):
        assert split(total, shares) == parts

    @pytest.mark.parametrize(("total", "shares"), [(1, []), (1, [0, 0]), (5, [3, -1])])
    def test_refuses_what_cannot_be_divided(self, total, shares):
        with pytest.raises(ValueError):
            split(total, shares)

    @pytest.mark.parametrize("parties", range(1, 8))
    def test_adds_up_for_every_amount_to_twenty_yuan(self, parties):
        uneven = [party * party + 1 for party in range(parties)]

        for total in range(1, 2001):
            for shares in ([1] * parties, uneven):
                parts = split(total, shares)
                assert sum(parts) == total
                assert min(parts) >= 0
        assert max(split(2000, [1] * parties)) - min(split(2000, [1] * parties)) <= 1

    @given(st.integers(-(10**10), 10**10), weights)
    def test_stays_within_one_fen_of_the_exact_share(self, total, shares):
        parts = split(total, shares)

        assert sum(parts) == total
        for part, share in zip(parts, shares, strict=True):
            assert abs(part * sum(shares) - total * share) < sum(shares)

    @given(st.integers(0, 10**10), weights)
    def test_turns_its_sign_with_the_total(self, total, shares):
        assert split(-total, shares) == [-part for part in split(total, shares)]


class TestUnitPrice:
    @pytest.mark.parametrize(
        ("price", "grams", "per", "expected"),
        [
            pytest.param("59.90", 5000, 500, "5.99", id="rice per jin"),
            pytest.param("59.90", 5000, KG_G, "11.98", id="rice per kilogram"),
            pytest.param("39.90", 250, 500, "79.80", id="a pack below one jin"),
            pytest.param("0.01", 1000, 500, "0.01", id="half a fen rounds up"),
            pytest.param("10.00", 3000, 500, "1.67", id="two thirds round up"),
            pytest.param("10.00", 1500, 500, "3.33", id="one third rounds down"),
        ],
    )
    def test_rounds_half_up_to_the_fen(self, price, grams, per, expected):
        assert str(unit_price(Decimal(price), grams, per)) == expected

    @pytest.mark.parametrize(("grams", "per"), [(0, 500), (-5, 500), (500, 0)])
    def test_needs_a_weight(self, grams, per):
        with pytest.raises(ValueError, match="weight"):
            unit_price(Decimal("1.00"), grams, per)
