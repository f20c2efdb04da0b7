"""Every amount from 1 to 100,000 fen over 1 to 7 parties: nothing is lost, nothing is made."""

import pytest

from marketplace.core.money import split

WEIGHTS = [3, 11980, 1, 5280, 3990, 1, 7]


@pytest.mark.parametrize("parties", range(1, 8))
def test_loses_no_fen(parties):
    equal, uneven = [1] * parties, WEIGHTS[:parties]

    lost = [fen for fen in range(1, 100_001) if sum(split(fen, equal)) != fen or sum(split(fen, uneven)) != fen]

    assert lost == []
