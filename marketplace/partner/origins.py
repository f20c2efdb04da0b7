"""Where a shop's goods come from: so many of each province, as squares and in words."""

from django.db.models import Count

from marketplace.core import areas
from marketplace.core.areas import tiles
from marketplace.core.text import is_english


def of_shop(seller) -> dict:
    """``tiles`` for the drawing, ``places`` as (name, how many goods), the most first; empty lists where nothing is known. One query."""
    on_shelf = seller.listings.live().exclude(province="")
    counted = on_shelf.order_by().values_list("province").annotate(goods=Count("pk")).order_by("-goods", "province")
    found = [(code, goods) for code, goods in counted if code in tiles.PLACES]
    if not found:
        return {"tiles": [], "places": []}
    language, most = "en" if is_english() else "zh", found[0][1]
    shades = {code: f"c{2 + min(2, 2 * goods // most)}" for code, goods in found}
    return {
        "tiles": tiles.grid(shades, english=is_english()),
        "places": [(areas.full_name(code + "0000", language=language), goods) for code, goods in found],
    }
