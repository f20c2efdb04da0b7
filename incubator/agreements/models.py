"""Agreements between cooperatives and e-commerce partners, from a letter of intent to the end."""

from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator import shell
from incubator.members.models import Cooperative, EcommercePartner
from incubator.sales.models import ChannelAccount
from marketplace.accounts import roles
from marketplace.core.private_files import private_storage
from marketplace.core.seen import Marked

from .states import BINDING, AgreementState

FIRST_ORDER_WITHIN = timedelta(days=30)
MEASURED_AFTER = timedelta(days=90)
HUNDRED = Decimal(100)


class AgreementQuerySet(models.QuerySet):
    def for_staff(self, user):
        """Agreements of cooperatives of the places this person works for."""
        return self.filter(roles.within(shell.places(user), "cooperative__area"))

    def visible_to(self, user):
        """Staff see those of their places, both sides see their own, nobody sees anything else."""
        if not user.is_authenticated:
            return self.none()
        own = Q(cooperative__in=Cooperative.objects.run_by(user)) | Q(partner__in=EcommercePartner.objects.run_by(user))
        return self.filter(roles.within(shell.places(user), "cooperative__area") | own)

    def binding(self):
        return self.filter(state__in=BINDING)


class Agreement(Marked, models.Model):
    """An agreement 合作协议: what goods, at which terms, how much, for how long. ``volume_kg`` is for the whole period.

    Whoever hands it in is not the one who checks it. From then on its terms do not change.
    """

    class PriceKind(models.TextChoices):
        FIXED = "fixed", pgettext_lazy("price terms", "Fixed price")
        FLOOR = "floor", pgettext_lazy("price terms", "At least this price")
        MARKET = "market", pgettext_lazy("price terms", "Market price of the day")

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="agreements")
    partner = models.ForeignKey(EcommercePartner, on_delete=models.PROTECT, related_name="agreements")
    proposal = models.ForeignKey(
        "matching.Proposal", null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    goods = models.CharField(_("Goods"), max_length=120)
    price_kind = models.CharField(_("Price terms"), max_length=10, choices=PriceKind.choices)
    price = models.DecimalField(_("Price (¥/kg)"), max_digits=10, decimal_places=2, null=True, blank=True)
    volume_kg = models.PositiveIntegerField(_("Agreed volume (kg)"))
    commission_percent = models.DecimalField(_("Commission (%)"), max_digits=5, decimal_places=2, default=0)
    begins_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    file = models.FileField(
        _("Signed paper"), upload_to="agreements/", storage=private_storage, max_length=120, blank=True
    )
    state = models.CharField(
        _("Status"), max_length=10, choices=AgreementState.choices, default=AgreementState.INTENT, db_index=True
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("cooperation", "Agreement")
        verbose_name_plural = pgettext_lazy("cooperation", "Agreements")
        ordering = ["-id"]
        constraints = [
            CheckConstraint(condition=Q(volume_kg__gt=0), name="agreement_volume_positive"),
            CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="agreement_ends_after_it_begins"),
            CheckConstraint(
                condition=Q(commission_percent__gte=0, commission_percent__lt=HUNDRED),
                name="agreement_commission_below_100",
            ),
            CheckConstraint(
                condition=Q(price_kind="market") | Q(price__gt=0), name="agreement_price_where_it_is_agreed"
            ),
            CheckConstraint(
                condition=~Q(state__in=BINDING)
                | (Q(signed_on__isnull=False, checked_by__isnull=False, submitted_by__isnull=False)),
                name="agreement_signed_has_day_and_two_people",
            ),
            CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("submitted_by")), name="agreement_checked_by_another"
            ),
            UniqueConstraint(
                fields=["proposal"], condition=~Q(state="dropped") & Q(proposal__isnull=False),
                name="agreement_once_per_proposal",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.goods} #{self.pk}"

    def get_absolute_url(self):
        return reverse("incubator:agreements:agreement", args=[self.pk])

    @property
    def is_open(self):
        """True while its terms may change."""
        return self.state == AgreementState.INTENT

    @property
    def is_binding(self):
        return self.state in BINDING

    @property
    def first_order_due(self):
        """By when the first order should have come."""
        return max(self.signed_on, self.begins_on) + FIRST_ORDER_WITHIN if self.signed_on else None

    @property
    def measured_until(self):
        """The end of its first 90 days."""
        return max(self.signed_on, self.begins_on) + MEASURED_AFTER if self.signed_on else None


class AgreementMove(models.Model):
    """One step in the life of an agreement. Never altered."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=AgreementState.choices)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.move} {self.at:%Y-%m-%d}"


class AgreementGood(models.Model):
    """What counts for an agreement: a code sold by one account. No code of an account belongs to two agreements at a time."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="counted")
    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="agreement_goods")
    code = models.CharField(_("Code"), max_length=80)

    class Meta:
        verbose_name = _("Good of an agreement")
        ordering = ["account", "code"]
        constraints = [
            UniqueConstraint(fields=["agreement", "account", "code"], name="agreement_good_once"),
            CheckConstraint(condition=~Q(code=""), name="agreement_good_has_code"),
        ]
        indexes = [models.Index(fields=["account", "code"], name="agreement_good_by_code")]

    def __str__(self):
        return f"{self.account} {self.code}"


class AgreementSupply(models.Model):
    """The agreement opened goods to the partner's shop by this supply grant. What is bought under it counts for it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="supplies")
    grant = models.OneToOneField("partner.SupplyGrant", on_delete=models.PROTECT, related_name="agreement_supply")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Goods opened to a shop")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.agreement_id} {self.grant_id}"


class CommissionCharge(models.Model):
    """What the partner really kept of the sales of these days, by its own statement (fen)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="charges")
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    fen = models.PositiveBigIntegerField(_("Commission charged"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Commission charged")
        ordering = ["since"]
        constraints = [
            CheckConstraint(condition=Q(until__gte=F("since")), name="commission_charge_days_in_order"),
            UniqueConstraint(fields=["agreement", "since"], name="commission_charge_once_per_start"),
        ]

    def __str__(self):
        return f"{self.since} {self.fen}"
