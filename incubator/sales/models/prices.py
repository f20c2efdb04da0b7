"""Raw prices: what a good brings its grower unprocessed and sold at the field, to hold our prices against."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from incubator import shell
from marketplace.accounts import roles
from marketplace.core.fields import AreaField

HUNDRED = Decimal(100)


class RawPriceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Prices noted for the places this person works for as incubator staff."""
        return self.filter(roles.within(shell.places(user)))

    def known_on(self, day):
        """Noted for days up to this one, the latest last."""
        return self.filter(as_of__lte=day).order_by("as_of", "pk")


class RawPrice(models.Model):
    """A raw price 原料价: yuan per kg of raw good on a day, with its source. ``good`` as `figures.Sums.key` names it.

    ``yield_percent`` is how much of the good one gets from 100 kg of the raw one: 65 for rice from paddy. Never altered.
    """

    good = models.CharField(max_length=270)
    area = AreaField(_("Place"), db_index=True)
    price = models.DecimalField(_("Raw price (¥/kg)"), max_digits=8, decimal_places=2)
    yield_percent = models.DecimalField(_("Yield (%)"), max_digits=5, decimal_places=1, default=HUNDRED)
    as_of = models.DateField(_("As of"))
    source = models.CharField(_("Source"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = RawPriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Raw price")
        verbose_name_plural = _("Raw prices")
        constraints = [
            CheckConstraint(condition=Q(price__gt=0), name="raw_price_positive"),
            CheckConstraint(condition=Q(yield_percent__gt=0), name="raw_price_yield_positive"),
            CheckConstraint(condition=~Q(source=""), name="raw_price_has_source"),
            UniqueConstraint(
                fields=["good", "area", "as_of", "source", "price", "yield_percent"], name="raw_price_said_once"
            ),
        ]

    def __str__(self):
        return f"{self.good} {self.as_of}"

    @property
    def fen_per_kg(self) -> Decimal:
        """What the raw good in a kilogram of the good is worth, in fen."""
        return self.price * HUNDRED * HUNDRED / self.yield_percent
