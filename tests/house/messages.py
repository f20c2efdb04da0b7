"""Every sentence our pages can say, and whether both languages have it.

``python -m tests.house.messages`` (make messages) brings the catalogues in step with the sources: new sentences are added
empty, those nobody says any more are dropped, entries are sorted and carry no locations, and both files are compiled.
"""

import ast
import gettext
import re
import sys
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tests.house.sources import ROOT, modules, scripts, templates

KEYWORDS: dict = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CATALOGUES = {"zh_Hans": ROOT / "locale/zh_Hans/LC_MESSAGES/django.po", "en": ROOT / "locale/en/LC_MESSAGES/django.po"}
OSCAR = Path(find_spec("oscar").origin).parent
TREES = Path(find_spec("treebeard").origin).parent / "forms.py"
"""The form of a category lets operators choose its place with these words."""
CALL = re.compile(r"\b(_|gettext|ngettext|pgettext|npgettext)\(")
LITERAL = re.compile(r"""\s*(u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))\s*(,|\))""", re.DOTALL)

Message = tuple[str | None, str, str | None]
"""Context, the sentence, its plural."""


def said_by_python(file: Path, method: str = "python") -> set[Message]:
    """The sentences of a module, or with ``javascript`` of a script."""
    found = extract(method, BytesIO(file.read_bytes()), keywords=KEYWORDS)
    return {as_message(words, context) for _line, words, _comments, context in found}


def as_message(words, context: str | None) -> Message:
    """Babel's tuples, whose context may stand in front, as ours."""
    parts = list(words) if isinstance(words, tuple) else [words]
    return (context, parts[0], parts[1] if len(parts) > 1 else None)


def said_by_template(file: Path) -> set[Message]:
    """The sentences of a template, as Django itself finds them."""
    text = templatize(file.read_text(encoding="utf-8"))
    return {message for call in CALL.finditer(text) if (message := read_call(call[1], text[call.end() :]))}


def read_call(name: str, rest: str) -> Message | None:
    """The message of one call in what Django made of a template; ``rest`` begins after the bracket."""
    words = []
    while literal := LITERAL.match(rest):
        words.append(ast.literal_eval(literal[1]))
        rest = rest[literal.end() :]
        if literal[2] == ")":
            break
    context = words.pop(0) if name.startswith(("p", "np")) and words else None
    return (context, words[0], words[1] if "n" in name.removesuffix("gettext") else None) if words else None


@cache
def ours() -> frozenset[Message]:
    """Every sentence of our templates, modules and scripts."""
    said: set[Message] = set()
    for file in modules():
        said |= said_by_python(ROOT / file)
    for file in scripts():
        said |= said_by_python(ROOT / file, "javascript")
    for file in templates():
        said |= said_by_template(ROOT / file)
    return frozenset(said)


@cache
def oscars() -> frozenset[Message]:
    """What the pages of Oscar that we serve can say: the operators' dashboard, and names and errors of models and forms."""
    said: set[Message] = set()
    for folder in (OSCAR / "templates/oscar/dashboard", OSCAR / "templates/oscar/partials"):
        for file in folder.rglob("*.html"):
            said |= said_by_template(file)
    for file in OSCAR.rglob("*.py"):
        if not {"migrations", "management", "sandbox"} & set(file.parts):
            said |= said_by_python(file)
    return frozenset(said | said_by_python(TREES))


def catalogue(language: str) -> Catalog:
    """Our catalogue of a language as it stands in the repository."""
    with CATALOGUES[language].open("rb") as file:
        return read_po(file, locale=language)


def compiled(language: str) -> dict:
    """What the compiled catalogue of a language answers, by the keys gettext uses."""
    with CATALOGUES[language].with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]


@cache
def oscars_chinese() -> frozenset:
    with (OSCAR / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        return frozenset(key(entry_message(entry)) for entry in read_po(file) if entry.id and is_translated(entry))


def key(message: Message) -> tuple[str | None, str]:
    """How gettext looks a message up: by context and singular."""
    return message[0], message[1]


def entry_message(entry) -> Message:
    """A catalogue's entry as a message."""
    singular, plural = entry.id if isinstance(entry.id, tuple) else (entry.id, None)
    return entry.context, singular, plural


def is_translated(entry) -> bool:
    """True if every form is there and no doubt is noted."""
    forms = entry.string if isinstance(entry.string, tuple) else (entry.string,)
    return all(forms) and not entry.fuzzy


def translated() -> set:
    """What our Chinese catalogue has."""
    return {key(entry_message(entry)) for entry in catalogue("zh_Hans") if entry.id and is_translated(entry)}


def missing() -> list[str]:
    """Sentences of ours without Chinese."""
    has = translated()
    return sorted(message[1] for message in ours() if key(message) not in has)


def missing_of_oscar() -> list[str]:
    """Sentences of Oscar's pages that neither Oscar's catalogue nor ours has in Chinese."""
    has = translated() | oscars_chinese()
    return sorted({message[1] for message in oscars() if message[1] and key(message) not in has})


def unsaid() -> list[str]:
    """Entries of the catalogues that neither we nor Oscar say."""
    said = {key(message) for message in ours() | oscars()}
    entries = [entry for language in CATALOGUES for entry in catalogue(language) if entry.id]
    return sorted({entry_message(entry)[1] for entry in entries if key(entry_message(entry)) not in said})


def update(language: str, *, complete: bool) -> None:
    """Write a catalogue anew: only what is said, sorted, without locations, and compiled beside it.

    With ``complete`` every sentence of ours gets an entry, empty until somebody translates it; without, the catalogue
    only corrects what another one says.
    """
    said = {key(message): message for message in oscars() | ours()}
    before = {key(entry_message(entry)): entry for entry in catalogue(language) if entry.id}
    wanted = set(before) & set(said) | ({key(message) for message in ours()} if complete else set())
    after = empty(language)
    for name in wanted:
        context, singular, plural = said[name]
        old = before.get(name)
        words = old.string if old else ""
        if plural and isinstance(words, str):
            words = (words,)
        after.add((singular, plural) if plural else singular, words, context=context)
    write(language, after)


def empty(language: str) -> Catalog:
    """A catalogue without entries whose head says nothing that changes from day to day."""
    day = datetime(2026, 1, 1, tzinfo=UTC)
    head = dict.fromkeys(("project", "last_translator", "language_team", "msgid_bugs_address"), "Yanxing")
    return Catalog(
        locale=language,
        header_comment="# Yanxing",
        creation_date=day,
        revision_date=day,
        version="1",
        fuzzy=False,
        **head,
    )


def write(language: str, words: Catalog) -> None:
    """The catalogue as a file that merges well, and compiled. Nothing in it depends on the day it is written."""
    with CATALOGUES[language].open("wb") as file:
        write_po(file, words, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    with CATALOGUES[language].with_suffix(".mo").open("wb") as file:
        write_mo(file, words)


if __name__ == "__main__":
    update("zh_Hans", complete=True)
    update("en", complete=False)
    for sentence in missing():
        sys.stdout.write(f"no Chinese yet: {sentence}\n")
