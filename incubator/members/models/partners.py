"""Who takes the goods to market: e-commerce partners, and strategic partners with their programmes."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.members.words import Category, Known, Outlet, Scheme, labels
from marketplace.core import areas, season
from marketplace.core.fields import AreaField
from marketplace.core.text import localized

from .cooperatives import MONTHS
from .scope import MemberQuerySet

HUNDRED = Decimal(100)


def known_areas(codes) -> None:
    """Refuse a list that is not of codes of places."""
    if not isinstance(codes, list):
        raise ValidationError(_("Please choose from the list."), code="unknown_area")
    for code in codes:
        try:
            areas.get(code)
        except (areas.UnknownArea, TypeError, AttributeError):
            raise ValidationError(_("This place is not in the table of areas."), code="unknown_area") from None


class Buyer(models.Model):
    """Whoever buys in these months, sells on these channels, and wants these categories and certificates."""

    season_from: int
    season_to: int
    categories: list[str]
    outlets: list[str]
    required_schemes: list[str]

    class Meta:
        abstract = True

    @property
    def season(self):
        """The months in which it buys; they may wrap the year."""
        return season.months(self.season_from, self.season_to)

    @property
    def category_labels(self):
        return labels(self.categories, Category)

    @property
    def outlet_labels(self):
        return labels(self.outlets, Outlet)

    @property
    def scheme_labels(self):
        return labels(self.required_schemes, Scheme)


class EcommercePartner(Buyer):
    """An e-commerce partner 电商伙伴: a company or a person who takes cooperatives' goods to market.

    What it sells and on which terms it buys: ``regions`` are codes of counties (empty: from anywhere), prices are yuan per kg,
    ``commission_percent`` is what it keeps of the price, ``reliability`` is the record of kept promises from 0 to 5.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        PERSON = "person", _("Person")

    code = models.CharField(_("Code"), max_length=20, unique=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    registration_no = models.CharField(_("Registration number"), max_length=18, blank=True)
    area = AreaField(_("Place"), db_index=True)
    outlets = models.JSONField(_("Sales channels"), default=list, blank=True, validators=[Known(Outlet)])
    categories = models.JSONField(_("Categories"), default=list, blank=True, validators=[Known(Category)])
    regions = models.JSONField(_("Buys from"), default=list, blank=True, validators=[known_areas])
    required_schemes = models.JSONField(_("Certificates wanted"), default=list, blank=True, validators=[Known(Scheme)])
    has_cold_chain = models.BooleanField(_("Has a cold chain"), default=False)
    min_volume_t = models.DecimalField(_("Least yearly volume (t)"), max_digits=10, decimal_places=1, default=0)
    monthly_capacity_t = models.DecimalField(
        _("Capacity a month (t)"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    season_from = models.PositiveSmallIntegerField(_("Buys from month"), choices=MONTHS, default=1)
    season_to = models.PositiveSmallIntegerField(_("Buys until month"), choices=MONTHS, default=12)
    price_from = models.DecimalField(_("Pays from (¥/kg)"), max_digits=10, decimal_places=2, null=True, blank=True)
    price_to = models.DecimalField(_("Pays up to (¥/kg)"), max_digits=10, decimal_places=2, null=True, blank=True)
    commission_percent = models.DecimalField(_("Commission (%)"), max_digits=5, decimal_places=2, default=0)
    reliability = models.DecimalField(_("Kept promises (0–5)"), max_digits=3, decimal_places=1, null=True, blank=True)
    slots = models.PositiveSmallIntegerField(_("Products it can take"), default=1)
    contact = models.CharField(_("Contact person"), max_length=40, blank=True)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    joined_on = models.DateField(_("Joined"), null=True, blank=True)
    left_on = models.DateField(_("Left"), null=True, blank=True)
    seller = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.SET_NULL, related_name="ecommerce_partners"
    )
    users = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="ecommerce_partners")
    is_sample = models.BooleanField(default=False, help_text=_("Made up for demonstration"))

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("E-commerce partner")
        verbose_name_plural = _("E-commerce partners")
        ordering = ["area", "code"]
        constraints = [
            UniqueConstraint(
                fields=["registration_no"], condition=~Q(registration_no=""), name="ecommerce_partner_registered_once"
            ),
            CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="ecommerce_partner_has_name_and_code"),
            CheckConstraint(
                condition=Q(commission_percent__gte=0, commission_percent__lt=HUNDRED),
                name="ecommerce_partner_commission_below_100",
            ),
            CheckConstraint(
                condition=Q(reliability=None) | Q(reliability__gte=0, reliability__lte=5),
                name="ecommerce_partner_reliability_0_to_5",
            ),
            CheckConstraint(
                condition=Q(season_from__gte=1, season_from__lte=12, season_to__gte=1, season_to__lte=12),
                name="ecommerce_partner_months_exist",
            ),
        ]
        indexes = [models.Index(fields=["name", "area"], name="ecommerce_partner_doubles")]

    def __str__(self):
        return self.display_name

    def get_absolute_url(self):
        return reverse("incubator:members:partner", args=[self.pk])

    @property
    def display_name(self):
        return localized(self, "name")


class StrategicPartner(models.Model):
    """A strategic partner 战略合作方: a platform company, an insurer or the like that opens a way for many members at once."""

    class Kind(models.TextChoices):
        PLATFORM = "platform", _("E-commerce platform")
        FINANCE = "finance", _("Bank or insurer")
        TRAINING = "training", _("School or training body")
        OTHER = "other", _("Other")

    name = models.CharField(_("Name"), max_length=80, unique=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    outlets = models.JSONField(_("Sales channels"), default=list, blank=True, validators=[Known(Outlet)])
    since = models.DateField(_("Since"), null=True, blank=True)
    until = models.DateField(_("Until"), null=True, blank=True)
    description = models.CharField(_("Description"), max_length=300, blank=True)
    description_en = models.CharField(_("Description in English"), max_length=400, blank=True)
    source = models.CharField(_("Source"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Strategic partner")
        verbose_name_plural = _("Strategic partners")
        ordering = ["name"]
        constraints = [
            CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=models.F("since")),
                name="strategic_partner_ends_after_it_begins",
            )
        ]

    def __str__(self):
        return self.display_name

    def get_absolute_url(self):
        return reverse("incubator:members:strategic-partner", args=[self.pk])

    @property
    def display_name(self):
        return localized(self, "name")

    @property
    def display_description(self):
        return localized(self, "description")


class Programme(models.Model):
    """What a strategic partner offers, and which members take part."""

    partner = models.ForeignKey(StrategicPartner, on_delete=models.CASCADE, related_name="programmes")
    name = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    since = models.DateField(_("Since"), null=True, blank=True)
    until = models.DateField(_("Until"), null=True, blank=True)
    description = models.CharField(_("Description"), max_length=300, blank=True)
    cooperatives = models.ManyToManyField("members.Cooperative", blank=True, related_name="programmes")
    ecommerce_partners = models.ManyToManyField(EcommercePartner, blank=True, related_name="programmes")

    class Meta:
        verbose_name = _("Programme")
        verbose_name_plural = _("Programmes")
        ordering = ["partner", "name"]
        constraints = [UniqueConstraint(fields=["partner", "name"], name="programme_once_per_partner")]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self):
        return localized(self, "name")
