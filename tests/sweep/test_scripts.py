"""Sixty scripts in every free text of the database: no page writes one as it was typed, and none runs in Chromium.

The suite takes a share (one round of texts; some of the pages in Chromium); ``make sweep`` all of them.
"""

import mimetypes
import re
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from tests.e2e.conftest import FLAGS
from tests.sweep.crawl import lines_of_the_table, opened
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


@pytest.fixture(scope="module")
def lines(world):
    """Everything is made before anything is spoilt."""
    return list(dict.fromkeys(lines_of_the_table(world)))


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


@dataclass
class Seen:
    """What a browser noticed on its way."""

    hits: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    foreign: list = field(default_factory=list)


class Chromium:
    """A browser in a thread of its own whose requests this thread answers by the site, so that nothing stays."""

    def __init__(self, browsers):
        self.browsers, self.role, self.seen = browsers, "anonymous", Seen()
        self.asked, self.answers = Queue(), Queue()

    def visit(self, pages: list[tuple[str, str]]) -> Seen:
        thread = Thread(target=self.go, args=[pages])
        thread.start()
        while thread.is_alive():
            with suppress(Empty):
                self.answers.put(self.browsers.ask(*self.asked.get(timeout=0.1)))
        return self.seen

    def go(self, pages) -> None:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            context = chromium.new_context(base_url="http://testserver", service_workers="block")
            context.expose_binding("hit", lambda source, number: self.seen.hits.append((source["page"].url, number)))
            context.route("**/*", self.answer)
            page = context.new_page()
            page.on("dialog", lambda dialog: (self.seen.hits.append((page.url, dialog.message)), dialog.dismiss()))
            page.on("console", lambda message: self.note(page.url, message.text))
            for self.role, address in pages:
                page.goto(address, wait_until="load", timeout=120_000)
            context.new_page().set_content("<img src=x onerror=hit(-1)>")  # one that has to be noticed
            page.wait_for_timeout(1000)
            chromium.close()

    def note(self, address: str, text: str) -> None:
        if "Content Security Policy" in text:
            self.seen.refused.append((address, text[:300]))

    def answer(self, route) -> None:
        parts = urlsplit(route.request.url)
        if parts.netloc != "testserver":
            self.seen.foreign.append(route.request.url)
            route.abort()
        elif parts.path.startswith("/static/"):
            found = finders.find(parts.path.removeprefix("/static/"))
            kind = mimetypes.guess_type(parts.path)[0] or "application/octet-stream"
            route.fulfill(
                status=200 if found else 404, content_type=kind, body=Path(found).read_bytes() if found else b""
            )
        else:
            self.asked.put((self.role, route.request.method, parts.path + (f"?{parts.query}" if parts.query else "")))
            answer = self.answers.get()
            headers = {name: str(value) for name, value in answer.headers.items()}
            route.fulfill(status=answer.status, headers=headers, body=answer.body)


@pytest.mark.e2e
class TestInChromium:
    EVERY, ROUNDS = 8, 6
    """The suite opens every eighth page once; the whole is every page in six rounds of texts."""

    def test_no_script_runs(self, lines, browsers, undone, whole, swept):
        pages = [line for line in lines if opened(browsers, *line)]
        asked = pages if whole else pages[:: self.EVERY]
        rounds = self.ROUNDS if whole else 1
        hits, refused, foreign = [], [], []
        for number in range(rounds):
            with undone():
                spoil(number * len(SCRIPTS) // rounds)
                seen = Chromium(browsers).visit(asked)
            assert seen.hits and seen.hits.pop()[1] == -1, "what runs is not noticed"
            hits, refused, foreign = hits + seen.hits, refused + seen.refused, foreign + seen.foreign

        told = f"{len(hits)} scripts ran, {len(refused)} were refused by the policy"
        swept(f"{len(asked)} pages in {rounds} rounds in Chromium: {told}")
        assert (hits, refused, [address for address in foreign if not address.startswith(("data:", "blob:"))]) == (
            [],
            [],
            [],
        )
