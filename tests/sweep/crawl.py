"""Every page of the site, reached from the table of addresses and by the links between pages, and the forms on them."""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.urls import reverse

from tests.house.access_table import ACCESS, PREFIXES, Rule
from tests.house.addresses import all_addresses
from tests.house.world import ROLES

NOT_FOLLOWED = re.compile(r"^/(static|media|cms/(images|documents)/\d+/file)|\.(webp|png|pdf|xlsx|csv|xml|txt)$")
NOT_OPENED = re.compile(r"logout|failwhale")
"""Wagtail's way out, and its page that breaks on purpose."""
NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
MOST_VARIANTS = 2
"""Pages that differ by a number only are alike; so many of each kind are opened."""


@dataclass
class Page:
    role: str
    address: str
    html: str
    broke: str = ""


@dataclass
class Form:
    """A form on a page: where it goes and what it asks for. A field is (name, type, values to choose from)."""

    role: str
    page: str
    action: str
    method: str
    fields: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def shape(self):
        path = NUMBERS.sub("0", urlsplit(self.action).path)
        return self.role, self.method, path, tuple(sorted({NUMBERS.sub("0", name) for name, _, _ in self.fields}))


def who_opens(rule: Rule) -> list[str]:
    """Somebody signed in where all may; else the least of those who may."""
    return ["buyer"] if "buyer" in rule.may else [role for role in ROLES if role in rule.may][:1]


def lines_of_the_table(world):
    """(role, address) of everything that answers to GET."""
    for name, rule in ACCESS.items():
        if rule.method == "get":
            address = rule.address(world) if rule.address else reverse(name)
            yield from ((role, address) for role in who_opens(rule))


def rooms():
    """(role, address) of what is Oscar's and Wagtail's."""
    for address in all_addresses():
        if address.takes_nothing and address.route.startswith(tuple(PREFIXES)) and not NOT_OPENED.search(address.route):
            yield "operator", f"/{address.route}"


def opened(browsers, role: str, address: str) -> Page | None:
    """The page, if that is what is answered; broken ones say how."""
    answer = browsers.ask(role, "GET", address)
    is_page = answer.status == 200 and answer.is_page
    return Page(role, address, answer.text, answer.broke) if is_page or answer.broke else None


def pages_of_the_table(world, browsers) -> list[Page]:
    asked = dict.fromkeys(lines_of_the_table(world))
    return [page for role, address in asked if (page := opened(browsers, role, address))]


def all_pages(world, browsers) -> list[Page]:
    """Walk from the table and the rooms over links; each kind of address a few times per role."""
    first = [*lines_of_the_table(world), *rooms()]
    visitors = [("anonymous", address) for role, address in first if role == "buyer"]
    waiting, asked, found, kinds = [*first, *visitors], set(), [], Counter()
    while waiting:
        role, address = waiting.pop(0)
        kind = (role, NUMBERS.sub("0", re.sub(r"=[^&]*", "=", address)))
        if (role, address) in asked or kinds[kind] >= MOST_VARIANTS:
            continue
        asked.add((role, address))
        kinds[kind] += 1
        if page := opened(browsers, role, address):
            found.append(page)
            waiting += [(role, link) for link in links(address, page.html)]
    return found


def links(address: str, html: str):
    """Links to pages of ours, without their fragments."""
    for href in re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', html):
        parts = urlsplit(urljoin(f"http://testserver{address}", href.replace("&amp;", "&")))
        is_ours = parts.scheme == "http" and parts.netloc == "testserver"
        if is_ours and not parts.path.startswith("/en/") and not NOT_FOLLOWED.search(parts.path):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def forms_of(page: Page):
    soup = BeautifulSoup(page.html, "html.parser")
    for tag in soup.find_all("form"):
        action = urljoin(f"http://testserver{page.address}", tag.get("action") or "")
        parts = urlsplit(action)
        if parts.netloc == "testserver":
            inside = tag.find_all(["input", "select", "textarea", "button"])
            outside = soup.find_all(attrs={"form": tag["id"]}) if tag.get("id") else []
            yield Form(
                page.role, page.address, parts.path + (f"?{parts.query}" if parts.query else ""),
                (tag.get("method") or "get").upper(), [made for box in [*inside, *outside] if (made := field_of(box))],
            )  # fmt: skip


def field_of(box):
    name, kind = box.get("name"), box.get("type", "text") if box.name == "input" else box.name
    if not name or name == "csrfmiddlewaretoken":
        return None
    if box.name == "select":
        return name, "select", tuple(option.get("value", option.text) for option in box.find_all("option"))
    value = box.text if box.name == "textarea" else box.get("value", "on" if kind == "checkbox" else "")
    return name, kind, (value,)


def all_forms(pages) -> list[Form]:
    """Each shape of form once; addresses that only take posts and whose form no page shows come with no fields."""
    shapes: dict[tuple, Form] = {}
    for page in pages:
        for form in forms_of(page):
            shapes.setdefault(form.shape, form)
    return list(shapes.values())


def bare_posts(world) -> list[Form]:
    """Addresses that only take posts, as the table knows them."""
    return [
        Form(role, "", rule.address(world) if rule.address else reverse(name), "POST")
        for name, rule in ACCESS.items()
        if rule.method == "post"
        for role in who_opens(rule)
    ]
