"""Modules and functions stay small enough to be read at once. What passes the limits is named here, with a reason."""

import ast

from tests.house.sources import ROOT, modules

MODULE_LINES, FUNCTION_LINES = 300, 30
LONG_MODULES = {
    "marketplace/demo/drawing/goods/root.py": "one drawing beside the other",
    "marketplace/settlement/models/payouts.py": "what is owed and how it leaves, with a constraint for each promise",
}
LONG_FUNCTIONS = {
    "marketplace/catalogue/actions.py:listing_of": "one column after the other",
    "marketplace/core/imports.py:apply": "the columns of a run and of its changes",
    "cms/first_pages.py:_lay_language": "the columns of two kinds of pages",
}
"""``path:name`` → why it is one thing all the same."""


def lines_of_code(node: ast.AST, lines: list[str]) -> int:
    """Lines of a function without blank ones and without its docstring."""
    body = node.body  # type: ignore[attr-defined]
    said = ast.get_docstring(node)  # type: ignore[arg-type]
    first = (body[1].lineno if len(body) > 1 else node.end_lineno + 1) if said else node.lineno  # type: ignore[attr-defined]
    return sum(bool(line.strip()) for line in lines[first - 1 : node.end_lineno])  # type: ignore[attr-defined]


def functions(module):
    """Name and length of every function."""
    text = (ROOT / module).read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, lines_of_code(node, lines)


def test_long_modules_are_those_with_a_reason():
    lengths = {str(module): len((ROOT / module).read_text(encoding="utf-8").splitlines()) for module in modules()}

    long = {module: length for module, length in lengths.items() if length > MODULE_LINES}

    assert set(long) == set(LONG_MODULES), long


def test_long_functions_are_those_with_a_reason():
    lengths = {f"{module}:{name}": length for module in modules() for name, length in functions(module)}

    long = {name: length for name, length in lengths.items() if length > FUNCTION_LINES}

    assert set(long) == set(LONG_FUNCTIONS), long
