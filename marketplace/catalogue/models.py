"""What is sold: products with packs, their categories, pictures and certificates, and the row of each on lists."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProduct, AbstractProductImage
from oscar.apps.catalogue.managers import ProductQuerySet as OscarProductQuerySet

from marketplace.core import money, season
from marketplace.core.fields import AreaField
from marketplace.core.images import picture_url
from marketplace.core.text import is_english, localized, words_of


class StillFilled(models.ProtectedError):
    """Goods stand on a shelf that was to go, or on one below it. The first argument names the shelf."""

    @property
    def for_people(self) -> str:
        return gettext("Goods stand in “%(name)s”. Put them into another category first.") % {"name": self.args[0]}


class Category(AbstractCategory):
    """A shelf 分类."""

    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    picture = models.CharField(max_length=200, blank=True)

    class Meta(AbstractCategory.Meta):
        app_label = "catalogue"

    @property
    def display_name(self):
        return localized(self, "name")

    def delete(self, *args, **kwargs):
        """Goes with the shelves below it, as long as no goods stand there: they would stand nowhere. Raises StillFilled."""
        filled = Category.objects.filter(path__startswith=self.path, product__isnull=False).first()
        if filled is not None:
            raise StillFilled(filled.display_name, {filled})
        return super().delete(*args, **kwargs)


class ProductQuerySet(OscarProductQuerySet):
    def of(self, seller):
        """What this seller sells, packs included."""
        return self.filter(Q(seller=seller) | Q(parent__seller=seller))

    def described(self):
        """With all that a page tells of a good but its stock, in four queries however many."""
        return self.select_related("seller", "producer", "food_label").prefetch_related(
            "children", "images", "certificates"
        )

    def locked(self, pk):
        """The good of this number for changing, read anew as whoever held it left it."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def with_packs(self):
        """Described, and every pack's stock, in two queries more."""
        return self.described().prefetch_related("children__stockrecords", "stockrecords")


class Product(AbstractProduct):
    """A good with one or more packs. A parent (or a standalone product) says what it is; each pack says how much.

    Every product belongs to exactly one seller; packs (children) inherit all but their own weight and price.
    """

    class ShipMode(models.TextChoices):
        AMBIENT = "ambient", _("Ambient")
        COLD = "cold", _("Chilled")
        FROZEN = "frozen", _("Frozen")
        LIVE = "live", pgettext_lazy("seafood", "Live")

    class UnitPriceBy(models.TextChoices):
        WEIGHT = "weight", _("By weight")
        PIECE = "piece", _("By piece")
        NONE = "none", _("Not shown")

    seller = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.PROTECT, related_name="products"
    )
    producer = models.ForeignKey(
        "producers.Producer", null=True, blank=True, on_delete=models.SET_NULL, related_name="products"
    )
    freight_template = models.ForeignKey(
        "shipping.FreightTemplate", null=True, blank=True, on_delete=models.SET_NULL, related_name="products"
    )
    origin = AreaField(_("Place of origin"), blank=True)
    title_en = models.CharField(_("English title"), max_length=255, blank=True)
    description_en = models.TextField(_("English description"), blank=True)
    season_from = models.PositiveSmallIntegerField(_("Season from month"), null=True, blank=True)
    season_to = models.PositiveSmallIntegerField(_("Season to month"), null=True, blank=True)
    all_year = models.BooleanField(_("Sold all year"), default=True)
    shelf_days = models.PositiveIntegerField(_("Shelf life in days"), null=True, blank=True)
    storage = models.CharField(_("Storage conditions"), max_length=120, blank=True)
    ship_mode = models.CharField(_("Ship mode"), max_length=10, choices=ShipMode.choices, default=ShipMode.AMBIENT)
    get_ship_mode_display = words_of("ship_mode", ShipMode)
    return_exempt = models.BooleanField(
        _("Not eligible for no-reason return"),
        default=False,
        help_text=_("Fresh and perishable goods; the buyer confirms it for each purchase."),
    )
    unit_price_by = models.CharField(
        max_length=10, choices=UnitPriceBy.choices, default=UnitPriceBy.WEIGHT, verbose_name=_("Unit price")
    )
    weight_is_about = models.BooleanField(_("The weight is approximate"), default=False)
    sale_from = models.DateField(_("Sold from"), null=True, blank=True)
    sale_until = models.DateField(_("Sold until"), null=True, blank=True)
    ship_by = models.DateField(
        _("Pre-sale: sent by"),
        null=True,
        blank=True,
        help_text=_("Buyers order now; you send by this day at the latest."),
    )
    papers_over = models.BooleanField(default=False, editable=False, help_text="a paper it needs is over")
    # A pack's own: on children and on standalone products.
    pack = models.CharField(_("Specification"), max_length=60, blank=True)
    net_weight_g = models.PositiveIntegerField(_("Net content in grams"), null=True, blank=True)
    gross_weight_g = models.PositiveIntegerField(_("Gross weight in grams"), null=True, blank=True)

    objects = ProductQuerySet.as_manager()

    class Meta(AbstractProduct.Meta):
        app_label = "catalogue"
        constraints = [
            CheckConstraint(
                condition=Q(structure="child") | Q(seller__isnull=False), name="product_belongs_to_a_seller"
            ),
            CheckConstraint(
                condition=Q(season_from__isnull=True) | Q(season_from__range=(1, 12)),
                name="product_season_from_is_month",
            ),
            CheckConstraint(
                condition=Q(season_to__isnull=True) | Q(season_to__range=(1, 12)), name="product_season_to_is_month"
            ),
            CheckConstraint(
                condition=Q(sale_from__isnull=True)
                | Q(sale_until__isnull=True)
                | Q(sale_until__gte=models.F("sale_from")),
                name="product_sale_window_in_order",
            ),
        ]

    @property
    def whole(self):
        """The product this pack is a pack of; a product without packs is its own whole."""
        return self.parent if self.is_child else self

    @property
    def display_title(self):
        return localized(self.whole, "title")

    @property
    def display_description(self):
        return localized(self.whole, "description")

    @property
    def season(self):
        """Harvest months 1–12; empty if unknown."""
        return season.months(self.whole.season_from, self.whole.season_to)

    def is_sold_on(self, day) -> bool:
        """True if ``day`` lies in the season window its seller has set; without one it is sold always."""
        whole = self.whole
        begun = whole.sale_from is None or whole.sale_from <= day
        return begun and (whole.sale_until is None or day <= whole.sale_until)

    def promised_by(self, day):
        """The day a pre-sale is sent at the latest; None for goods that are sent at once."""
        return self.whole.ship_by if self.whole.ship_by and self.whole.ship_by > day else None

    @cached_property
    def packs(self):
        """What can be put into a basket: public children in order of weight, or the product itself."""
        if not self.is_parent:
            return [self]
        children = [child for child in self.children.all() if child.is_public]
        for child in children:
            child.parent = self
        return sorted(children, key=lambda child: (child.net_weight_g or 0, child.pk))

    @property
    def stock(self):
        """This pack's stock record, or None. Uses what was prefetched, without making a query of it each time."""
        fetched = getattr(self, "_prefetched_objects_cache", {}).get("stockrecords")
        return next(iter(self.stockrecords.all() if fetched is None else fetched), None)

    @property
    def price(self):
        """Yuan for this pack, or None while it has none."""
        return self.stock.price if self.stock else None

    @property
    def available(self):
        """How many packs can be ordered now."""
        return self.stock.free if self.stock else 0

    @property
    def is_withheld(self):
        """True if it may not be sold today, whatever there is of it."""
        return self.whole.papers_over or bool(self.stock and self.stock.is_withheld)

    @property
    def unit_price(self):
        """Yuan per 斤 (500 g) of net content; None where it is not sold by weight or the weight is unknown."""
        if self.whole.unit_price_by != self.UnitPriceBy.WEIGHT or not self.net_weight_g or self.price is None:
            return None
        return money.unit_price(self.price, self.net_weight_g)

    @property
    def weight_to_carry(self):
        """Grams the courier charges: gross weight, or net weight and a tenth for the packing where gross is unknown."""
        return self.gross_weight_g or (self.net_weight_g or 500) * 11 // 10


