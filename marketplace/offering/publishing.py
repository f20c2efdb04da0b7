"""Making the live page what an approved draft says."""

from django.utils.html import linebreaks
from oscar.apps.catalogue.models import ProductClass

from marketplace.catalogue import actions as catalogue
from marketplace.catalogue.models import Category, Product, ProductImage
from marketplace.partner import actions as partner
from marketplace.partner.models import StockRecord

from . import packs
from .forms import GRAMS, LABEL_FIELDS, NotReady, bound_form, grams_of
from .models import Draft, FoodLabel
from .words import pack_label, plain_text

PLAIN = (
    "title",
    "title_en",
    "producer",
    "freight_template",
    "season_from",
    "season_to",
    "all_year",
    "weight_is_about",
    "ship_mode",
    "return_exempt",
    "shelf_days",
    "storage",
)
AFTER_THE_PHOTOS = 100


def goods_class() -> ProductClass:
    """The one kind of goods we track stock of."""
    return ProductClass.objects.get_or_create(name="农产品", defaults={"track_stock": True})[0]


def publish(draft: Draft) -> Product:
    """Write the draft into its product, or into a new one that is on the shelf at once. Raises NotReady.

    Price and stock are written only for a new product: those of a live one are changed elsewhere and may have moved on. So may
    its place on the shelf have, which is why it is read anew under its lock.
    """
    form = bound_form(draft)
    if not form.is_valid():
        raise NotReady(form)
    said = form.cleaned_data
    product = Product.objects.locked(draft.product.pk) if draft.product else new(draft.seller)
    is_new = product.pk is None
    said_packs = packs.packs_said(said, GRAMS[said["weight_unit"]]) if is_new else []
    if len(said_packs) > 1:
        product.structure = Product.PARENT
    write(product, said)
    if is_new:
        stock(product, said, said_packs)
    elif product.stock:
        partner.follow_weight(record=product.stock)
    show(product, list(draft.photos.all()))
    label(product, said)
    catalogue.refresh_listing(product=product)
    return product


def new(seller) -> Product:
    return Product(structure=Product.STANDALONE, seller=seller, product_class=goods_class(), is_public=True)


def write(product: Product, said: dict) -> None:
    """The product's own columns and its shelf."""
    for name in PLAIN:
        setattr(product, name, said[name])
    product.origin = said["area"]
    for name in ("description", "description_en"):
        if plain_text(getattr(product, name)) != said[name]:
            setattr(product, name, linebreaks(said[name], autoescape=True) if said[name] else "")
    if "weight" in said and not product.is_parent:
        write_pack(product, said)
    product.save()
    product.categories.set([Category.objects.get(pk=said["category"])])


def write_pack(product: Product, said: dict) -> None:
    """How much is in it; a gross weight that belonged to another net weight is forgotten."""
    grams = grams_of(said)
    if grams != product.net_weight_g:
        product.gross_weight_g = None
    product.net_weight_g = grams
    product.pack = said["spec"] or pack_label(grams, said["container"])


def stock(product: Product, said: dict, said_packs: list[packs.PackSaid]) -> None:
    """The first prices and stock of a new product. Several packs are its children."""
    for pack in said_packs:
        item = child(product, pack, said["container"]) if product.is_parent else product
        stock_pack(item, product.seller, pack, said["source"])


def child(product: Product, pack: packs.PackSaid, container: str) -> Product:
    """One of several packs."""
    return Product.objects.create(
        structure=Product.CHILD,
        parent=product,
        title=product.title,
        is_public=True,
        net_weight_g=pack.grams,
        pack=pack.spec or pack_label(pack.grams, container),
    )


def stock_pack(item: Product, seller, pack: packs.PackSaid, source: str) -> None:
    """Its own count, or the pile it is filled from. A pile that is gone by now leaves a count of its own."""
    record = StockRecord.objects.create(
        product=item,
        partner=seller,
        partner_sku=f"{seller.code or seller.pk}-{item.pk}",
        price=pack.price,
        num_in_stock=pack.stock,
    )
    pool, grant = packs.source_of(source, seller)
    if pool:
        partner.fill_from(record=record, pool=pool, grant=grant, by=None)


def show(product: Product, photos: list) -> None:
    """The draft's photos in their order, then the detail pictures there were."""
    there = list(product.images.all())
    known = {image.original.name: image for image in there if not image.is_long}
    for number, photo in enumerate(photos):
        image = known.pop(photo.name, None) or ProductImage(
            product=product, original=photo.name, width=photo.width, height=photo.height, is_sample=photo.is_sample
        )
        image.display_order = number
        image.save()
    ProductImage.objects.filter(pk__in=[image.pk for image in known.values()]).delete()
    for number, image in enumerate((image for image in there if image.is_long), start=AFTER_THE_PHOTOS):
        ProductImage.objects.filter(pk=image.pk).update(display_order=number)


def label(product: Product, said: dict) -> None:
    """The label of prepacked food, or none."""
    if said["prepacked"]:
        FoodLabel.objects.update_or_create(product=product, defaults={name: said[name] for name in LABEL_FIELDS})
    else:
        FoodLabel.objects.filter(product=product).delete()
