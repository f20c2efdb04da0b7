"""Who takes part in a fair, with the terms that hold for this fair."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from incubator.members.models import EcommercePartner
from incubator.members.models.cooperatives import MONTHS
from incubator.members.models.partners import HUNDRED, Buyer, known_areas
from incubator.members.words import Category, Known, Outlet, Scheme, labels
from marketplace.core import season
from marketplace.core.fields import AreaField

from .fairs import Fair


class RegistrationQuerySet(models.QuerySet):
    def named_like(self, words: str):
        """By name or code."""
        return self.filter(Q(name__icontains=words) | Q(code__iexact=words))


class FairProduct(models.Model):
    """A product a cooperative offers at one fair. Floor price (yuan per kg) and ``is_weak`` are for staff only."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="products")
    code = models.CharField(_("Code"), max_length=20)
    name = models.CharField(_("Good"), max_length=60)
    cooperative = models.ForeignKey(
        "members.Cooperative", null=True, blank=True, on_delete=models.PROTECT, related_name="fair_products"
    )
    cooperative_name = models.CharField(_("Cooperative"), max_length=80)
    county = AreaField(_("Place"))
    category = models.CharField(_("Category"), max_length=20, choices=Category.choices)
    schemes = models.JSONField(_("Certificates"), default=list, blank=True, validators=[Known(Scheme)])
    volume_t = models.DecimalField(_("Yearly volume (t)"), max_digits=12, decimal_places=3)
    season_from = models.PositiveSmallIntegerField(_("Supply from"), choices=MONTHS)
    season_to = models.PositiveSmallIntegerField(_("Supply until"), choices=MONTHS)
    floor_price = models.DecimalField(_("Floor price (¥/kg)"), max_digits=14, decimal_places=4)
    needs_cold_chain = models.BooleanField(_("Needs a cold chain"), default=False)
    is_weak = models.BooleanField(_("Priority-support cooperative"), default=False)
    slots = models.PositiveSmallIntegerField(_("Partners it can serve"))

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Product at a fair")
        verbose_name_plural = _("Products at a fair")
        ordering = ["code"]
        constraints = [
            UniqueConstraint(fields=["fair", "code"], name="fair_product_code_once"),
            CheckConstraint(condition=Q(volume_t__gte=0, floor_price__gte=0), name="fair_product_numbers_not_negative"),
            CheckConstraint(
                condition=Q(season_from__gte=1, season_from__lte=12, season_to__gte=1, season_to__lte=12),
                name="fair_product_months_exist",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def delegation(self):
        """Who comes to the tables: one delegation for each cooperative, whatever it offers."""
        return f"{self.county}:{self.cooperative_name}"

    @property
    def season(self):
        """The months of supply; they may wrap the year."""
        return season.months(self.season_from, self.season_to)

    @property
    def scheme_labels(self):
        return labels(self.schemes, Scheme)


class FairPartner(Buyer):
    """An e-commerce partner at one fair, with what it looks for. Prices are yuan per kg, commission percent of the price."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="partners")
    code = models.CharField(_("Code"), max_length=20)
    name = models.CharField(_("Name"), max_length=80)
    partner = models.ForeignKey(
        "members.EcommercePartner", null=True, blank=True, on_delete=models.PROTECT, related_name="fair_entries"
    )
    kind = models.CharField(_("Kind"), max_length=10, choices=EcommercePartner.Kind.choices)
    outlets = models.JSONField(_("Sales channels"), default=list, blank=True, validators=[Known(Outlet)])
    categories = models.JSONField(_("Categories"), default=list, validators=[Known(Category)])
    regions = models.JSONField(_("Buys from"), default=list, blank=True, validators=[known_areas])
    required_schemes = models.JSONField(_("Certificates wanted"), default=list, blank=True, validators=[Known(Scheme)])
    min_volume_t = models.DecimalField(_("Least yearly volume (t)"), max_digits=12, decimal_places=3)
    season_from = models.PositiveSmallIntegerField(_("Buys from month"), choices=MONTHS)
    season_to = models.PositiveSmallIntegerField(_("Buys until month"), choices=MONTHS)
    price_from = models.DecimalField(_("Pays from (¥/kg)"), max_digits=14, decimal_places=4)
    price_to = models.DecimalField(_("Pays up to (¥/kg)"), max_digits=14, decimal_places=4)
    commission_percent = models.DecimalField(_("Commission (%)"), max_digits=5, decimal_places=2)
    has_cold_chain = models.BooleanField(_("Has a cold chain"), default=False)
    reliability = models.DecimalField(_("Kept promises (0–5)"), max_digits=5, decimal_places=4, null=True, blank=True)
    slots = models.PositiveSmallIntegerField(_("Products it can take"))

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("E-commerce partner at a fair")
        verbose_name_plural = _("E-commerce partners at a fair")
        ordering = ["code"]
        constraints = [
            UniqueConstraint(fields=["fair", "code"], name="fair_partner_code_once"),
            CheckConstraint(
                condition=Q(min_volume_t__gte=0, price_from__gte=0, price_to__gte=models.F("price_from")),
                name="fair_partner_prices_in_order",
            ),
            CheckConstraint(
                condition=Q(commission_percent__gte=0, commission_percent__lte=HUNDRED),
                name="fair_partner_commission_0_to_100",
            ),
            CheckConstraint(
                condition=Q(season_from__gte=1, season_from__lte=12, season_to__gte=1, season_to__lte=12),
                name="fair_partner_months_exist",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"
