"""What stands on the shelves of the front page."""

from collections import Counter
from datetime import date

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from marketplace.catalogue.models import Category, Listing
from marketplace.core import season
from marketplace.core.statements import Statement
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
    return TOP_CATEGORIES.rows()


def on_sale():
    """Cards of what one can buy now, the best ranked first."""
    return Listing.objects.live().filter(is_in_stock=True).order_by("-rank", "product_id").only(*CARD)


def in_season(month: int) -> list[Listing]:
    """Goods harvested this month."""
    return varied(IN_SEASON.rows(season.mask(frozenset({month}))))


def staples(month: int) -> list[Listing]:
    """Goods that keep: sold all year, and not those of the moment."""
    return varied(STAPLES.rows(season.mask(frozenset({month}))))


def newest() -> list[Listing]:
    return NEWEST.rows()


def shops() -> list[Partner]:
    """Shops that take orders and have something on the shelf."""
    return OPEN_SHOPS.rows(timezone.localdate())


def varied(rows: list[tuple], most: int = SHELF) -> list[Listing]:
    """The first ``most``, at most two of a category as long as there are others to fill the shelf. Of the many that are
    considered only the chosen become records."""
    category = FIELDS.index("category_path")
    seen: Counter[str] = Counter()
    chosen: list[tuple] = []
    spare: list[tuple] = []
    for row in rows:
        seen[row[category]] += 1
        (chosen if seen[row[category]] <= ALIKE else spare).append(row)
    return [Listing.from_db(Listing.objects.db, FIELDS, row) for row in (chosen + spare)[:most]]


def of_months(mask: int):
    return on_sale().annotate(now=F("season").bitand(mask))


def stocked_shops(day: date):
    stocked = Listing.objects.live().filter(seller=OuterRef("pk"), is_in_stock=True)
    return Partner.objects.open(day).filter(Exists(stocked)).order_by("joined_on", "pk")


def considered(listings):
    return listings.values_list(*FIELDS)[:CONSIDERED]


FIELDS = [field.attname for field in Listing._meta.concrete_fields if field.name in {Listing._meta.pk.name, *CARD}]
"""In the order ``from_db`` expects."""
IN_SEASON = Statement(lambda mask: considered(of_months(mask).filter(now__gt=0)), int)
STAPLES = Statement(lambda mask: considered(of_months(mask).filter(now=0, all_year=True, ship_mode="ambient")), int)
NEWEST = Statement(lambda: on_sale().order_by("-listed_at", "-product_id")[:SHELF])
TOP_CATEGORIES = Statement(lambda: Category.objects.browsable().filter(depth=1)[:CATEGORIES])
OPEN_SHOPS = Statement(lambda day: stocked_shops(day)[:SHOPS], date)
