"""Sellers and their stock."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import CheckConstraint, Exists, F, OuterRef, Q, UniqueConstraint
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord

from marketplace.core.fields import AreaField
from marketplace.core.money import FEN
from marketplace.core.pinyin import slug
from marketplace.core.text import localized, words_of

from .supply import StockPool, SupplyGrant


class PartnerQuerySet(models.QuerySet):
    def open(self, day: date | None = None):
        """Shops that take orders today, or on the day given."""
        return self.filter(closed_until__isnull=True) | self.filter(closed_until__lte=day or timezone.localdate())


class Partner(AbstractPartner):
    """A seller 商家: who sells on our storefront. Its public page is the shop 店铺."""

    class Kind(models.TextChoices):
        GROWER = "grower", _("Sole grower (registration exempt)")
        INDIVIDUAL = "individual", _("Individual business")
        COOPERATIVE = "cooperative", _("Farmers' cooperative")
        COMPANY = "company", _("Company")

    slug = models.SlugField(unique=True, max_length=128, blank=True)
    name_en = models.CharField(_("English name"), max_length=128, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices, default=Kind.GROWER)
    get_kind_display = words_of("kind", Kind)
    area = AreaField(_("Place"), blank=True)
    story = models.TextField(_("Story"), blank=True)
    story_en = models.TextField(_("Story in English"), blank=True)
    picture = models.CharField(max_length=200, blank=True)
    licence = models.CharField(_("Licence information"), max_length=120, blank=True)
    contact = models.CharField(_("Contact us"), max_length=60, blank=True)
    closed_until = models.DateField(
        _("Holiday closure"), null=True, blank=True, help_text=_("The shop takes no orders before this day.")
    )
    low_stock = models.PositiveIntegerField(
        _("Tell me at"), null=True, blank=True, help_text=_("Of packs without a number of their own.")
    )
    is_sample = models.BooleanField(default=False, help_text=_("Made up for demonstration"))
    joined_on = models.DateField(_("Joined"), default=timezone.localdate)

    objects = PartnerQuerySet.as_manager()

    class Meta(AbstractPartner.Meta):
        app_label = "partner"
        verbose_name = _("Seller")
        verbose_name_plural = _("Sellers")

    def save(self, *args, **kwargs):
        self.slug = self.slug or slug(self.name or "")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("sellers:shop", args=[self.slug])

    @property
    def display_name(self):
        return localized(self, "name")

    @property
    def display_story(self):
        return localized(self, "story")

    @property
    def is_open(self):
        """True if the shop takes orders today."""
        return self.closed_until is None or self.closed_until <= timezone.localdate()


LOW_STOCK = 5
"""So few packs are low stock where the seller has set no number of her own."""


class StockRecordQuerySet(models.QuerySet):
    def low(self):
        """Packs on the shelf of which hardly any, or none, are left to sell."""
        threshold = Coalesce("low_stock_threshold", "partner__low_stock", LOW_STOCK)
        own = Q(pool__isnull=True, num_in_stock__lte=F("num_allocated") + threshold)
        filled = Q(
            pool__grams__lt=F("pool__grams_allocated") + (threshold + 1) * Cast("pool_grams", models.BigIntegerField())
        )
        on_shelf = self.filter(product__is_public=True).exclude(product__parent__is_public=False)
        return on_shelf.filter(own | filled)

    def supplied(self, day):
        """All but those whose supply grant does not hold on this day."""
        return self.filter(Q(grant__isnull=True) | Exists(SupplyGrant.objects.active(day).filter(pk=OuterRef("grant"))))

    def orderable(self, day):
        """Packs of which at least one can be promised on this day."""
        own = Q(pool__isnull=True, num_in_stock__gt=F("num_allocated"))
        filled = Q(pool__grams__gte=F("pool__grams_allocated") + F("pool_grams"))
        return self.supplied(day).filter(own | filled)


class StockRecordManager(models.Manager.from_queryset(StockRecordQuerySet)):  # type: ignore[misc]
    def get_queryset(self):
        """With pool and grant, so that whoever asks what is left asks nothing more."""
        return super().get_queryset().select_related("pool", "grant")


def below_floor(floor: Decimal) -> str:
    """Why a price is too low, in words."""
    return gettext("The supplier's floor price for this pack is ¥%(floor)s.") % {"floor": floor.quantize(FEN)}


class BelowFloor(ValueError):
    """A price below what the supplier allows; ``for_people`` says what she allows."""

    def __init__(self, floor: Decimal):
        super().__init__(f"floor {floor}")
        self.for_people = below_floor(floor)


class StockRecord(AbstractStockRecord):
    """How many packs a seller has and how many are promised to unpaid or unsent orders.

    ``num_allocated`` never exceeds ``num_in_stock``: the database says so, whatever the code does. A pack that is filled
    from a pool has no stock of its own: ``pool_grams`` of the pool go into one.
    """

    num_in_stock = models.PositiveIntegerField(_("Stock"), default=0)
    num_allocated = models.PositiveIntegerField(_("Reserved"), default=0)
    pool = models.ForeignKey(StockPool, null=True, blank=True, on_delete=models.RESTRICT, related_name="records")
    pool_grams = models.PositiveIntegerField(_("Grams of loose goods in a pack"), null=True, blank=True)
    grant = models.ForeignKey(SupplyGrant, null=True, blank=True, on_delete=models.RESTRICT, related_name="records")
    low_told_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="that it runs out, told once")

    objects = StockRecordManager()

    class Meta(AbstractStockRecord.Meta):
        app_label = "partner"
        constraints = [
            CheckConstraint(
                condition=Q(pool__isnull=False) | Q(num_allocated__lte=F("num_in_stock")), name="stock_not_oversold"
            ),
            CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="stock_price_not_negative"),
            CheckConstraint(
                condition=Q(pool__isnull=True, pool_grams__isnull=True, grant__isnull=True)
                | Q(pool__isnull=False, pool_grams__gt=0, num_in_stock=0),
                name="stock_own_or_from_a_pool",
            ),
            UniqueConstraint(fields=["product"], name="stock_one_record_per_pack"),
        ]

    def save(self, *args, **kwargs):
        """Whatever door sets a price, the supplier's floor holds."""
        if self.price is not None and self.price < self.floor:
            raise BelowFloor(self.floor)
        super().save(*args, **kwargs)

    @property
    def floor(self) -> Decimal:
        """The lowest price the supplier allows; 0 for one's own goods."""
        return self.grant.floor_of(self.pool_grams) if self.grant else Decimal(0)

    @property
    def is_withheld(self) -> bool:
        """True if its supplier does not let it be sold today."""
        return self.grant is not None and not self.grant.is_active_on(timezone.localdate())

    @property
    def free(self) -> int:
        """How many packs can be promised now."""
        if self.is_withheld:
            return 0
        return self.pool.fills(self.pool_grams) if self.pool else self.num_in_stock - self.num_allocated

    @property
    def pool_kg(self) -> str:
        """Kilograms of loose goods in one pack."""
        return f"{(Decimal(self.pool_grams or 0) / 1000).normalize():f}"

    @property
    def is_low(self):
        """True if hardly any are left to sell."""
        chosen = (self.low_stock_threshold, self.product.whole.seller.low_stock, LOW_STOCK)
        return self.free <= next(number for number in chosen if number is not None)


from oscar.apps.partner.models import *  # noqa: E402,F403
