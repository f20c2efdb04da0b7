"""Whenever everybody can be covered, everybody is: on many made-up fairs of which we know that it can be done."""

import random
from decimal import Decimal

import pytest

from incubator.matching.engine.market import Partner, Product
from incubator.matching.engine.match import Request, match

FAIRS, PRODUCTS, PARTNERS = 50, 24, 18
CATEGORIES = ("grain_oil", "mushroom", "vegetable", "sauce", "nut")


def coverable(seed):
    """A fair built around a cover: product i and partner i (mod) fit each other by construction, everything else is chance."""
    dice = random.Random(seed)
    partners = [dice.choice(CATEGORIES) for _number in range(PARTNERS)]
    products = [partners[number % PARTNERS] for number in range(PRODUCTS)]
    return (
        [made_product(dice, number, category) for number, category in enumerate(products)],
        [made_partner(dice, number, category) for number, category in enumerate(partners)],
    )


def made_product(dice, number, category):
    return Product(
        id=f"P{number:02}", name="产品", cooperative=f"C{number % 9}", county=dice.choice("abc"), category=category,
        certificates=frozenset(dice.sample(["green", "organic"], dice.randint(0, 2))), volume=Decimal(dice.randint(5, 90)),
        months=frozenset(range(1, 13)), floor=Decimal(dice.randint(2, 9)), cold_chain=False, weak=dice.random() < 0.3,
        slots=dice.randint(1, 2),
    )  # fmt: skip


def made_partner(dice, number, category):
    return Partner(
        id=f"E{number:02}", name="电商", kind="company", outlets=("taobao",) * dice.randint(1, 3),
        categories=frozenset({category, *dice.sample(CATEGORIES, dice.randint(0, 2))}), regions=None, required=frozenset(),
        min_volume=Decimal(dice.randint(0, 4)), months=frozenset(range(1, 13)), price_from=Decimal(5),
        price_to=Decimal(dice.randint(15, 40)), commission=Decimal(dice.randint(0, 12)), cold_chain=dice.random() < 0.5,
        reliability=dice.choice([None, 3.0, 4.5]), slots=dice.randint(2, 3),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(FAIRS))
def test_nobody_goes_home_without_a_meeting_where_that_can_be(seed):
    products, partners = coverable(seed)

    result = match(Request(products, partners))

    assert result.covered == (PRODUCTS, PARTNERS)
    assert result.answer.objective == result.answer.bound
    shuffled = match(Request(products[::-1], partners[::-1]))
    assert shuffled.pairs() == result.pairs()