class ProductImage(AbstractProductImage):
    """A photo of a product, re-encoded by us; `original` is the large one, smaller ones lie beside it by name."""

    is_sample = models.BooleanField(_("Picture for illustration"), default=False)
    is_long = models.BooleanField(_("Detail picture"), default=False)
    width = models.PositiveIntegerField(default=800)
    height = models.PositiveIntegerField(default=800)

    class Meta(AbstractProductImage.Meta):
        app_label = "catalogue"

    @property
    def large_url(self):
        return picture_url(self.original.name)

    @property
    def small_url(self):
        return picture_url(self.original.name, small=True)


class CertificateQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Those that count on this day."""
        return self.filter(checked_on__isnull=False, valid_from__lte=day, valid_until__gte=day)


class Certificate(models.Model):
    """A checked certificate of a seller for some of her products. It counts only between its dates."""

    class Kind(models.TextChoices):
        GREEN = "green", _("Green food")
        ORGANIC = "organic", _("Organic product")
        GEOGRAPHICAL = "gi", _("Geographical indication")
        CONFORMITY = "conformity", _("Conformity commitment certificate")
        TEST = "test", _("Test report")

    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="certificates")
    products = models.ManyToManyField(Product, related_name="certificates", blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    get_kind_display = words_of("kind", Kind)
    name = models.CharField(_("Name"), max_length=80, blank=True)
    number = models.CharField(_("Certificate number"), max_length=60)
    issuer = models.CharField(_("Issuer"), max_length=120, blank=True)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    checked_on = models.DateField(_("Checked by staff on"), null=True, blank=True)
    is_sample = models.BooleanField(default=False, help_text=_("Made up for demonstration"))

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Certificate")
        verbose_name_plural = _("Certificates")
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="certificate_number_once_per_kind"),
            CheckConstraint(condition=Q(valid_until__gte=models.F("valid_from")), name="certificate_dates_in_order"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    @property
    def display_name(self):
        """As the holder names it; its kind where there is no name, or for readers of English, whom the name tells nothing."""
        return str(self.get_kind_display()) if is_english() or not self.name else self.name

    def is_valid_on(self, day):
        """True if the certificate was checked and ``day`` lies between its dates."""
        return self.checked_on is not None and self.valid_from <= day <= self.valid_until


from oscar.apps.catalogue.models import *  # noqa: E402,F403

from marketplace.catalogue.listing import FacetCell, Listing  # noqa: E402,F401
