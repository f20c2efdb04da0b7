"""What every page and every post has in common: headers, cookies, tokens against forgery, and ways that lead nowhere else."""

import re
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.core import policy
from tests.house.access_table import ACCESS
from tests.sweep.crawl import bare_posts

NO_TOKEN_NEEDED = {"stripe-webhook", "text-size"}
"""News are signed; of the size of text nothing depends."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")|\son[a-z]+=\"|\sstyle=\"|href=\"javascript:",
    re.I,
)


def of_ours(address: str) -> bool:
    return not address.startswith(policy.STAFF_PATHS)


@pytest.fixture(scope="module")
def answers(browsers, pages):
    return {(page.role, page.address): browsers.ask(page.role, "GET", page.address) for page in pages}


class TestEveryPage:
    def test_carries_the_headers(self, answers, swept):
        bare = {
            (place, name): answer.headers.get(name)
            for place, answer in answers.items()
            for name, value in HEADERS.items()
            if answer.headers.get(name, "").lower() != value.lower()
        }

        swept(f"{len(answers)} pages × {len(HEADERS) + 1} headers")
        assert bare == {}

    def test_has_the_policy_of_its_part_of_the_site(self, answers):
        wrong = {
            place
            for place, answer in answers.items()
            if answer.headers["Content-Security-Policy"] != (policy.strict() if of_ours(place[1]) else policy.STAFF)
        }

        assert wrong == set()

    def test_of_ours_has_no_inline_script_or_style_that_the_policy_would_refuse(self, pages):
        found = {
            page.address: INLINE.findall(page.html)
            for page in pages
            if of_ours(page.address) and INLINE.search(page.html)
        }

        assert found == {}

    def test_of_somebody_signed_in_is_kept_by_no_shared_cache(self, answers):
        kept = [
            place
            for place, answer in answers.items()
            if place[0] != "anonymous" and "public" in answer.headers.get("Cache-Control", "")
        ]

        assert kept == []

    def test_sets_cookies_for_this_host_that_other_sites_do_not_send(self, answers):
        loose = {
            (place, name)
            for place, answer in answers.items()
            for name, cookie in answer.cookies.items()
            if cookie["samesite"] != "Lax" or cookie["domain"] or (name == "sessionid" and not cookie["httponly"])
        }

        assert loose == set()


@contextmanager
def asked_for_tokens(browsers):
    """Django's test client lets posts without a token pass otherwise."""
    for client in browsers.clients.values():
        client.handler.enforce_csrf_checks = True
    yield
    for client in browsers.clients.values():
        client.handler.enforce_csrf_checks = False


class TestEveryPost:
    def test_without_a_token_is_refused(self, world, browsers, swept):
        with asked_for_tokens(browsers):
            answers = {
                form.action: browsers.ask(form.role, "POST", form.action, b"a=1", content_type=FORM).status
                for form in bare_posts(world)
            }

        let_in = {action for action, status in answers.items() if status != 403}
        swept(f"{len(answers)} posts without a token, {len(let_in)} let in")
        assert let_in == {reverse(name) for name in NO_TOKEN_NEEDED}

    def test_to_a_page_without_a_token_is_refused(self, browsers, pages, swept):
        """Addresses that show a form and take it: the token is looked at before anything else."""
        with asked_for_tokens(browsers):
            answers = {
                page.address: browsers.ask(page.role, "POST", page.address, b"a=1", content_type=FORM).status
                for page in pages
            }

        swept(f"{len(answers)} pages sent to without a token")
        assert {address: status for address, status in answers.items() if status not in {403, 405}} == {}


FORM = "application/x-www-form-urlencoded"


def encoded(values: dict) -> bytes:
    return urlencode(values).encode()


def safe_header(value: str) -> str:
    """What a client can put into a header at all."""
    return re.sub(r"[^\x20-\x7e]", "", value)


ELSEWHERE = (
    "http://evil.example/", "https://evil.example", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example",
    "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "http:evil.example", "https:/evil.example", "http:///evil.example",
    "http:\\\\evil.example", "HTTP://EVIL.EXAMPLE", " http://evil.example", "\thttp://evil.example", "\nhttp://evil.example",
    "\x00http://evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "ht\ntp://evil.example",
    "http://testserver@evil.example/", "http://testserver:x@evil.example/", "http://evil.example\\@testserver/", "http://evil.example#testserver",
    "http://evil.example?testserver", "http://testserver.evil.example/", "http://eviltestserver/", "http://testserver%2eevil.example/",
    "http://testserver%00.evil.example", "ftp://testserver/", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
    "data:text/html,x", "vbscript:x", "mailto:x@evil.example", "tel:1", "file:///etc/passwd", "http://[evil.example/", "http://[::1]/",
    "http://2130706433/", "http://0x7f.1/", "http://testserver:81/", "//testserver:81/", "http://ｅｖｉｌ.example/", "//ｅvil。example",
    "/sign-in/?next=//evil.example\r\nLocation: http://evil.example", "http://evil.example/\r\nSet-Cookie: a=b",
)  # fmt: skip
"""Fifty ways to write an address that is not ours, or that a browser would read as one that is not."""


def leads_away(target: str) -> bool:
    """As a browser reads it: slashes either way, no control characters; only our host and plain paths stay here."""
    read = re.sub(r"[\t\r\n]", "", target).strip("\x00 ").replace("\\", "/")
    if read.startswith(("http://testserver/", "http://testserver?")) or read in {"", "http://testserver"}:
        return False
    return read.startswith("//") or bool(re.match(r"[a-z][a-z0-9+.-]*:", read, re.I))


class TestAWayBack:
    """Every place that goes where the request says."""

    @pytest.mark.parametrize(
        "name", ["text-size", "set_language", "accounts:sign-in", "basket:add", "basket:province", "customer:favourite"]
    )
    def test_never_leads_to_another_host(self, name, world, browsers, swept):
        rule, away = ACCESS[name], []
        address = rule.address(world) if rule.address else reverse(name)
        for target in ELSEWHERE:
            sent = {"next": target, "size": "large", "language": "en", "username": "13800000001", "name": "13800000001",
                    "password": "yanxing-demo", "province": "23", "product": world.goods.pk, "pack": world.goods.pk, "quantity": 1}  # fmt: skip
            role = "anonymous" if name == "accounts:sign-in" else "buyer"
            for answer in (
                browsers.ask(role, "POST", address, encoded(sent), content_type=FORM, HTTP_REFERER=safe_header(target)),
                browsers.ask(role, "GET", f"{address}?{encoded({'next': target}).decode()}"),
            ):
                if answer.broke or leads_away(answer.headers.get("Location", "")):
                    away.append((target, answer.status, answer.headers.get("Location"), answer.broke))

        swept(f"{len(ELSEWHERE)} ways to lead away tried on {name}, {len(away)} worked")
        assert away == []

    def test_is_really_asked_for(self, world):
        """A way back of ours is taken, or the tests above prove nothing."""
        told = Client().post(reverse("text-size"), {"size": "large", "next": "/about/"})
        came = Client().post(
            reverse("accounts:sign-in") + "?next=/account/orders/",
            {"name": "13800000001", "password": "yanxing-demo", "next": "/account/orders/"},
        )

        assert told.url == "/about/" and came.url == "/account/orders/"
        assert len(set(ELSEWHERE)) == 50 and all(leads_away(target) for target in ELSEWHERE[:4])
