"""Names of counties as spreadsheets write them, seen from the place of a fair."""

from __future__ import annotations

from marketplace.core import areas


class Counties:
    """Finds the code of a county by its name: first near the fair, then in its province if only one is called so."""

    def __init__(self, area: str):
        here = areas.get(area)
        city = here if here.level <= areas.Level.CITY else areas.get(here.parent_code or here.code)
        self.near = names_below(city.code)
        self.province = areas.province_of(area).code
        self._wide: dict[str, list[str]] | None = None

    @property
    def wide(self) -> dict[str, list[str]]:
        """Every county of the province by name."""
        if self._wide is None:
            found: dict[str, list[str]] = {}
            for city in areas.children(self.province):
                for name, codes in names_below(city.code).items():
                    found.setdefault(name, []).extend(codes)
            self._wide = found
        return self._wide

    def code(self, said: str) -> str | None:
        """The code, or None for a name nobody has or several have."""
        said = said.strip()
        for names in (self.near, self.wide):
            if len(names.get(said, ())) == 1:
                return names[said][0]
        try:
            return areas.get(said).code if said.isdigit() else None
        except areas.UnknownArea:
            return None


def names_below(code: str) -> dict[str, list[str]]:
    """Full and short names of what lies directly below."""
    found: dict[str, list[str]] = {}
    for area in areas.children(code):
        for name in {area.name, area.short_name}:
            found.setdefault(name, []).append(area.code)
    return found
