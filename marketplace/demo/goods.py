"""Categories, products with packs and stock, certificates and pictures of the demonstration."""

import json
import random
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from marketplace.catalogue.models import Category, Certificate, Product, ProductImage
from marketplace.core.images import encoded, fitted, small_name
from marketplace.core.pinyin import slug
from marketplace.offering.publishing import goods_class
from marketplace.partner.models import Partner, StockRecord

from . import sellers
from .specialties import Pack, Specialty, everything

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
FACE_SIDE = 176
SOLD_OUT = "YX-500237-29"
LEAST_STOCK, MOST_STOCK = 8, 300

CERTIFICATES: dict[str, str] = {
    Certificate.Kind.GEOGRAPHICAL: "地理标志(示例)",
    Certificate.Kind.GREEN: "绿色食品(示例)",
    Certificate.Kind.CONFORMITY: "承诺达标合格证(示例)",
}


def load() -> int:
    """Make the shelves and goods that are missing; returns how many specialties there are."""
    load_categories()
    for number, specialty in enumerate(everything(), start=1):
        product = Product.objects.filter(upc=specialty.key).first() or make(specialty)
        show(product, specialty.key)
        for kind in certificates_of(specialty):
            certify(product, kind, number)
    return len(everything())


def load_categories() -> None:
    """The shelves, in the order of the table."""
    for row in json.loads((HERE / "categories.json").read_text(encoding="utf-8")):
        shelf = Category.objects.filter(name=row["name"], depth=1).first()
        shelf = shelf or Category.add_root(**category_fields(row))
        for below in row.get("below", []):
            if not shelf.get_children().filter(name=below["name"]).exists():
                shelf.add_child(**category_fields(below))
                shelf.refresh_from_db()
        hang_signs([row, *row.get("below", [])])


def hang_signs(rows: list[dict]) -> None:
    """Give shelves that have no picture yet the one of a good that stands there, once it is drawn."""
    for row in rows:
        picture = stored_picture(row["picture_of"])
        if picture:
            Category.objects.filter(name=row["name"], picture="").update(picture=picture)


def category_fields(row: dict) -> dict:
    """A category's columns."""
    return {
        "name": row["name"],
        "name_en": row["name_en"],
        "slug": slug(row["name"]),
        "picture": stored_face(row["picture_of"]),
    }


def make(specialty: Specialty) -> Product:
    """The good and its packs. A single pack is the product itself, several are its children."""
    several = len(specialty.packs) > 1
    own = {} if several else pack_fields(specialty.packs[0])
    product = Product.objects.create(structure="parent" if several else "standalone", **fields(specialty), **own)
    product.categories.add(Category.objects.get(name=specialty.shelf))
    for pack in specialty.packs:
        item = add_child(product, pack) if several else product
        stock(item, product.seller, pack)
    return product


def fields(specialty: Specialty) -> dict:
    """Everything a product says of itself."""
    seller = Partner.objects.get(name=specialty.row["seller"])
    return specialty.facts | {
        "upc": specialty.key,
        "title": specialty.title,
        "title_en": specialty.title_en,
        "description": specialty.description,
        "description_en": specialty.description_en,
        "product_class": goods_class(),
        "seller": seller,
        "producer": sellers.producer_for(seller, specialty.row["county_code"], specialty.row["category"]),
        "freight_template": sellers.template_for(
            seller, ship_mode=specialty.row["ship_mode"], shelf=specialty.row["category"]
        ),
    }


def pack_fields(pack: Pack) -> dict:
    """What is a pack's own."""
    return {"pack": pack.label, "net_weight_g": pack.grams, "gross_weight_g": pack.gross_grams}


def add_child(product: Product, pack: Pack) -> Product:
    """One of several packs."""
    return Product.objects.create(
        structure="child", parent=product, title=product.title, upc=pack.sku.lower(), **pack_fields(pack)
    )


def stock(item: Product, seller: Partner, pack: Pack) -> None:
    """Price and a stock that is the same on every machine; one pack is sold out."""
    number = 0 if pack.sku == SOLD_OUT else random.Random(pack.sku).randint(LEAST_STOCK, MOST_STOCK)
    StockRecord.objects.create(
        product=item, partner=seller, partner_sku=pack.sku, price=pack.price, num_in_stock=number
    )


def certificates_of(specialty: Specialty) -> list[str]:
    """Sample certificates; a geographical indication only where its registration was seen."""
    said = specialty.row["certificate"]
    found = [
        (specialty.has_checked_indication, Certificate.Kind.GEOGRAPHICAL),
        ("绿色食品(演示)" in said, Certificate.Kind.GREEN),
        ("承诺达标合格证" in said, Certificate.Kind.CONFORMITY),
    ]
    return [kind for applies, kind in found if applies]


def certify(product: Product, kind: str, number: int) -> None:
    """One sample certificate, checked a month ago and valid for a year from then."""
    day = timezone.localdate() - timedelta(days=30)
    certificate, made = Certificate.objects.get_or_create(
        kind=kind,
        number=f"DEMO-{number:04}",
        defaults={
            "seller_id": product.seller_id,
            "name": CERTIFICATES[kind],
            "issuer": "示例发证机构",
            "valid_from": day,
            "valid_until": day + timedelta(days=365),
            "checked_on": day,
            "is_sample": True,
        },
    )
    if made:
        certificate.products.add(product)


def show(product: Product, key: str) -> None:
    """Hang up the drawn pictures the product does not have yet: the good, and a closer look where there is one."""
    for order, name in enumerate(filter(None, [stored_picture(key), stored_picture(f"{key}-2")])):
        if product.images.filter(original=name).exists():
            continue
        width, height = size_of(name)
        product.images.add(
            ProductImage(original=name, display_order=order, is_sample=True, width=width, height=height), bulk=False
        )


def stored_picture(key: str) -> str:
    """The name under which a drawn picture lies among the media, put there if need be; empty if it is not drawn."""
    name = f"goods/{key}.webp"
    if not (PICTURES / f"{key}.webp").exists():
        return ""
    for each in (name, small_name(name)):
        if not default_storage.exists(each):
            default_storage.save(each, ContentFile((PICTURES / Path(each).name).read_bytes()))
    return name


def stored_face(key: str) -> str:
    """A category's round picture, small because seven of them stand on the front page; empty if it is not drawn."""
    drawn, name = PICTURES / small_name(f"{key}.webp"), f"categories/{key}.webp"
    if not drawn.exists():
        return ""
    if not default_storage.exists(name):
        with Image.open(drawn) as picture:
            default_storage.save(name, encoded(fitted(picture, FACE_SIDE)))
    return name


def size_of(name: str) -> tuple[int, int]:
    """Width and height of a stored picture in pixels."""
    with default_storage.open(name) as file, Image.open(file) as picture:
        return picture.size
