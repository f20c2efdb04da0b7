"""Templates: all used, every component in the gallery, nothing that the content policy or a bad network would break."""

import re

from tests.house.sources import ROOT, modules, styles, templates

TAKEN_OVER = ("oscar/", "django/", "wagtail", "errors/", "404.html", "500.html")
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


DRAWN_BY_TAGS = {"{% price_line ": "components/price.html"}


def test_every_component_stands_in_the_gallery():
    """In the gallery itself, in the frame around every page, or within a component that is shown."""
    shown, todo = set(), ["components/gallery.html", "base.html"]
    while todo:
        name = todo.pop()
        if name not in shown:
            shown.add(name)
            text = text_of(f"templates/{name}")
            todo += [found for found in INCLUDED.findall(text) if (ROOT / "templates" / found).exists()]
            todo += [drawn for tag, drawn in DRAWN_BY_TAGS.items() if tag in text]
    components = {name_of(file) for file in templates() if name_of(file).startswith("components/")}

    assert components - shown == set(), "show them in templates/components/gallery.html with made-up data"


PAGES = [file for file in templates() if not name_of(file).startswith(("oscar/dashboard", "wagtail"))]
SCRIPT_OF_ITS_OWN = re.compile(r"<script(?![^>]*(?:src=|json))[^>]*>|\son[a-z]+=[\"']|javascript:")
STYLE_OF_ITS_OWN = re.compile(r"<style|\sstyle=")
ANOTHER_HOST = re.compile(r"(?:src|srcset|poster|action)=[\"'](?:https?:)?//|<link[^>]*href=[\"'](?:https?:)?//")
FROM_ANOTHER_HOST = re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//")


def holding(pattern: re.Pattern, files) -> dict[str, list[str]]:
    """Which files hold it, and what each of them holds."""
    found = {str(file): [match.group() for match in pattern.finditer(text_of(file))] for file in files}
    return {file: parts for file, parts in found.items() if parts}


def test_no_template_holds_a_script_of_its_own():
    assert holding(SCRIPT_OF_ITS_OWN, PAGES) == {}


def test_no_template_but_mails_holds_a_style_of_its_own():
    """Mail readers know no style sheets."""
    assert holding(STYLE_OF_ITS_OWN, [file for file in PAGES if not name_of(file).startswith(MAIL)]) == {}


def test_no_template_asks_another_host():
    assert holding(ANOTHER_HOST, PAGES) == {}


def test_no_style_sheet_asks_another_host():
    assert holding(FROM_ANOTHER_HOST, styles()) == {}
