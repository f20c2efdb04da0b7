"""What the documents point at is there."""

import re

import pytest

from tests.house.sources import ROOT

PATH = re.compile(r"`((?:marketplace|incubator|cms|templates|deploy|docs|tests|bench)/[\w./-]+\w)`")
DOCUMENTS = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_exists(document):
    named = set(PATH.findall(document.read_text(encoding="utf-8")))

    assert sorted(path for path in named if not (ROOT / path).exists()) == []
