"""Sixty scripts in every free text of the database: no page writes one as it was typed.

The suite takes one round of texts; ``make sweep`` all of them.
"""

import re
from collections import Counter
from html.parser import HTMLParser

from tests.sweep.crawl import opened
from tests.sweep.hostile import SCRIPTS
from tests.sweep.texts import free_texts, spoil

TELLING = [script for script in SCRIPTS if "<" in script]
"""Those with a sign that a page has to write otherwise wherever it is; what breaks out of an attribute shows as a tag's."""
FOLLOWED = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcdoc"}
SCRIPT_ADDRESS = re.compile(r"^[\x00-\x20]*(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.I)


class Tags(HTMLParser):
    """Attributes that would run something."""

    def __init__(self, page: str):
        super().__init__()
        self.running: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if (name in FOLLOWED and SCRIPT_ADDRESS.match(value or "")) or (
                name.startswith("on") and "hit(" in (value or "")
            ):
                self.running.append(f"<{tag} {name}={value}")


def raw_scripts(page: str) -> list[str]:
    """Scripts the page holds as they were typed, and attributes that are scripts."""
    return [script for script in TELLING if script in page] + Tags(page).running


def test_no_page_writes_a_script_as_it_was_typed(lines, browsers, undone, whole, swept):
    wrong, shown, opened_pages = [], Counter(), 0
    rounds = len(SCRIPTS) if whole else 1
    for number in range(rounds):
        with undone():
            took, refused = spoil(number)
            for role, address in lines:
                if page := opened(browsers, role, address):
                    opened_pages += 1
                    shown[address] += "hit(" in page.html
                    wrong += [
                        (role, address, said) for said in raw_scripts(page.html) or ([page.broke] if page.broke else [])
                    ]

    columns = len(list(free_texts()))
    swept(
        f"{len(SCRIPTS)} scripts in {took} of {columns} columns ({refused} refused by the database), {rounds} rounds, {opened_pages} pages"
        f" opened, {sum(1 for count in shown.values() if count)} show them, {len(wrong)} as they were typed"
    )
    assert wrong == [] and took > 60 and sum(shown.values()) > 60 * rounds


def test_a_script_as_it_was_typed_is_found():
    """Otherwise the search above proves nothing."""
    assert len(set(SCRIPTS)) == 60
    assert all(raw_scripts(f"<p>{script}</p>") for script in TELLING) and len(TELLING) > 30
    assert raw_scripts('<p title="" onfocus=hit(32) autofocus="">')
    assert raw_scripts('<a href=" java\tscript:hit(1)">') and not raw_scripts('<a href="/javascript/">')
