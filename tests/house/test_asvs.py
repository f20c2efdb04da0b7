"""The table of the verification standard: complete, and every row with a test or a reason."""

import re
from collections import Counter

from tests.house.sources import ROOT

ROW = re.compile(r"^\| ([\d.–, ]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
OF_LEVELS_1_AND_2 = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
}
"""So many requirements each chapter has; those of chapter 17 are about something we have nothing of."""


def rows():
    return ROW.findall((ROOT / "docs/asvs.md").read_text(encoding="utf-8"))


def numbers_in(cell: str):
    for part in cell.split(", "):
        first, _, last = part.partition("–")
        chapter, section, number = map(int, first.split("."))
        end = int(last.split(".")[2]) if last else number
        yield from ((chapter, section, each) for each in range(number, end + 1))


def test_every_number_stands_there_once():
    numbers = [number for cell, _, _ in rows() for number in numbers_in(cell)]

    assert Counter(chapter for chapter, _, _ in numbers) == OF_LEVELS_1_AND_2
    assert len(numbers) == len(set(numbers))


def test_every_row_has_a_test_or_a_reason():
    assert [cell for cell, what, said in rows() if len(what) < 3 or len(said) < 5] == []
