"""Loose goods that several packs are filled from, and who else may sell them."""

from decimal import ROUND_UP, Decimal

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import FEN
from marketplace.core.text import localized

GRAMS_PER_KG = 1000


class StockPoolQuerySet(models.QuerySet):
    def of(self, seller):
        """This seller's own."""
        return self.filter(seller=seller)


class StockPool(models.Model):
    """A pile of loose goods 散货, in grams, from which several packs are filled: what one pack takes the others lack.

    It belongs to a seller, or to a producer who has no shop of her own. ``grams_allocated`` are promised to orders and
    never exceed ``grams``: the database says so.
    """

    seller = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.CASCADE, related_name="stock_pools"
    )
    producer = models.ForeignKey(
        "producers.Producer", null=True, blank=True, on_delete=models.CASCADE, related_name="stock_pools"
    )
    name = models.CharField(_("Name"), max_length=60)
    grams = models.PositiveBigIntegerField(_("Loose goods in grams"), default=0)
    grams_allocated = models.PositiveBigIntegerField(_("Reserved"), default=0)

    objects = StockPoolQuerySet.as_manager()

    class Meta:
        app_label = "partner"
        verbose_name = _("Loose goods")
        verbose_name_plural = _("Loose goods")
        ordering = ["name", "pk"]
        constraints = [
            CheckConstraint(condition=Q(grams_allocated__lte=F("grams")), name="pool_not_oversold"),
            CheckConstraint(
                condition=Q(seller__isnull=False, producer__isnull=True)
                | Q(seller__isnull=True, producer__isnull=False),
                name="pool_of_a_seller_or_a_producer",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def grams_free(self) -> int:
        """What can still be promised."""
        return self.grams - self.grams_allocated

    @property
    def kg_free(self) -> Decimal:
        return Decimal(self.grams_free) / GRAMS_PER_KG

    @property
    def kg_allocated(self) -> Decimal:
        return Decimal(self.grams_allocated) / GRAMS_PER_KG

    @property
    def owner(self):
        """The seller or the producer whose goods they are."""
        return self.seller or self.producer

    @property
    def owner_name(self) -> str:
        return localized(self.owner, "name")

    def fills(self, grams: int) -> int:
        """How many packs of so many grams can still be filled."""
        return self.grams_free // grams


class SupplyGrantQuerySet(models.QuerySet):
    def active(self, day):
        """Those that let goods be sold on this day."""
        begun = self.filter(revoked_at__isnull=True, starts_on__lte=day)
        return begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def for_seller(self, seller):
        """What this seller may, or might, sell of others."""
        return self.filter(seller=seller)

    def from_seller(self, seller):
        """What this seller lets others sell."""
        return self.filter(pool__seller=seller)

    def with_names(self):
        """With everything a list of grants says."""
        return self.select_related("pool__seller", "pool__producer", "seller")


class SupplyGrant(models.Model):
    """A supply grant 供货授权: a cooperative lets a seller list the goods of one pool, for not less than a floor price.

    Granted and revoked, never edited: other terms are another grant. Once it has ended nobody can order its goods.
    """

    pool = models.ForeignKey(StockPool, on_delete=models.CASCADE, related_name="grants", verbose_name=_("Loose goods"))
    seller = models.ForeignKey(
        "partner.Partner", on_delete=models.CASCADE, related_name="supply_grants", verbose_name=_("Seller")
    )
    floor_per_kg = models.DecimalField(_("Floor price"), max_digits=10, decimal_places=2, help_text="yuan per kg")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = SupplyGrantQuerySet.as_manager()

    class Meta:
        app_label = "partner"
        verbose_name = _("Supply grant")
        verbose_name_plural = _("Supply grants")
        ordering = ["-pk"]
        constraints = [
            UniqueConstraint(
                fields=["pool", "seller"], condition=Q(revoked_at__isnull=True), name="grant_one_at_a_time"
            ),
            CheckConstraint(condition=Q(floor_per_kg__gt=0), name="grant_floor_positive"),
            CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="grant_dates_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.pool} → {self.seller}"

    def is_active_on(self, day) -> bool:
        """True if goods may be sold under it on this day."""
        begun = self.revoked_at is None and self.starts_on <= day
        return begun and (self.ends_on is None or day <= self.ends_on)

    def floor_of(self, grams: int) -> Decimal:
        """The lowest price in yuan of a pack of so many grams; a broken fen is a fen."""
        return (self.floor_per_kg * grams / GRAMS_PER_KG).quantize(FEN, rounding=ROUND_UP)
