"""Whatever door changes a product, a price or a certificate, its listing follows. Bulk work calls the actions by name."""

from django.db.models.signals import m2m_changed, post_delete, post_save
from oscar.apps.catalogue.models import ProductCategory

from marketplace.core import stamps
from marketplace.partner.models import Partner, StockRecord

from . import actions
from .models import Category, Certificate, Product, ProductImage


def connect() -> None:
    """Called once when the app is ready."""
    post_save.connect(product_changed, sender=Product, dispatch_uid="listing.product")
    for model in (StockRecord, ProductImage, ProductCategory):
        for signal in (post_save, post_delete):
            signal.connect(part_changed, sender=model, dispatch_uid=f"listing.{model.__name__}")
    m2m_changed.connect(certificate_products_changed, sender=Certificate.products.through, dispatch_uid="listing.m2m")
    post_save.connect(certificate_changed, sender=Certificate, dispatch_uid="listing.certificate")
    post_save.connect(seller_changed, sender=Partner, dispatch_uid="listing.seller")
    for model in (Partner, Category, Product):
        for signal in (post_save, post_delete):
            signal.connect(shelves_changed, sender=model, dispatch_uid=f"shelves.{model.__name__}")


def refresh(product: Product) -> None:
    """A pack refreshes its whole; a product that is gone, or has no seller yet, has no listing."""
    if product.is_child and product.parent_id is None:
        return
    if Product.objects.filter(pk=product.whole.pk, seller__isnull=False).exists():
        actions.refresh_listing(product=product)


def product_changed(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh(instance)


def part_changed(sender, instance, raw=False, origin=None, **kwargs):
    """A part that goes with its product changes nothing: the listing goes as well."""
    if not raw and not is_going(instance.product, origin):
        refresh(instance.product)


def is_going(product: Product, origin) -> bool:
    """True if the deletion that began at ``origin`` takes the whole product."""
    if isinstance(origin, Product):
        return origin.pk == product.whole.pk
    return getattr(origin, "model", None) is Product and origin.filter(pk=product.whole.pk).exists()


def certificate_products_changed(sender, instance, action, reverse, pk_set, **kwargs):
    if action.startswith("post_"):
        products = [instance] if reverse else Product.objects.filter(pk__in=pk_set or ())
        for product in products:
            refresh(product)


def certificate_changed(sender, instance, raw=False, created=False, **kwargs):
    if not (raw or created):
        for product in instance.products.all():
            refresh(product)


def shelves_changed(sender, raw=False, **kwargs):
    """What stands on shelves that pages keep."""
    if not raw:
        stamps.touch(stamps.GOODS)


def seller_changed(sender, instance, raw=False, created=False, **kwargs):
    """A new name must be found; there are few goods of one seller, and sellers are renamed rarely."""
    if not (raw or created):
        for product in instance.products.all():
            refresh(product)
