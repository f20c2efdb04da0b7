"""Templates: all used, every component in the gallery, nothing that the content policy or a bad network would break."""

import re

import pytest

from tests.house.sources import ROOT, modules, styles, templates

TAKEN_OVER = ("oscar/", "wagtail", "errors/", "404.html", "500.html")
"""Found by other people's names: Oscar's and Wagtail's pages we replace, and errors named by their number."""
SPELT_OUT = re.compile(r"""["']([\w{}./-]+\.(?:html|txt|xml))["']""")
COMPOSED = re.compile(r"\{[^}]*\}")
INCLUDED = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
MAIL = "emails/"


def name_of(template) -> str:
    """A template as code calls it: what stands after ``templates/``."""
    return str(template).partition("templates/")[2]


def text_of(file) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def named_anywhere() -> list[re.Pattern]:
    """Every template name in our sources; a name put together, ``f"errors/{name}.html"``, stands for all it could be."""
    names = {name for file in (*modules(), *templates()) for name in SPELT_OUT.findall(text_of(file))}
    return [re.compile(".+".join(map(re.escape, COMPOSED.split(name)))) for name in names]


def test_every_template_is_used():
    named = named_anywhere()
    names = [name_of(file) for file in templates() if not name_of(file).startswith(TAKEN_OVER)]

    assert [name for name in names if not any(pattern.fullmatch(name) for pattern in named)] == []


def test_every_component_stands_in_the_gallery():
    """In the gallery itself, in the frame around every page, or within a component that is shown."""
    shown, todo = set(), ["components/gallery.html", "base.html"]
    while todo:
        name = todo.pop()
        if name not in shown:
            shown.add(name)
            todo += [
                found
                for found in INCLUDED.findall(text_of(f"templates/{name}"))
                if (ROOT / "templates" / found).exists()
            ]
    components = {name_of(file) for file in templates() if name_of(file).startswith("components/")}

    assert components - shown == set(), "show them in templates/components/gallery.html with made-up data"


@pytest.mark.parametrize(
    "template", [file for file in templates() if not name_of(file).startswith(("oscar/dashboard", "wagtail"))], ids=str
)
class TestATemplate:
    def test_holds_no_script_of_its_own(self, template):
        tags = re.findall(r"<script[^>]*>", text_of(template))

        assert [tag for tag in tags if "src=" not in tag and "json" not in tag] == []
        assert not re.search(r"\son[a-z]+=[\"']|javascript:", text_of(template))

    def test_holds_no_style_of_its_own(self, template):
        mail = name_of(template).startswith(MAIL)  # mail readers know no style sheets

        assert mail or not re.search(r"<style|\sstyle=", text_of(template))

    def test_asks_no_other_host(self, template):
        asked = re.findall(
            r"(?:src|srcset|poster|action)=[\"'](?:https?:)?//[^\"']*|<link[^>]*href=[\"'](?:https?:)?//",
            text_of(template),
        )

        assert asked == []


@pytest.mark.parametrize("style", styles(), ids=str)
def test_a_style_sheet_asks_no_other_host(style):
    assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", text_of(style))
