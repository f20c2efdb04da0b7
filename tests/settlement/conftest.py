"""Sellers who can be paid."""

import pytest
from django.utils import timezone

from marketplace.settlement.models import BankAccount


@pytest.fixture
def seller_with_account():
    """Gives a seller an account at a bank."""

    def give(seller):
        BankAccount.objects.create(
            seller=seller,
            holder="王样例",
            bank="示例银行讷河支行",
            number="6222000000000001",
            last_four="0001",
            added_at=timezone.now(),
        )
        return seller

    return give
