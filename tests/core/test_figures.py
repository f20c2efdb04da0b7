"""Declared figures print what the source said, no more."""

from decimal import Decimal

import pytest
from django.utils import translation

from marketplace.core.figures import QualifiedFigure, Qualifier, Unit

CASES = [
    (120, Unit.TONNE, Qualifier.AT_LEAST, "120+ 吨", "120+ tonnes"),
    (1_000_000, Unit.YUAN, Qualifier.AT_LEAST, "100+ 万元", "1,000,000+ yuan"),
    (1000, Unit.PERSON, Qualifier.ABOUT, "近 1000 人", "nearly 1,000 people"),
    (963_000_000, Unit.YUAN, Qualifier.EXACT, "9.63 亿元", "963 million yuan"),
    (813_100, Unit.PERSON, Qualifier.EXACT, "81.31 万人", "813,100 people"),
    (30, Unit.HOUSEHOLD, Qualifier.AT_LEAST, "30+ 户", "30+ households"),
    (1, Unit.ORDER, Qualifier.EXACT, "1 单", "1 order"),
    (Decimal("50.0"), Unit.PERCENT, Qualifier.EXACT, "50%", "50%"),
    (None, Unit.PERSON, Qualifier.EXACT, "未知", "unknown"),
]


@pytest.mark.parametrize(("value", "unit", "qualifier", "chinese", "english"), CASES, ids=[case[3] for case in CASES])
def test_prints_in_both_languages(value, unit, qualifier, chinese, english):
    figure = QualifiedFigure(value, unit, qualifier)

    with translation.override("zh-hans"):
        assert str(figure) == chinese
    with translation.override("en"):
        assert str(figure) == english
