"""Made-up fairs and markets, the same for the same seed: categories by a power law, volumes log-normal, three in ten weak."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from incubator.matching.engine.market import Partner, Product

SCHEMES = ("green", "organic", "gi", "haccp")
OUTLETS = ("taobao", "pinduoduo", "douyin", "wechat")
YEAR = list(range(1, 13))


def months(dice, least: int) -> frozenset[int]:
    """A stretch of months that may wrap the year."""
    first, length = int(dice.integers(0, 12)), int(dice.integers(least, 13))
    return frozenset(YEAR[(first + each) % 12] for each in range(length))


def market(products: int, partners: int, seed: int = 1) -> tuple[list[Product], list[Partner]]:
    """A market of this size."""
    dice = np.random.default_rng(seed)
    kinds = max(3, min(60, products // 150))
    share = 1 / np.arange(1, kinds + 1) ** 0.8
    share /= share.sum()
    return (
        [product(dice, number, kinds, share) for number in range(products)],
        [partner(dice, number, kinds, share) for number in range(partners)],
    )


def product(dice, number: int, kinds: int, share) -> Product:
    weak = bool(dice.random() < 0.3)
    volume = float(np.exp(dice.normal(3.2, 0.8))) * (0.4 if weak else 1)
    return Product(
        id=f"P{number:06}",
        name="产品",
        cooperative=f"C{number // 3}",
        county=f"c{dice.integers(0, 16)}",
        category=f"k{dice.choice(kinds, p=share)}",
        certificates=frozenset(each for each in SCHEMES if dice.random() < (0.25 if weak else 0.4)),
        volume=Decimal(round(max(volume, 1.0) * 10)) / 10,
        months=months(dice, 4),
        floor=Decimal(int(dice.integers(20, 120))) / 10,
        cold_chain=bool(dice.random() < 0.2),
        weak=weak,
        slots=int(dice.integers(1, 4)),
        readiness=float(round(dice.beta(2, 3) if weak else dice.beta(4, 2), 3)),
    )


def partner(dice, number: int, kinds: int, share) -> Partner:
    top = Decimal(int(dice.integers(60, 300))) / 10
    anywhere = dice.random() < 0.6
    return Partner(
        id=f"E{number:06}",
        name="电商",
        kind="company",
        outlets=tuple(dice.choice(OUTLETS, int(dice.integers(1, 4)), replace=False)),
        categories=frozenset(f"k{each}" for each in dice.choice(kinds, min(kinds, int(dice.integers(1, 5))), p=share)),
        regions=None if anywhere else frozenset(f"c{each}" for each in dice.choice(16, 6, replace=False)),
        required=frozenset(each for each in SCHEMES if dice.random() < 0.1),
        min_volume=Decimal(int(dice.integers(0, 12))),
        months=months(dice, 6),
        price_from=top / 2,
        price_to=top,
        commission=Decimal(int(dice.integers(0, 16))),
        cold_chain=bool(dice.random() < 0.5),
        reliability=None if dice.random() < 0.2 else float(round(dice.uniform(1, 5), 1)),
        slots=int(dice.integers(4, 30)) if number % 5 == 0 else int(dice.integers(2, 12)),
    )
