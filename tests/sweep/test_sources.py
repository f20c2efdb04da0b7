"""Rules of our own for our own code: what may not stand in it, or only where somebody looked at it and said why."""

import ast
import re
import subprocess
import sys

import pytest

from tests.house.sources import ROOT, modules

TRUSTED_TEXT = {
    "cms/templatetags/pages.py": "cleaned by an allow-list, or constants",
    "marketplace/catalogue/templatetags/structured.py": "JSON whose signs of markup are escaped",
    "marketplace/core/qr.py": "drawn by segno, which escapes its title",
    "marketplace/core/templatetags/yanxing.py": "cleaned by an allow-list, or constants",
}
WITHOUT_TOKEN = {
    "marketplace/core/views.py": "the size of text: nothing is at stake",
    "marketplace/payment/webhooks.py": "news are signed",
}
STARTS_PROGRAMS = {"marketplace/core/backups/postgres.py": "pg_dump and pg_restore, lists of arguments, no shell"}
CHANCE = {
    "marketplace/demo/bulk.py": "made-up goods",
    "marketplace/demo/goods.py": "made-up goods",
    "marketplace/payment/standin/news.py": "the stand-in's order of news",
}
KEPT_OBJECTS = {"marketplace/demo/bulk.py": "a file of its own, made and read by one command"}
CALLS = {
    "mark_safe": TRUSTED_TEXT,
    "SafeString": {},
    "csrf_exempt": WITHOUT_TOKEN,
    "eval": {},
    "exec": {},
    "compile_command": {},
    "extra": {},
    "RawSQL": {},
    "system": {},
    "popen": {},
    "md5": {},
    "sha1": {},
    "set_trace": {},
    "breakpoint": {},
}
"""Name of a function → modules that may use it, and why."""
MODULES = {
    "subprocess": STARTS_PROGRAMS,
    "random": CHANCE,
    "pickle": {},
    "shelve": KEPT_OBJECTS,
    "marshal": {},
    "yaml": {},
    "telnetlib": {},
    "xml.etree.ElementTree": {},
    "requests": {},
}
TEMPLATES = sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("marketplace/**/templates/**/*.html")])
UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off|\|\s*richtext\b")


def uses(module):
    """Names called or used as decorators, and modules imported."""
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield "call", node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        elif isinstance(node, ast.FunctionDef):
            yield from (("call", getattr(each, "id", "")) for each in node.decorator_list)
        elif isinstance(node, ast.Import):
            yield from (("module", alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield "module", node.module or ""


@pytest.mark.parametrize("module", modules(), ids=str)
def test_a_module_does_nothing_dangerous_without_a_reason(module):
    rules = {"call": CALLS, "module": MODULES}
    found = {
        f"{kind} {name}" for kind, name in uses(module) if str(module) not in rules[kind].get(name, {str(module): ""})
    }

    assert found == set()


def test_bandit_has_nothing_to_say():
    command = [sys.executable, "-m", "bandit", "-q", "-r", "marketplace", "incubator", "cms", "-c", "pyproject.toml"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)  # noqa: S603

    assert said.returncode == 0, said.stdout


def test_the_exceptions_are_still_needed():
    used = {(str(module), name) for module in modules() for _, name in uses(module)}
    allowed = {(module, name) for rules in (CALLS, MODULES) for name, reasons in rules.items() for module in reasons}

    assert allowed <= used


def test_no_template_shows_text_as_it_is():
    assert [
        str(path.relative_to(ROOT)) for path in TEMPLATES if UNESCAPED.search(path.read_text(encoding="utf-8"))
    ] == []


def test_no_page_of_ours_has_a_script_in_it():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application|speculation))|\son[a-z]+=[\"']|javascript:", re.I
    )
    ours = [path for path in TEMPLATES if "oscar/dashboard" not in str(path) and "wagtailadmin" not in str(path)]

    assert [str(path.relative_to(ROOT)) for path in ours if inline.search(path.read_text(encoding="utf-8"))] == []
