"""Chinese text as words an index can hold: every character and every pair of neighbours; Latin words stay whole.

No dictionary is needed, a new place or brand name is found at once, and one rule serves SQLite and PostgreSQL.
"""

import re
from itertools import pairwise

from pypinyin import Style, lazy_pinyin

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUNS = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+", re.UNICODE)
LONGEST_QUERY = 60
LONGEST_SPELLING = 4


def runs(text: str) -> list[str]:
    """Han runs and Latin or number words, in lower case; everything else separates them."""
    return RUNS.findall(text.lower())


def is_han(run: str) -> bool:
    return bool(re.match(f"[{HAN}]", run))


def pairs(run: str) -> list[str]:
    """大米 → 大米; 稻花香 → 稻花 花香; a single character is its own."""
    return ["".join(pair) for pair in pairwise(run)] or [run]


def for_index(text: str) -> str:
    """What to write into the index for a text: characters and pairs of Han runs, other words as they are."""
    words: list[str] = []
    for run in runs(text):
        words += [*run, *pairs(run)] if is_han(run) and len(run) > 1 else [run]
    return " ".join(words)


def for_query(text: str) -> list[str]:
    """The words that must all be found for what somebody typed; empty when nothing in it can be searched."""
    words: list[str] = []
    for run in runs(text[:LONGEST_QUERY]):
        words += pairs(run) if is_han(run) else [run]
    return list(dict.fromkeys(words))


def spellings(text: str) -> str:
    """Pinyin as people type it: every one to four neighbouring syllables written together, 大米 → da mi dami."""
    words: list[str] = []
    for run in filter(is_han, runs(text)):
        syllables = lazy_pinyin(run, style=Style.NORMAL)
        for length in range(1, LONGEST_SPELLING + 1):
            words += ["".join(syllables[at : at + length]) for at in range(len(syllables) - length + 1)]
    return " ".join(dict.fromkeys(words))
