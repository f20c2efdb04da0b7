"""Which way imports point, where the linter's contracts in pyproject.toml cannot say it."""

import ast
import tomllib

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


def test_stripe_is_known_to_the_payment_gateway_only():
    others = [module for module in modules() if not str(module).startswith(GATEWAY)]

    assert [str(module) for module in others if "stripe" in packages_known_to(module)] == []


def packages_known_to(module) -> set[str]:
    return {name.partition(".")[0] for name in imported(ROOT / module)}


def test_the_core_knows_no_app():
    core = [module for module in modules() if module.is_relative_to("marketplace/core")]
    known = {(str(module), name) for module in core for name in imported(ROOT / module)}

    ours = {(module, name) for module, name in known if name.partition(".")[0] in PACKAGES}

    assert {(module, name) for module, name in ours if not f"{name}.".startswith("marketplace.core.")} == set()


def test_all_our_packages_are_watched():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]

    assert set(settings["importlinter"]["root_packages"]) == set(settings["mypy"]["packages"]) == set(PACKAGES)
