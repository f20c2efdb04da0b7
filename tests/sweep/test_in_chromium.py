"""Scripts in every free text of the database: none runs in Chromium.

The suite opens some of the pages once; ``make sweep`` all of them, with several rounds of texts.
"""

import mimetypes
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from tests.e2e.conftest import FLAGS
from tests.sweep.crawl import opened
from tests.sweep.hostile import SCRIPTS
from tests.sweep.texts import spoil


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
