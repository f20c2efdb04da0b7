"""How Chinese becomes words of an index."""

import pytest

from marketplace.search import words


@pytest.mark.parametrize(
    ("text", "indexed"),
    [
        ("大米", "大 米 大米"),
        ("稻花香 5kg", "稻 花 香 稻花 花香 5kg"),
        ("米", "米"),
        ("Daohuaxiang RICE", "daohuaxiang rice"),
        ("", ""),
    ],
)
def test_texts_are_split_into_characters_and_pairs(text, indexed):
    assert words.for_index(text) == indexed


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("大米", ["大米"]),
        ("齐齐哈尔大米", ["齐齐", "齐哈", "哈尔", "尔大", "大米"]),
        ("黑龙江 大米", ["黑龙", "龙江", "大米"]),
        ("米", ["米"]),
        ('大米" OR *:^-', ["大米", "or"]),
        ("！？", []),
    ],
)
def test_queries_are_split_into_pairs(typed, wanted):
    assert words.for_query(typed) == wanted


def test_spellings_are_written_together():
    assert words.spellings("黄小米 2kg") == "huang xiao mi huangxiao xiaomi huangxiaomi"
