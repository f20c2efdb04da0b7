"""A province, city or county as operators type it."""

from functools import lru_cache

from django.utils.translation import gettext as _

from marketplace.core import areas
from marketplace.core.refusal import Refusal


class NoSuchPlace(Refusal):
    """``for_people`` says what to type instead."""


def read(typed: str) -> str:
    """The code of 讷河市, 黑龙江省齐齐哈尔市讷河市, 讷河, Nehe or 230281; empty for nothing. Raises NoSuchPlace."""
    typed = "".join(typed.split())
    if not typed:
        return ""
    found = by_name().get(typed.lower(), ())
    if len(found) == 1:
        return found[0]
    if not found:
        raise NoSuchPlace(_("No province, city or county is called so. Its six digits do as well."))
    several = ", ".join(f"{areas.full_name(code)} {code}" for code in found[:6])
    raise NoSuchPlace(_("Several places are called so: %(places)s. Please type the digits.") % {"places": several})


@lru_cache(maxsize=1)
def by_name() -> dict[str, tuple[str, ...]]:
    """Every way to name a place, in small letters → codes."""
    found: dict[str, set[str]] = {}
    for code in codes_down_to_counties():
        area = areas.get(code)
        names = {code, area.name, area.short_name, areas.full_name(code), area.name_en}
        for name in names:
            found.setdefault("".join(name.split()).lower(), set()).add(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def codes_down_to_counties(below: str | None = None):
    for area in areas.children(below):
        if area.level <= areas.Level.COUNTY:
            yield area.code
            yield from codes_down_to_counties(area.code)
