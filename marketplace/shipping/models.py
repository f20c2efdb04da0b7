"""A seller's freight template 运费模板: what it costs to send goods where. The arithmetic is in ``freight``."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from marketplace.shipping import freight


class FreightTemplate(models.Model):
    """Terms of one seller for some of her goods."""

    class ChargeBy(models.TextChoices):
        WEIGHT = "weight", _("By weight")
        PIECE = "piece", _("By piece")

    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="freight_templates")
    name = models.CharField(_("Name"), max_length=60)
    charge_by = models.CharField(_("Charged"), max_length=10, choices=ChargeBy.choices, default=ChargeBy.WEIGHT)
    free_over_amount = models.DecimalField(
        _("Free delivery over this amount"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    free_over_quantity = models.PositiveIntegerField(_("Free delivery from this many"), null=True, blank=True)

    class Meta:
        verbose_name = _("Delivery template")
        verbose_name_plural = _("Delivery templates")
        constraints = [models.UniqueConstraint(fields=["seller", "name"], name="freight_template_name_per_seller")]

    def __str__(self):
        return self.name

    def tariff(self) -> freight.Tariff:
        """These terms as plain values; asks for ``zones``, so prefetch them for many."""
        return freight.Tariff(
            charge_by=self.charge_by,
            groups=tuple(zone.as_value() for zone in self.zones.all()),
            free_over_amount=self.free_over_amount,
            free_over_quantity=self.free_over_quantity,
        )


class FreightZone(models.Model):
    """A group of provinces with one price. Without provinces it is the rest of the country."""

    template = models.ForeignKey(FreightTemplate, on_delete=models.CASCADE, related_name="zones")
    provinces = models.JSONField(_("Provinces"), default=list, help_text=_("Two-digit province codes"))
    delivers = models.BooleanField(_("Delivers"), default=True)
    first_unit = models.PositiveIntegerField(_("First unit (g or pieces)"), default=1000)
    first_fee = models.DecimalField(_("First fee"), max_digits=7, decimal_places=2, default=0)
    extra_unit = models.PositiveIntegerField(_("Each further unit (g or pieces)"), default=1000)
    extra_fee = models.DecimalField(_("Each further fee"), max_digits=7, decimal_places=2, default=0)
    surcharge = models.DecimalField(_("Remote-area surcharge"), max_digits=7, decimal_places=2, default=0)
    free_over_applies = models.BooleanField(_("Free delivery applies here"), default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            CheckConstraint(condition=Q(first_unit__gt=0) & Q(extra_unit__gt=0), name="freight_units_positive"),
            CheckConstraint(
                condition=Q(first_fee__gte=0) & Q(extra_fee__gte=0) & Q(surcharge__gte=0),
                name="freight_fees_not_negative",
            ),
        ]

    def __str__(self):
        return f"{self.template}: {', '.join(self.provinces) or '*'}"

    def as_value(self) -> freight.Zone:
        return freight.Zone(
            provinces=frozenset(self.provinces),
            first_unit=self.first_unit,
            first_fee=self.first_fee,
            extra_unit=self.extra_unit,
            extra_fee=self.extra_fee,
            surcharge=self.surcharge,
            delivers=self.delivers,
            free_over_applies=self.free_over_applies,
        )


from oscar.apps.shipping.models import *  # noqa: E402,F403
