"""Cooperatives, and what they can supply."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.members.words import Category, Known, Scheme, labels
from marketplace.core import season
from marketplace.core.fields import AreaField
from marketplace.core.text import localized

from .scope import MemberQuerySet

MONTHS = tuple((month, str(month)) for month in range(1, 13))


class Cooperative(models.Model):
    """A cooperative 合作社: growers who act together. It may stand behind a producer and run a seller of our storefront.

    ``is_weak`` means that it needs help to find a partner; only staff ever see that, and why.
    """

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    registration_no = models.CharField(_("Registration number"), max_length=18, blank=True)
    area = AreaField(_("Place"), db_index=True)
    member_households = models.PositiveIntegerField(_("Growers' households"), null=True, blank=True)
    categories = models.JSONField(_("Categories"), default=list, blank=True, validators=[Known(Category)])
    contact = models.CharField(_("Contact person"), max_length=40, blank=True)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    is_weak = models.BooleanField(_("Priority-support cooperative"), default=False)
    weak_reason = models.CharField(_("Why it needs help"), max_length=120, blank=True)
    joined_on = models.DateField(_("Joined"), null=True, blank=True)
    left_on = models.DateField(_("Left"), null=True, blank=True)
    producer = models.OneToOneField(
        "producers.Producer", null=True, blank=True, on_delete=models.SET_NULL, related_name="cooperative"
    )
    seller = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.SET_NULL, related_name="cooperatives"
    )
    users = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="cooperatives")
    is_sample = models.BooleanField(default=False, help_text=_("Made up for demonstration"))

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("Cooperative")
        verbose_name_plural = _("Cooperatives")
        ordering = ["area", "code"]
        constraints = [
            UniqueConstraint(
                fields=["registration_no"], condition=~Q(registration_no=""), name="cooperative_registered_once"
            ),
            CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="cooperative_has_name_and_code"),
            CheckConstraint(condition=Q(is_weak=True) | Q(weak_reason=""), name="cooperative_reason_only_when_weak"),
        ]
        indexes = [models.Index(fields=["name", "area"], name="cooperative_doubles")]

    def __str__(self):
        return self.display_name

    def get_absolute_url(self):
        return reverse("incubator:members:cooperative", args=[self.pk])

    @property
    def display_name(self):
        return localized(self, "name")

    @property
    def category_labels(self):
        return labels(self.categories, Category)


class SupplyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Goods of the cooperatives this person may see."""
        return self.filter(cooperative__in=Cooperative.objects.visible_to(user))


class Supply(models.Model):
    """One good a cooperative can supply: how much a year (tonnes), in which months, from which price (yuan per kg).

    The floor price is the cooperative's secret: staff and its own people see it, partners never do.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="supplies")
    name = models.CharField(_("Good"), max_length=60)
    category = models.CharField(_("Category"), max_length=20, choices=Category.choices)
    volume_t = models.DecimalField(_("Yearly volume (t)"), max_digits=10, decimal_places=1)
    season_from = models.PositiveSmallIntegerField(_("Supply from"), choices=MONTHS)
    season_to = models.PositiveSmallIntegerField(_("Supply until"), choices=MONTHS)
    floor_price = models.DecimalField(_("Floor price (¥/kg)"), max_digits=10, decimal_places=2)
    needs_cold_chain = models.BooleanField(_("Needs a cold chain"), default=False)
    slots = models.PositiveSmallIntegerField(_("Partners it can serve"), default=1)
    product = models.ForeignKey(
        "catalogue.Product", null=True, blank=True, on_delete=models.SET_NULL, related_name="supplies"
    )

    objects = SupplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Supply")
        verbose_name_plural = _("Supplies")
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["cooperative", "name"], name="supply_once_per_cooperative"),
            CheckConstraint(condition=Q(volume_t__gt=0), name="supply_volume_positive"),
            CheckConstraint(condition=Q(floor_price__gte=0), name="supply_floor_price_not_negative"),
            CheckConstraint(
                condition=Q(season_from__gte=1, season_from__lte=12, season_to__gte=1, season_to__lte=12),
                name="supply_months_exist",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def season(self):
        """The months of supply; they may wrap the year."""
        return season.months(self.season_from, self.season_to)


class CertificateQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Checked by staff, and not expired on this day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), checked_at__isnull=False)


class Certificate(models.Model):
    """A cooperative's certificate, for one of its goods or for all. It counts once staff have checked it."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="certificates")
    supply = models.ForeignKey(Supply, null=True, blank=True, on_delete=models.CASCADE, related_name="certificates")
    scheme = models.CharField(_("Certificate"), max_length=20, choices=Scheme.choices)
    number = models.CharField(_("Certificate number"), max_length=60, blank=True)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Certificate")
        verbose_name_plural = _("Certificates")
        ordering = ["scheme", "id"]
        constraints = [
            UniqueConstraint(
                fields=["supply", "scheme", "number"],
                condition=Q(supply__isnull=False),
                name="certificate_once_per_good",
            ),
            UniqueConstraint(
                fields=["cooperative", "scheme", "number"],
                condition=Q(supply__isnull=True),
                name="certificate_once_per_cooperative",
            ),
        ]

    def __str__(self):
        return f"{self.get_scheme_display()} {self.number}".strip()
