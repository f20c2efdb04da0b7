"""Sellers who can be paid."""

import pytest

from tests import money


@pytest.fixture
def seller_with_account():
    """Gives a seller an account at a bank."""
    return money.give_account
