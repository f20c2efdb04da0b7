"""Which way imports point, where the linter's contracts in pyproject.toml cannot say it."""

import ast
import tomllib

import pytest

from tests.house.sources import PACKAGES, ROOT, modules

GATEWAY = ("marketplace/payment/providers/", "marketplace/payment/stripe_")


def imported(module) -> set[str]:
    """The first steps of everything a module imports by its full name."""
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module)
    return names


@pytest.mark.parametrize("module", modules(), ids=str)
def test_stripe_is_known_to_the_payment_gateway_only(module):
    knows = any(name.partition(".")[0] == "stripe" for name in imported(ROOT / module))

    assert not knows or str(module).startswith(GATEWAY)


@pytest.mark.parametrize("module", [m for m in modules() if m.is_relative_to("marketplace/core")], ids=str)
def test_the_core_knows_no_app(module):
    ours = {name for name in imported(ROOT / module) if name.partition(".")[0] in PACKAGES}

    assert {name for name in ours if not f"{name}.".startswith("marketplace.core.")} == set()


def test_all_our_packages_are_watched():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]

    assert set(settings["importlinter"]["root_packages"]) == set(settings["mypy"]["packages"]) == set(PACKAGES)
