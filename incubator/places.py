"""Places as the incubator asks for them."""

from marketplace.core import areas


def counties_in(code: str) -> list[areas.Area]:
    """The counties of a city or province; a county is its own only one."""
    area = areas.get(code)
    if area.level >= areas.Level.COUNTY:
        return [area]
    return [county for each in areas.children(area.code) for county in counties_in(each.code)]
