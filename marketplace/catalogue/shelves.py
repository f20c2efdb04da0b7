"""What stands on the shelves of the front page."""

from collections import Counter

from django.db.models import Exists, F, OuterRef, QuerySet

from marketplace.catalogue.models import Category, Listing
from marketplace.core import season
from marketplace.partner.models import Partner

SHELF = 6
CATEGORIES = 7
SHOPS = 6
ALIKE = 2  # goods of one category on a shelf
CONSIDERED = 12 * SHELF
CARD = (
    "slug",
    "title",
    "title_en",
    "cover",
    "cover_is_sample",
    "pack",
    "cheapest_pack",
    "price",
    "unit_price",
    "weight_is_about",
    "is_in_stock",
    "is_live",
    "origin",
    "season",
    "category_path",
)
"""What a product's card shows, and what shelves are chosen by; a listing is wide, and a card shows half of it."""


def top_categories() -> list[Category]:
    """The first shelves of the shop."""
    return list(Category.objects.browsable().filter(depth=1)[:CATEGORIES])


def on_sale():
    """Cards of what one can buy now, the best ranked first."""
    return Listing.objects.live().filter(is_in_stock=True).order_by("-rank", "product_id").only(*CARD)


def in_season(month: int):
    """Goods harvested this month."""
    return on_sale().annotate(now=F("season").bitand(season.mask(frozenset({month})))).filter(now__gt=0)


def staples(month: int):
    """Goods that keep: sold all year, and not those of the moment."""
    now = F("season").bitand(season.mask(frozenset({month})))
    return on_sale().annotate(now=now).filter(now=0, all_year=True, ship_mode="ambient")


def shops():
    """Shops that take orders and have something on the shelf."""
    stocked = Listing.objects.live().filter(seller=OuterRef("pk"), is_in_stock=True)
    return Partner.objects.open().filter(Exists(stocked)).order_by("joined_on", "pk")


def varied(listings: QuerySet[Listing], most: int = SHELF) -> list[Listing]:
    """The first ``most``, at most two of a category as long as there are others to fill the shelf. Of the many that are
    considered only the chosen become records."""
    wanted = {Listing._meta.pk.name, *CARD}
    names = [each.attname for each in Listing._meta.concrete_fields if each.name in wanted]  # the order from_db expects
    category = names.index("category_path")
    seen: Counter[str] = Counter()
    chosen: list[tuple] = []
    spare: list[tuple] = []
    for row in listings.values_list(*names)[:CONSIDERED]:
        seen[row[category]] += 1
        (chosen if seen[row[category]] <= ALIKE else spare).append(row)
    return [Listing.from_db(listings.db, names, row) for row in (chosen + spare)[:most]]
