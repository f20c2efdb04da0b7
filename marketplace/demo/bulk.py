"""A big catalogue for measuring: variations of the specialties, spread over many made-up sellers.

Good number n is the same on every machine and in every run, because each draws from a generator seeded by its own
number. Goods are written batch by batch, a batch in one transaction; a run that was stopped goes on where it ended.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from marketplace.catalogue.models import Category, Certificate, Product, ProductImage
from marketplace.core import areas
from marketplace.core.pinyin import slug
from marketplace.offering.publishing import goods_class
from marketplace.partner.models import Partner, StockRecord
from marketplace.shipping.models import FreightTemplate, FreightZone

from . import goods
from .specialties import Pack, Specialty, everything

BATCH = 1000
SEED = "yanxing"
HARVESTS = (2023, 2024, 2025)
PLACES = (
    ("东坡", "East Slope"), ("河湾", "River Bend"), ("北岭", "North Ridge"), ("南塘", "South Pond"),
    ("柳树沟", "Willow Gully"), ("石桥", "Stone Bridge"), ("新屯", "New Hamlet"), ("老井", "Old Well"),
    ("杏林", "Apricot Grove"), ("上洼", "Upper Hollow"), ("红土坎", "Red Earth"), ("清水湾", "Clear Water"),
)  # fmt: skip
"""Names of hamlets that are everywhere and nowhere."""
GRADES = (("特级", "premium"), ("一级", "first grade"), ("二级", "second grade"), ("家庭装", "family"))
SIZES = (Decimal("0.5"), Decimal("1"), Decimal("2"))
"""A variation is sold in one or several of these multiples of the pack on the list."""
DEAREST_PERCENT, CHEAPEST_PERCENT = 135, 80
LARGER_PACK_REBATE_PERCENT = 4


@dataclass
class Variation:
    """Good number ``number``: a specialty of some seller, with a name and packs of its own."""

    number: int
    specialty: Specialty
    seller: Partner
    dice: random.Random = field(repr=False)

    @property
    def upc(self) -> str:
        return f"bulk-{self.number:07}"


def load(*, products: int, sellers: int, progress: Callable[[int], None]) -> None:
    """Make goods up to number ``products``, spread over ``sellers`` sellers; calls ``progress`` with how many are done."""
    shops = load_sellers(sellers)
    shelves = {category.name: category for category in Category.objects.all()}
    done = Product.objects.filter(upc__startswith="bulk-").exclude(structure="child").count()
    for first in range(done + 1, products + 1, BATCH):
        last = min(first + BATCH - 1, products)
        write([variation(number, shops) for number in range(first, last + 1)], shelves)
        progress(last)


@transaction.atomic
def load_sellers(number: int) -> list[Partner]:
    """The first ``number`` sellers of the big catalogue, the missing ones made with freight and certificates."""
    for index in range(Partner.objects.filter(code__startswith="bulk-").count() + 1, number + 1):
        make_seller(index)
    return list(Partner.objects.filter(code__startswith="bulk-").order_by("code")[:number])


def make_seller(index: int) -> None:
    """One seller somewhere among the places of the list."""
    dice = random.Random(f"{SEED}:seller:{index}")
    place = dice.choice(everything()).row["county_code"]
    seller = Partner.objects.create(
        code=f"bulk-{index:04}",
        name=f"{areas.get(place).short_name}示例商铺{index}号",
        name_en=f"{areas.get(place).name_en} sample shop {index}",
        kind=dice.choice(Partner.Kind.values),
        area=place,
        is_sample=True,
    )
    template = FreightTemplate.objects.create(
        seller=seller, name="普通快递", free_over_amount=Decimal(dice.choice((59, 99, 149)))
    )
    FreightZone.objects.bulk_create(
        [
            FreightZone(template=template, first_fee=Decimal(dice.randint(5, 12)), extra_fee=Decimal("2.50")),
            FreightZone(template=template, provinces=["71", "81", "82"], delivers=False),
        ]
    )
    make_certificates(seller, index)


def make_certificates(seller: Partner, index: int) -> None:
    """One sample certificate of each kind that goods of the list carry."""
    day = timezone.localdate() - timedelta(days=30)
    Certificate.objects.bulk_create(
        [
            Certificate(
                seller=seller,
                kind=kind,
                number=f"DEMO-B{index:04}",
                name=name,
                issuer="示例发证机构",
                valid_from=day,
                valid_until=day + timedelta(days=365),
                checked_on=day,
                is_sample=True,
            )
            for kind, name in goods.CERTIFICATES.items()
        ]
    )


def variation(number: int, shops: list[Partner]) -> Variation:
    """Good number ``number``, always the same for the same sellers."""
    dice = random.Random(f"{SEED}:{number}")
    return Variation(number, specialty=dice.choice(everything()), seller=dice.choice(shops), dice=dice)


@transaction.atomic
def write(batch: list[Variation], shelves: dict[str, Category]) -> None:
    """All rows of a batch of goods, a handful of statements for each table."""
    packs = {good.number: packs_of(good) for good in batch}
    wholes = Product.objects.bulk_create([product(good, packs[good.number]) for good in batch])
    pairs = list(zip(batch, wholes, strict=True))
    items = write_children(pairs, packs)
    StockRecord.objects.bulk_create([stock(good, item, pack) for good, item, pack in items])
    shelve(pairs, shelves)
    show(pairs)
    certify(pairs)


def packs_of(good: Variation) -> list[Pack]:
    """One pack for most goods, three for every fourth, priced around the list with a small rebate for more."""
    listed = good.specialty.packs[0]
    level = good.dice.randint(CHEAPEST_PERCENT, DEAREST_PERCENT)
    sold_whole = good.specialty.row["unit_price_by"] != "weight" or good.specialty.row["about"] == "yes"
    sizes = SIZES if not sold_whole and good.dice.random() < 0.25 else (Decimal(1),)
    return [sized(good, listed, size, level - LARGER_PACK_REBATE_PERCENT * step) for step, size in enumerate(sizes)]


def sized(good: Variation, listed: Pack, size: Decimal, level: int) -> Pack:
    """The listed pack made smaller or larger; ``level`` is the price in percent of the list."""
    grams = int(listed.grams * size)
    return Pack(
        sku=f"{good.upc}-{grams}",
        label=listed.label if size == 1 else weight_label(grams),
        grams=grams,
        price=(listed.price * size * level / 100).quantize(Decimal("0.1")).quantize(Decimal("0.01")),
    )


def weight_label(grams: int) -> str:
    return f"{Decimal(grams) / 1000:f}kg/份" if grams >= 1000 else f"{grams}g/份"


def product(good: Variation, packs: list[Pack]) -> Product:
    """The whole product; with a single pack it is the pack too."""
    several = len(packs) > 1
    title, title_en = titles(good)
    return Product(
        structure="parent" if several else "standalone",
        upc=good.upc,
        slug=slug(title),
        title=title,
        title_en=title_en,
        description=good.specialty.description,
        description_en=good.specialty.description_en,
        product_class=goods_class(),
        seller=good.seller,
        **good.specialty.facts,
        **({} if several else goods.pack_fields(packs[0])),
    )


def titles(good: Variation) -> tuple[str, str]:
    """东坡 齐齐哈尔新米 一级 2024, and the same in English."""
    (place, place_en), (grade, grade_en) = good.dice.choice(PLACES), good.dice.choice(GRADES)
    year = good.dice.choice(HARVESTS)
    specialty = good.specialty
    return (
        f"{place} {specialty.title} {grade} {year}",
        f"{place_en} {specialty.title_en}, {grade_en}, {year}",
    )


def write_children(pairs, packs) -> list[tuple[Variation, Product, Pack]]:
    """Packs of goods that have several; returns every pack there is with the row that carries its stock."""
    items = [(good, whole, packs[good.number][0]) for good, whole in pairs if len(packs[good.number]) == 1]
    children = list(new_children(pairs, packs))
    Product.objects.bulk_create([child for _good, child, _pack in children])
    return items + children


def new_children(pairs, packs) -> Iterator[tuple[Variation, Product, Pack]]:
    for good, whole in pairs:
        if len(packs[good.number]) > 1:
            for pack in packs[good.number]:
                yield good, child(whole, pack), pack


def child(whole: Product, pack: Pack) -> Product:
    return Product(
        structure="child",
        parent=whole,
        title=whole.title,
        slug=whole.slug,
        upc=pack.sku,
        **goods.pack_fields(pack),
    )


def stock(good: Variation, item: Product, pack: Pack) -> StockRecord:
    """About one pack in twenty is sold out."""
    number = 0 if good.dice.random() < 0.05 else good.dice.randint(goods.LEAST_STOCK, goods.MOST_STOCK)
    return StockRecord(product=item, partner=good.seller, partner_sku=pack.sku, price=pack.price, num_in_stock=number)


def shelve(pairs, shelves: dict[str, Category]) -> None:
    """Each good on the shelf of its specialty."""
    link = Product.categories.through
    link.objects.bulk_create([link(product=whole, category=shelves[good.specialty.shelf]) for good, whole in pairs])


def show(pairs) -> None:
    """Each good shows the drawn picture of its specialty; the file is shared."""
    named = [(whole, goods.stored_picture(good.specialty.key)) for good, whole in pairs]
    sizes = {name: goods.size_of(name) for _whole, name in named if name}
    ProductImage.objects.bulk_create(
        [
            ProductImage(product=whole, original=name, is_sample=True, width=sizes[name][0], height=sizes[name][1])
            for whole, name in named
            if name
        ]
    )


def certify(pairs) -> None:
    """Goods carry their seller's sample certificates of the kinds their specialty has."""
    sellers = {good.seller.pk for good, _whole in pairs}
    held = {(c.seller_id, c.kind): c.pk for c in Certificate.objects.filter(seller__in=sellers)}
    link = Certificate.products.through
    link.objects.bulk_create(
        [
            link(certificate_id=held[good.seller.pk, kind], product_id=whole.pk)
            for good, whole in pairs
            for kind in goods.certificates_of(good.specialty)
        ]
    )
