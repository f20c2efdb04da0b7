"""A real browser against a real server: Debian's Chromium, a phone of 360 px, no other host."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the tests' thread
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser, live_server):
    """A page on a phone; the test fails if it asks another host or breaks the content policy."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, locale="zh-CN", base_url=live_server.url
    )
    page = context.new_page()
    foreign, refused = [], []
    page.on("request", lambda request: foreign.append(request.url) if not here(request.url, live_server) else None)
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert foreign == []
    assert [text for text in refused if "Content Security Policy" in text] == []


def here(url: str, live_server) -> bool:
    return url.startswith((live_server.url, "data:", "blob:"))
