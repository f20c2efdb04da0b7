"""Texts people typed."""

import pytest
from django.utils import translation

from marketplace.core.text import mask_numbers, pack_words


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


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("5kg/袋", "5kg bag"),
        ("250g/罐", "250g jar"),
        ("2.5kg/箱(12枚)", "2.5kg box (12 pieces)"),
        ("5kg/箱(12-15枚)", "5kg box (12-15 pieces)"),
        ("2个约5kg/箱", "2 pieces, about 5kg box"),
        ("1个/盒", "1 piece pack"),
        ("一提四瓶", "一提四瓶"),
        ("", ""),
    ],
)
def test_a_pack_is_said_in_english_to_whoever_reads_english(typed, said):
    with translation.override("en"):
        assert pack_words(typed) == said
    assert pack_words(typed) == typed
