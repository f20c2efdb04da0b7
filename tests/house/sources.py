"""What belongs to the repository: its modules, templates, scripts and styles, found as git would find them."""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("marketplace", "incubator", "cms")


@cache
def modules() -> list[Path]:
    """Our Python modules without migrations, relative to the repository."""
    found = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    return sorted(file.relative_to(ROOT) for file in found if "migrations" not in file.parts)


@cache
def templates() -> list[Path]:
    """Our templates, relative to the repository."""
    folders = [ROOT / "templates", *(ROOT / package for package in PACKAGES)]
    found = [file for folder in folders for ending in ("html", "txt", "xml") for file in folder.rglob(f"*.{ending}")]
    return sorted(file.relative_to(ROOT) for file in found if "templates" in file.parts)


@cache
def scripts() -> list[Path]:
    """Our scripts, relative to the repository."""
    return sorted(file.relative_to(ROOT) for file in (ROOT / "marketplace" / "static").rglob("*.js"))


@cache
def styles() -> list[Path]:
    """Our style sheets, relative to the repository."""
    return sorted(file.relative_to(ROOT) for file in (ROOT / "marketplace" / "static").rglob("*.css"))
