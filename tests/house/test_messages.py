"""Both languages are complete, on our pages and on those of Oscar that operators see."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from tests.house import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|\{\w+\}")


def entries(language):
    return [entry for entry in messages.catalogue(language) if entry.id]


def forms(words) -> tuple[str, ...]:
    return words if isinstance(words, tuple) else (words,)


def test_every_sentence_of_ours_has_its_chinese():
    assert messages.missing() == []


def test_every_sentence_of_oscars_pages_has_its_chinese():
    assert messages.missing_of_oscar() == []


def test_no_entry_is_said_by_nobody():
    assert messages.unsaid() == [], "make messages drops them"


@pytest.mark.parametrize("language", messages.CATALOGUES)
class TestACatalogue:
    def test_has_no_doubtful_entry(self, language):
        assert [entry.id for entry in entries(language) if entry.fuzzy] == []

    def test_keeps_the_names_of_what_is_filled_in(self, language):
        wrong = []
        for entry in entries(language):
            known = set(PLACEHOLDER.findall(" ".join(forms(entry.id))))
            wrong += [words for words in forms(entry.string) if not set(PLACEHOLDER.findall(words)) <= known]

        assert wrong == []

    def test_is_compiled_as_it_stands(self, language):
        compiled = messages.compiled(language)
        expected = {}
        for entry in entries(language):
            name = f"{entry.context}\x04{forms(entry.id)[0]}" if entry.context else forms(entry.id)[0]
            for number, words in enumerate(forms(entry.string)):
                expected[(name, number) if isinstance(entry.id, tuple) else name] = words

        assert {name: words for name, words in compiled.items() if name} == expected

    def test_is_sorted_and_names_no_places(self, language):
        names = [forms(entry.id) for entry in entries(language)]

        assert names == sorted(names)
        assert not any(entry.locations for entry in entries(language))


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("zh-hans", "供应商|供货商|合作伙伴|购物篮|登陆|　"),
        ("en", "(?i)\\bcarts?\\b|\\bcoupon|\\bsupplier|\\bpartner\\b|\\bpartners\\b"),
    ],
)
def test_oscars_pages_speak_with_our_words(language, wrong):
    with translation.override(language):
        said = {message[1]: gettext(message[1]) for message in messages.oscars() if message[1]}

    assert {source: words for source, words in said.items() if re.search(wrong, words)} == {}


def test_english_pages_say_what_their_sources_say():
    """Oscar's American catalogue must not put other words into our mouths."""
    corrected = {messages.key(messages.entry_message(entry)) for entry in entries("en")}
    with translation.override("en"):
        changed = [m[1] for m in messages.ours() if not m[0] and not m[2] and gettext(m[1]) != m[1]]

    assert [sentence for sentence in changed if (None, sentence) not in corrected] == []
