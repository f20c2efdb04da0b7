"""Which promotions are used and what each takes off: the rule of docs/money.md, and what holds whatever the numbers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.core.money import split
from marketplace.promotions.cuts import Goods, Terms, used

A, B = 1, 2
RICE, MILLET, HONEY = Goods(A, 11, 11980), Goods(A, 12, 3990), Goods(B, 21, 5280)
BASKET = [RICE, MILLET, HONEY]


def cuts(*promotions, goods=BASKET):
    """{key of a promotion: what it takes off each line}."""
    return {cut.terms.key: cut.by_line for cut in used(goods, promotions)}


class TestTheRule:
    @pytest.mark.parametrize(
        ("promotions", "expected"),
        [
            ([Terms(1, A, fen=1000)], {1: (750, 250, 0)}),
            ([Terms(1, A, fen=1000), Terms(2, None, fen=2000)], {1: (750, 250, 0), 2: (1109, 369, 522)}),
            ([Terms(1, A, fen=1000), Terms(2, A, fen=999)], {1: (750, 250, 0)}),
            ([Terms(1, A, basis_points=1000)], {1: (1198, 399, 0)}),
            ([Terms(1, A, basis_points=1000, most=500)], {1: (375, 125, 0)}),
            ([Terms(1, B, fen=9999)], {1: (0, 0, 5280)}),
            ([Terms(1, A, fen=1000, minimum=15970)], {1: (750, 250, 0)}),
            ([Terms(1, A, fen=1000, minimum=15971)], {}),
            ([Terms(1, A, fen=1000, products=frozenset({12}))], {1: (0, 1000, 0)}),
            ([Terms(1, A, fen=1000, products=frozenset({21}))], {}),
            ([Terms(1, None, fen=1000, left=999)], {}),
            ([Terms(1, None, fen=1000, left=1000)], {1: (564, 188, 248)}),
            ([Terms(2, A, fen=500), Terms(1, A, True, fen=500)], {2: (375, 125, 0)}),
            ([Terms(2, A, fen=500), Terms(1, A, fen=500)], {1: (375, 125, 0)}),
            ([Terms(1, B, basis_points=10_000), Terms(2, None, fen=1, products=frozenset({21}))], {1: (0, 0, 5280)}),
        ],
        ids=[
            "over hers by the largest remainder",
            "the platform after her",
            "the best of hers",
            "percent",
            "percent with a cap",
            "never below nothing",
            "from its minimum",
            "not below its minimum",
            "on chosen products",
            "not on another's",
            "not beyond its budget",
            "up to its budget",
            "an offer before a voucher",
            "the older of two",
            "nothing is left to cut",
        ],
    )
    def test_gives(self, promotions, expected):
        assert cuts(*promotions) == expected

    def test_looks_at_what_is_left_for_the_platforms_minimum(self):
        assert cuts(Terms(1, A, fen=1000), Terms(2, None, fen=500, minimum=20251)) == {1: (750, 250, 0)}
        assert set(cuts(Terms(1, A, fen=1000), Terms(2, None, fen=500, minimum=20250))) == {1, 2}

    def test_finds_goods_by_their_category_and_all_below_it(self):
        goods = [Goods(A, 11, 1000, ("00010002",)), Goods(A, 12, 1000, ("0003",))]

        assert cuts(Terms(1, A, fen=100, category="0001"), goods=goods) == {1: (100, 0)}


goods = st.builds(
    Goods,
    seller=st.integers(1, 3),
    product=st.integers(1, 6),
    fen=st.integers(0, 100_000),
    categories=st.lists(st.sampled_from(["0001", "00010001", "0002"]), max_size=2).map(tuple),
)
amounts = st.integers(1, 50_000).map(lambda fen: {"fen": fen})
percents = st.tuples(st.integers(1, 10_000), st.none() | st.integers(1, 5_000)).map(
    lambda rate: {"basis_points": rate[0], "most": rate[1]}
)
terms = st.tuples(
    amounts | percents,
    st.fixed_dictionaries(
        {
            "key": st.integers(1, 10**6),
            "seller": st.none() | st.integers(1, 3),
            "has_code": st.booleans(),
            "minimum": st.integers(0, 50_000),
            "left": st.none() | st.integers(0, 20_000),
            "category": st.none() | st.sampled_from(["0001", "0002"]),
            "products": st.none() | st.frozensets(st.integers(1, 6), max_size=3),
        }
    ),
).map(lambda parts: Terms(**parts[0], **parts[1]))
baskets = st.lists(goods, max_size=6)
promotions = st.lists(terms, max_size=6, unique_by=lambda each: each.key)

whatever = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long a machine takes to think of a basket says nothing about the rule."""


class TestWhateverTheNumbers:
    @whatever
    @given(baskets, promotions)
    def test_no_line_costs_less_than_nothing(self, basket, promoted):
        found = used(basket, promoted)

        for place, each in enumerate(basket):
            off = [cut.by_line[place] for cut in found]
            assert min(off, default=0) >= 0
            assert sum(off) <= each.fen

    @whatever
    @given(baskets, promotions, st.randoms(use_true_random=False))
    def test_the_order_in_which_promotions_come_changes_nothing(self, basket, promoted, chance):
        shuffled = chance.sample(promoted, len(promoted))

        assert used(basket, shuffled) == used(basket, promoted)

    @whatever
    @given(baskets, promotions)
    def test_one_of_each_payer_and_only_goods_it_is_for(self, basket, promoted):
        found = used(basket, promoted)

        payers = [cut.terms.seller for cut in found]
        assert len(payers) == len(set(payers))
        assert payers == sorted(payer for payer in payers if payer is not None) + [None] * (None in payers)
        for cut in found:
            assert all(cut.terms.covers(each) or not off for each, off in zip(basket, cut.by_line, strict=True))

    @whatever
    @given(baskets, promotions)
    def test_each_is_split_by_the_largest_remainder_and_within_its_limits(self, basket, promoted):
        prices = [each.fen for each in basket]
        for cut in used(basket, promoted):
            weights = [price if cut.terms.covers(each) else 0 for each, price in zip(basket, prices, strict=True)]
            assert list(cut.by_line) == split(cut.fen, weights)
            assert cut.fen <= (cut.terms.most or cut.terms.fen or sum(weights))
            assert cut.terms.left is None or cut.fen <= cut.terms.left
            assert sum(weights) >= cut.terms.minimum
            prices = [price - off for price, off in zip(prices, cut.by_line, strict=True)]

    @whatever
    @given(baskets, promotions)
    def test_nobody_else_of_the_same_payer_would_save_more(self, basket, promoted):
        found = {cut.terms.seller: cut for cut in used(basket, promoted)}

        for each in promoted:
            if each.seller is not None:
                alone = used(basket, [each])
                assert not alone or alone[0].fen <= found[each.seller].fen
