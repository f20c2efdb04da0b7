"""A good with all that its page tells, in six statements."""

from marketplace.core.statements import Statement, take_along
from marketplace.partner.models import StockRecord

from . import shelves  # nosec B403 (the shelves of a shop, not Python's shelve)
from .models import Certificate, Listing, Product, ProductImage

ABOUT = ("seller", "producer", "food_label", "score")
WHOSE = ("seller", "parent__seller")
BESIDE = 4

GOOD = Statement(lambda pk: Product.objects.public().select_related(*ABOUT).filter(pk=pk), int)
PACK = Statement(lambda pk: Product.objects.exclude(structure=Product.PARENT).select_related(*WHOSE).filter(pk=pk), int)
PACKS = Statement(lambda whole: Product.objects.filter(parent=whole), int)
IMAGES = Statement(lambda whole: ProductImage.objects.filter(product=whole), int)
CERTIFICATES = Statement(lambda whole: Certificate.objects.filter(products=whole), int)
STOCK = Statement(lambda good: StockRecord.objects.filter(product=good), int)
STOCK_OF_PACKS = Statement(lambda whole: StockRecord.objects.filter(product__parent=whole), int)
SAME_CITY = Statement(
    lambda but, first, last: others(but).filter(origin__gte=first, origin__lte=last)[:BESIDE], int, str, str
)
SAME_PROVINCE = Statement(lambda but, province: others(but).filter(province=province)[:BESIDE], int, str)


def find(pk: int) -> Product | None:
    """What the public may see under this number: a good with its packs, their stock, pictures and papers, or a pack as it is."""
    found = GOOD.one(pk)
    if found is not None and not found.is_child:
        describe(found)
    return found


def describe(whole: Product) -> None:
    take_along(whole, "children", PACKS.rows(whole.pk) if whole.is_parent else [])
    take_along(whole, "images", IMAGES.rows(whole.pk))
    take_along(whole, "certificates", CERTIFICATES.rows(whole.pk))
    stocked = (STOCK_OF_PACKS if whole.is_parent else STOCK).rows(whole.pk)
    for pack in whole.packs:
        take_along(pack, "stockrecords", [record for record in stocked if record.product_id == pack.pk])


def pack(pk: int) -> Product | None:
    """A pack with its stock, its whole and the shop, in two statements; None for a number that is no pack's."""
    found = PACK.one(pk)
    if found is not None:
        take_along(found, "stockrecords", STOCK.rows(pk))
    return found


def others(but: int):
    return shelves.on_sale().exclude(pk=but)


def of_same_place(whole: Product) -> list[Listing]:
    """Other goods of the same city or, failing that, province."""
    city, province = whole.origin[:4], whole.origin[:2]
    near = SAME_CITY.rows(whole.pk, city, f"{city}99999999") if city else []
    return near or SAME_PROVINCE.rows(whole.pk, province)
