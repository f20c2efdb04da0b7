"""Every public page in both languages, and no word of the other one in it."""

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.urls import reverse

from tests.house import messages
from tests.house.access_table import ACCESS, PUBLIC

PAGES = [name for name, rule in ACCESS.items() if rule.may == PUBLIC.may and rule.method == "get"]
HAN = re.compile("[\u4e00-\u9fff]")
NAMES = {"简体中文", "中文", "Yanxing", "English", "people"}
"""Words that are the same in both; the last is the name of an icon in the gallery."""


def address_of(name: str, world, language: str) -> str:
    rule = ACCESS[name]
    address = rule.address(world) if rule.address else reverse(name)
    return address if language == "zh" else f"/en{address}"


def texts(page) -> set[str]:
    """What a reader sees or hears: text, labels, placeholders, alternatives."""
    soup = BeautifulSoup(page, "html.parser")
    spoken = [tag.get(name) for tag in soup.find_all() for name in ("alt", "title", "placeholder", "aria-label")]
    shown = [text for text in soup.find_all(string=True) if text.parent.name not in {"script", "style"}]
    return {text.strip() for text in (*spoken, *shown) if text and text.strip()} - NAMES


@cache
def other_words(language: str) -> set[str]:
    """Sentences of ours in the other language."""
    entries = [(e.id, e.string) for e in messages.catalogue("zh_Hans") if isinstance(e.id, str) and e.id != e.string]
    if language == "en":
        return {chinese for _english, chinese in entries if HAN.search(chinese)}
    return {english for english, chinese in entries if HAN.search(chinese)}


def opened(client, address: str):
    """The page at the end of all ways onward; nothing is left behind."""
    with transaction.atomic():
        answer = client.get(address, follow=True)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_speaks_one_language(name, language, client, world):
    answer = opened(client, address_of(name, world, language))
    if language == "en" and answer.status_code == 404:
        answer = opened(client, address_of(name, world, "zh"))  # one address for both: /healthz, /robots.txt

    assert answer.status_code in {200, 410}  # a link that no longer leads anywhere says so on a page
    if answer.headers["Content-Type"].startswith("text/html"):
        page = answer.content.decode()
        assert f'lang="{ {"zh": "zh-Hans", "en": "en"}[language] }"' in page
        assert texts(page) & other_words(language) == set()
