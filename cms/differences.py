"""What changed from one version of a text to the next, paragraph by paragraph."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

ENDS = re.compile(r"</(?:p|li|h2|h3|blockquote)>|<br\s*/?>|<hr\s*/?>")
TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Change:
    """A paragraph that is ``same``, ``new`` or ``gone``."""

    kind: str
    text: str


def paragraphs(html: str) -> list[str]:
    """The text of each paragraph, without its formatting."""
    found = (unescape(TAGS.sub("", part)).strip() for part in ENDS.split(html))
    return [text for text in found if text]


def differences(before: str, after: str) -> list[Change]:
    """Both texts in one: what is gone stands before what took its place."""
    old, new = paragraphs(before), paragraphs(after)
    changes: list[Change] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes += [Change("same", text) for text in old[start:end]]
            continue
        changes += [Change("gone", text) for text in old[start:end]]
        changes += [Change("new", text) for text in new[new_start:new_end]]
    return changes
