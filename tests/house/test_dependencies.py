"""What others wrote and we install: pinned with hashes, and under licences that let everybody run and share this site."""

import re
from importlib.metadata import distribution

import pytest

from tests.house.sources import ROOT

FREE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General|Unlicense|Zlib|0BSD|CC0)\b",
    re.I,
)
"""Permissive ones, and those that ask only for changes to the part itself; used as they come, never copied into ours."""
STRICT = re.compile(r"(?<!L)GPL|Affero|proprietary|commercial", re.I)
UNSAID = {"axe-playwright-python": "MIT by the file in its repository; for tests only"}
FILES = ("requirements.txt", "requirements-store.txt", "requirements-dev.txt")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.M)


def pinned(file: str) -> dict[str, str]:
    """Name → the lines that pin it."""
    text = (ROOT / file).read_text(encoding="utf-8")
    starts = [(found[1], found.start()) for found in PIN.finditer(text)]
    ends = [start for _, start in starts[1:]] + [len(text)]
    return {name: text[start:end] for (name, start), end in zip(starts, ends, strict=True)}


def licence_of(name: str) -> str:
    facts = distribution(name).metadata
    classifiers = [text for text in facts.get_all("Classifier") or [] if text.startswith("License")]
    return "; ".join([facts.get("License-Expression") or "", *classifiers, (facts.get("License") or "")[:80]])


@pytest.mark.parametrize("file", FILES)
def test_everything_is_pinned_with_hashes(file):
    loose = [name for name, lines in pinned(file).items() if "--hash=sha256:" not in lines]
    words = [line for line in (ROOT / file).read_text().splitlines() if line[:1].isalnum() and "==" not in line]

    assert (loose, words) == ([], []) and len(pinned(file)) > 50


@pytest.mark.parametrize("file", FILES)
def test_nothing_comes_from_elsewhere(file):
    assert (
        re.findall(
            r"^(?:-e|-f|-i|--(?:extra-)?index-url|--find-links|git\+|https?:).*", (ROOT / file).read_text(), re.M
        )
        == []
    )


def test_the_lists_agree():
    """One machine may install any of them over another."""
    versions = [{name: PIN.match(lines)[2] for name, lines in pinned(file).items()} for file in FILES]

    assert versions[0].items() <= versions[1].items() <= versions[2].items()


def test_every_licence_is_free():
    names = {name for file in FILES for name, lines in pinned(file).items() if ";" not in lines.splitlines()[0]}
    odd = {
        name: licence_of(name) for name in names if not FREE.search(licence_of(name)) or STRICT.search(licence_of(name))
    }

    assert odd.keys() == UNSAID.keys(), odd
