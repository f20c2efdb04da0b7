"""Texts people typed."""

import pytest

from marketplace.core.text import mask_numbers


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("打我电话13800000001", "打我电话138****0001"),
        ("138 0000 0001 或 138-0000-0002", "138****0001 或 138****0002"),
        ("+86 13800000001", "138****0001"),
        ("１３８０００００００１", "138****0001"),
        ("1 3 8 0 0 0 0 0 0 0 1", "138****0001"),
        ("单号 73100000000017，订单 2611251380000001", "单号 73100000000017，订单 2611251380000001"),
        ("2026-11-25 买了 12 斤", "2026-11-25 买了 12 斤"),
        ("", ""),
    ],
)
def test_the_middle_of_a_mobile_number_is_hidden(typed, shown):
    assert mask_numbers(typed) == shown
