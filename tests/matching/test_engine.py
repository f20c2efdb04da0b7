"""The engine on odd questions: months round the year, no slots at all, and markets on candidate lists."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from bench.markets import market
from incubator.matching.engine.candidates import Prices, largest, most_added, possible_pairs
from incubator.matching.engine.feasibility import broken, codes, possible
from incubator.matching.engine.large import match_market
from incubator.matching.engine.market import Partner, Product, build
from incubator.matching.engine.match import Refused, Request, match
from incubator.matching.engine.scoring import V1

EVERYTHING = 10**6

RICE = Product(
    id="P1", name="大米", cooperative="C1", county="a", category="rice", certificates=frozenset(), volume=Decimal(50),
    months=frozenset(range(1, 13)), floor=Decimal(6), cold_chain=False, weak=False, slots=2,
)  # fmt: skip
BUYER = Partner(
    id="E1", name="电商", kind="company", outlets=("taobao",), categories=frozenset({"rice"}), regions=None,
    required=frozenset(), min_volume=Decimal(1), months=frozenset(range(1, 13)), price_from=Decimal(5),
    price_to=Decimal(20), commission=Decimal(5), cold_chain=False, reliability=None, slots=2,
)  # fmt: skip


def candidates(built, *, per_product=EVERYTHING, per_partner=EVERYTHING):
    """Lists of a market by score, when slots cost nothing yet."""
    return possible_pairs(built, V1).best(lambda block: block.score, per_product, per_partner)


def reasons(product, partner):
    market = build([product], [partner])
    return codes(int(broken(*market.pairs)[0, 0]))


class TestMonthsRoundTheYear:
    @pytest.mark.parametrize(
        ("ours", "theirs", "fits"),
        [
            ({11, 12, 1, 2}, {1, 2, 3}, True),
            ({11, 12, 1}, {12, 1}, True),
            ({11, 12}, {12, 1}, False),
            ({12, 1}, {6, 7}, False),
            (set(range(1, 13)), {12, 1}, True),
        ],
        ids=["January and February", "over New Year", "one month", "none", "all year"],
    )
    def test_have_two_in_common_or_not(self, ours, theirs, fits):
        found = reasons(replace(RICE, months=frozenset(ours)), replace(BUYER, months=frozenset(theirs)))

        assert found == ([] if fits else ["season"])


class TestNoSlots:
    def test_of_a_product_give_it_no_pair_and_an_answer(self):
        result = match(Request([replace(RICE, slots=0), replace(RICE, id="P2")], [BUYER]))

        assert result.pairs() == [("P2", "E1")] and result.answer.is_proved

    def test_anywhere_give_nobody_a_pair(self):
        result = match(Request([replace(RICE, slots=0)], [replace(BUYER, slots=0)]))

        assert result.pairs() == [] and result.objective == result.bound == 0

    def test_leave_no_room_for_a_pin(self):
        with pytest.raises(Refused) as refusal:
            match(Request([replace(RICE, slots=0)], [BUYER], pins=[("P1", "E1", "")]))

        assert refusal.value.kind == "overbooked"

    def test_are_no_candidates(self):
        listed = candidates(build([replace(RICE, slots=0)], [BUYER]))

        assert len(listed.product) == 0
        assert match_market(Request([replace(RICE, slots=0)], [BUYER])).pairs() == []


class TestCandidates:
    @pytest.mark.parametrize("seed", range(4))
    def test_long_enough_are_all_possible_pairs_with_their_scores(self, seed):
        built = build(*market(60, 40, seed))
        takes_part = (built.products.slots[:, None] > 0) & (built.partners.slots[None, :] > 0)

        listed = candidates(built)

        everything = np.nonzero(possible(*built.pairs) & takes_part)
        assert [listed.product.tolist(), listed.partner.tolist()] == [each.tolist() for each in everything]
        assert possible_pairs(built, V1).fits == len(listed.product)

    @pytest.mark.parametrize("seed", range(4))
    def test_hold_the_best_of_each_product_and_of_each_partner_in_a_category(self, seed):
        built = build(*market(80, 50, seed))
        full = candidates(built)
        short = set(zip(*(each.tolist() for each in candidates(built, per_product=3, per_partner=2)[:2]), strict=True))

        best = {}
        for i, j, score in sorted(zip(*full[:3], strict=True), key=lambda each: -each[2]):
            category = built.products.category[i]
            best.setdefault(("p", i), []).append((i, j, score))
            best.setdefault(("q", j, category), []).append((i, j, score))
        for key, pairs in best.items():
            most = 3 if key[0] == "p" else 2
            edge = pairs[:most][-1][2]
            assert all((int(i), int(j)) in short for i, j, score in pairs if score > edge)

    def test_come_in_slices_without_a_seam(self, monkeypatch):
        built = build(*market(120, 60, 5))
        whole = candidates(built, per_product=4, per_partner=3)
        monkeypatch.setattr("incubator.matching.engine.candidates.SLICE_PRODUCTS", 7)

        sliced = candidates(built, per_product=4, per_partner=3)

        assert all(np.array_equal(one, other) for one, other in zip(whole[:3], sliced[:3], strict=True))

    def test_of_the_first_round_hold_the_best_and_others_that_chance_chose(self):
        built = build(*market(60, 25, seed=4))
        everything = possible_pairs(built, V1)

        best, first = candidates(built, per_product=3, per_partner=3), everything.first_lists(3, 3)

        assert set(best.keys.tolist()) < set(first.keys.tolist()) and len(first.keys) < everything.fits
        assert first.keys.tolist() == everything.first_lists(3, 3).keys.tolist()

    def test_would_add_as_many_pairs_of_a_product_as_it_has_slots_the_best_first(self):
        built = build([RICE], [replace(BUYER, id=f"E{each}", price_to=Decimal(20 + each)) for each in range(4)])
        (block,) = possible_pairs(built, V1).blocks
        free = Prices(np.zeros(1, np.int64), np.array([0, 0, 0, 10**9]), 10**9)

        added = sorted(block.added(free).tolist())

        assert added[0] < 0 < added[1]
        assert most_added(block, free, built.products.slots) == added[-1] + added[-2]

    def test_pick_the_largest_of_each_row(self):
        assert sorted(largest(np.array([[3, 1, 2]]), 2)[0].tolist()) == [2, 3]


class TestAMarket:
    @pytest.mark.parametrize("seed", range(4))
    def test_on_full_lists_is_worth_what_a_fair_is(self, seed):
        sides = market(70, 45, seed)

        fair = match(Request(*sides))
        whole = match_market(Request(*sides), first=(EVERYTHING, EVERYTHING), rounds=1)

        assert whole.answer.objective == fair.answer.objective == whole.answer.bound
        assert whole.covered == fair.covered and whole.ceiling == whole.answer.bound

    @pytest.mark.parametrize("seed", range(3))
    def test_on_short_lists_says_at_most_how_much_it_gives_away(self, seed):
        sides = market(300, 90, seed)

        whole = match_market(Request(*sides), first=(EVERYTHING, EVERYTHING), rounds=1)
        one, short = (match_market(Request(*sides), first=(6, 4), later=(6, 4), rounds=n) for n in (1, 3))

        assert one.answer.objective < short.answer.objective <= whole.answer.objective <= short.ceiling
        assert whole.answer.objective <= one.ceiling and short.most_lost <= 0.01

    def test_with_fewer_slots_than_products_is_proved_within_one_per_cent(self):
        products, partners = market(300, 30, seed=5)
        few = [replace(partner, slots=5) for partner in partners]

        whole = match_market(Request(products, few), first=(EVERYTHING, EVERYTHING), rounds=1)
        short = match_market(Request(products, few), first=(3, 2), later=(6, 4))

        assert len(short.pairs()) < len(products) and short.most_lost <= 0.01
        assert short.answer.objective <= whole.answer.objective <= short.ceiling

    def test_comes_out_the_same_twice_whatever_the_order(self):
        products, partners = market(400, 120, 2)

        one = match_market(Request(products, partners))

        assert one.pairs() == match_market(Request(products[::-1], partners[::-1])).pairs() and one.answer.is_proved

    def test_keeps_pins_and_bans(self):
        products, partners = market(100, 40, 3)
        first, *_others = match_market(Request(products, partners)).pairs()
        other = next(q.id for q in partners if q.id != first[1] and q.slots)

        result = match_market(Request(products, partners, pins=[(first[0], other)], bans=[first]))

        assert (first[0], other) in result.pairs() and first not in result.pairs() and result.answer.is_proved

    def test_moves_few_when_the_busiest_partner_cancels(self):
        products, partners = market(600, 200, 4)
        before = set(match_market(Request(products, partners)).pairs())
        busiest = max(partners, key=lambda each: sum(pair[1] == each.id for pair in before))
        rest = [each for each in partners if each is not busiest]
        lost = sum(pair[1] == busiest.id for pair in before)

        anew = set(match_market(Request(products, rest)).pairs())
        kept = set(match_market(Request(products, rest, previous=sorted(before))).pairs())

        assert len(before - kept) - lost <= max(3, (len(before - anew) - lost) // 3)
