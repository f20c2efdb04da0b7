"""Keeping listings and facet counts in step with products, packs, stock, sellers and certificates."""

from collections.abc import Callable, Iterable
from itertools import islice

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from modelsearch.backends import get_search_backend

from marketplace.core import areas, season, stamps
from marketplace.partner.models import StockRecord
from marketplace.search.words import spellings

from .listing import FacetCell, Listing
from .models import Certificate, Product

PRICE_BANDS = (20, 50, 100, 200)
"""Upper ends in yuan; the last band is open."""
BATCH = 2000
DIMENSIONS = ("category_path", "province", "certificates", "season", "ship_mode", "price_band", "is_in_stock")
WHOLE = ("product_id", "product__parent_id")
FIELDS = [field.name for field in Listing._meta.concrete_fields if not field.primary_key and field.name != "sold"]


def band_of(price) -> int:
    """0 for the cheapest band; the number of upper ends the price reaches."""
    return sum(price is not None and price >= end for end in PRICE_BANDS)


def certificate_bits(kinds: Iterable[str]) -> int:
    """Kinds of certificates as bits, in the order of ``Certificate.Kind``."""
    order = Certificate.Kind.values
    return sum(1 << order.index(kind) for kind in set(kinds))


def with_everything(products):
    """Products with all that a listing repeats, in a fixed number of queries."""
    return products.select_related("seller", "producer").prefetch_related(
        "children__stockrecords", "stockrecords", "images", "certificates", "categories"
    )


@transaction.atomic
def refresh_listing(*, product: Product, on=None) -> Listing:
    """Write the listing of a whole product as it is today, and move its count from one facet cell to the other."""
    before = Listing.objects.select_for_update().filter(pk=product.whole.pk).first()
    whole = with_everything(
        Product.objects.filter(pk=product.whole.pk)
    ).get()  # after the lock, as whoever held it left it
    listing = listing_of(whole, on or timezone.localdate())
    listing.sold = before.sold if before else 0
    listing.save(force_insert=before is None, force_update=before is not None)
    count(before, -1)
    count(listing, +1)
    stamps.touch(stamps.GOODS)
    return listing


def listing_of(whole: Product, day) -> Listing:
    """The listing a product should have; nothing is written."""
    packs = whole.packs
    sellable = [pack for pack in packs if pack.price is not None and not pack.is_withheld]
    available = [pack for pack in sellable if pack.available > 0 and whole.is_sold_on(day)]
    cheapest = min(available or sellable, key=lambda pack: (pack.price, pack.pk), default=None)
    picture = next((image for image in whole.images.all() if not image.is_long), None)
    category = next(iter(whole.categories.all()), None)
    return Listing(
        product_id=whole.pk,
        seller=whole.seller,
        producer_id=whole.producer_id,
        is_live=whole.is_public and bool(sellable),
        slug=whole.slug,
        title=whole.title,
        title_en=whole.title_en,
        seller_name=whole.seller.name,
        pinyin=spellings(whole.title)[:400],
        places=" ".join(area.name for area in areas.path(whole.origin)) if whole.origin else "",
        words=" ".join(filter(None, [category and category.name, whole.producer and whole.producer.name])),
        cover=picture.original.name if picture else "",
        cover_is_sample=bool(picture and picture.is_sample),
        pack=cheapest.pack if cheapest else "",
        packs=len(packs),
        cheapest_pack=cheapest.pk if cheapest else None,
        price=cheapest.price if cheapest else None,
        unit_price=cheapest.unit_price if cheapest else None,
        weight_is_about=whole.weight_is_about,
        is_in_stock=bool(available),
        listed_at=whole.date_created,
        category_path=category.path if category else "",
        province=whole.origin[:2],
        origin=whole.origin,
        certificates=certificate_bits(c.kind for c in whole.certificates.all() if c.is_valid_on(day)),
        season=season.mask(whole.season),
        all_year=whole.all_year,
        ship_mode=whole.ship_mode,
        price_band=band_of(cheapest.price if cheapest else None),
        rank=whole.priority,
    )


def count(listing: Listing | None, step: int) -> None:
    """Add ``step`` to the cell a live listing is counted in."""
    if listing is None or not listing.is_live:
        return
    cell = {name: getattr(listing, name) for name in DIMENSIONS}
    if step > 0:
        FacetCell.objects.get_or_create(**cell, defaults={"count": 0})
    FacetCell.objects.filter(**cell, count__gte=-step).update(count=F("count") + step)


@transaction.atomic
def sync_stock(product_ids: Iterable[int]) -> None:
    """Packs may have sold out or come back, and with them all that are filled from the same pools.

    Corrects the listings whose answer changed, and nothing else.
    """
    wholes = beside_in_stock(product_ids)
    packs = Product.objects.filter(Q(pk__in=wholes) | Q(parent__in=wholes)).values("pk")
    orderable = StockRecord.objects.orderable(timezone.localdate()).filter(product__in=packs)
    buyable = {parent or pk for pk, parent in orderable.values_list(*WHOLE)}
    for listing in Listing.objects.filter(pk__in=wholes):
        if listing.is_in_stock != (listing.pk in buyable):
            refresh_whole(listing.pk)


def beside_in_stock(product_ids: Iterable[int]) -> set[int]:
    """The whole products of these packs, and of those that are filled from the same pools."""
    rows = list(StockRecord.objects.filter(product__in=list(product_ids)).values_list(*WHOLE, "pool_id"))
    pools = {pool for _pk, _parent, pool in rows if pool}
    if pools:
        rows += StockRecord.objects.filter(pool__in=pools).values_list(*WHOLE, "pool_id")
    return {parent or pk for pk, parent, _pool in rows}


def follow_packs(pack_ids: Iterable[int]) -> None:
    """What is on sale may have changed for these packs: correct the listings that say something else."""
    records = StockRecord.objects.filter(product__in=list(pack_ids)).values_list(*WHOLE)
    wholes = with_everything(Product.objects.filter(pk__in={parent or pk for pk, parent in records}))
    there = Listing.objects.in_bulk([whole.pk for whole in wholes])
    day = timezone.localdate()
    for whole in wholes:
        now, shown = listing_of(whole, day), there.get(whole.pk)
        if shown is None or (shown.is_live, shown.is_in_stock) != (now.is_live, now.is_in_stock):
            refresh_whole(whole.pk)


def refresh_whole(pk: int) -> None:
    refresh_listing(product=Product(pk=pk, structure=Product.STANDALONE))


def follow_windows(day) -> int:
    """Correct the listings whose season window began or ended; returns how many were looked at."""
    open_now = (Q(product__sale_from=None) | Q(product__sale_from__lte=day)) & (
        Q(product__sale_until=None) | Q(product__sale_until__gte=day)
    )
    windowed = Listing.objects.exclude(product__sale_from=None, product__sale_until=None)
    stale = windowed.filter(Q(is_in_stock=False) & open_now | Q(is_in_stock=True) & ~open_now)
    for listing in stale:
        refresh_listing(product=Product(pk=listing.pk, structure=Product.STANDALONE), on=day)
    return len(stale)


def follow_certificates(day) -> int:
    """Correct the listings whose certificates began or ended, so that no list claims what the goods' page does not.

    Returns how many changed.
    """
    stale = {pk for kind in Certificate.Kind.values for pk in claimed_wrongly(kind, day)}
    for pk in stale:
        refresh_listing(product=Product(pk=pk, structure=Product.STANDALONE), on=day)
    return len(stale)


def claimed_wrongly(kind: str, day):
    """Keys of listings that say they have a kind of certificate, or do not, and it is not so on this day."""
    held = Certificate.objects.valid_on(day).filter(kind=kind, products=OuterRef("pk"))
    marked = Listing.objects.annotate(bit=F("certificates").bitand(certificate_bits([kind])))
    return marked.filter(Q(bit=0) & Exists(held) | Q(bit__gt=0) & ~Exists(held)).values_list("pk", flat=True)


def refresh_all(progress: Callable[[int], None] | None = None, batch: int = BATCH) -> int:
    """Write every listing anew in batches and count the facet cells from them; returns how many there are."""
    day, done = timezone.localdate(), 0
    keys = Product.objects.browsable_dashboard().order_by("pk").values_list("pk", flat=True).iterator()
    while chunk := list(islice(keys, batch)):
        listings = [listing_of(whole, day) for whole in with_everything(Product.objects.filter(pk__in=chunk))]
        Listing.objects.bulk_create(
            listings, update_conflicts=True, unique_fields=["product"], update_fields=FIELDS, batch_size=500
        )
        get_search_backend().add_bulk(Listing, listings)
        done += len(listings)
        if progress:
            progress(done)
    recount_cells()
    stamps.touch(stamps.GOODS)
    return done


@transaction.atomic
def recount_cells() -> None:
    """Facet cells from the listings themselves."""
    FacetCell.objects.all().delete()
    groups = Listing.objects.live().values(*DIMENSIONS).annotate(count=Count("pk")).order_by()
    FacetCell.objects.bulk_create([FacetCell(**group) for group in groups.iterator()], batch_size=500)
