"""What sales cost, and how what is left was shared among households."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator import shell
from incubator.households.models import Household, HouseholdLink
from incubator.members.models import Cooperative
from incubator.sales.models import ChannelAccount
from incubator.sales.states import Evidence
from marketplace.accounts import roles
from marketplace.core.money import to_yuan

from .waterfall import CostBasis, CostKind

PERMISSION = "income.read_income"


class CostRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of accounts of the places this person works for."""
        return self.filter(account__in=ChannelAccount.objects.visible_to(user))


class CostRule(models.Model):
    """What one kind of cost takes of an account's sales from one day on: until ``until``, or until a later rule begins.

    A rule with a code goes before one without. 0 means that it costs nothing; no rule means that nobody knows.
    """

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="cost_rules")
    code = models.CharField(_("Goods code"), max_length=80, blank=True)
    kind = models.CharField(_("Cost"), max_length=10, choices=CostKind.choices)
    basis = models.CharField(_("Counted by"), max_length=10, choices=CostBasis.choices)
    value = models.DecimalField(_("Value"), max_digits=10, decimal_places=4)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)
    evidence = models.PositiveSmallIntegerField(_("Evidence"), choices=Evidence.choices, default=Evidence.TOLD)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = CostRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Cost of sales")
        verbose_name_plural = _("Costs of sales")
        ordering = ["account", "kind", "code", "since"]
        constraints = [
            UniqueConstraint(fields=["account", "code", "kind", "since"], name="cost_rule_once_per_start"),
            CheckConstraint(condition=Q(value__gte=0), name="cost_rule_not_negative"),
            CheckConstraint(condition=~Q(basis="percent") | Q(value__lte=100), name="cost_rule_at_most_all"),
            CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="cost_rule_days_in_order"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.value}"


class IncomeRoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of cooperatives of this person's places, if she may read who earned what at all."""
        if not (user.is_authenticated and user.has_perm(PERMISSION)):
            return self.none()
        return self.filter(roles.within(shell.places(user), "cooperative__area"))


class IncomeRound(models.Model):
    """What a cooperative shares among its households for a period 收益分配. All in fen: the shares and what it retains add up
    to what could be distributed. A second person makes it final; then nothing of it changes."""

    class Basis(models.TextChoices):
        COMPUTED = "computed", pgettext_lazy("income", "Computed from sales and costs")
        DECLARED = "declared", pgettext_lazy("income", "Declared by the cooperative")

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="income_rounds")
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    basis = models.CharField(_("Basis"), max_length=10, choices=Basis.choices)
    distributable_fen = models.PositiveBigIntegerField(_("Distributable income"))
    retained_fen = models.PositiveBigIntegerField(_("Retained by the cooperative"), default=0)
    evidence = models.PositiveSmallIntegerField(_("Evidence"), choices=Evidence.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    final_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    final_at = models.DateTimeField(null=True, blank=True)

    objects = IncomeRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("Income share")
        verbose_name_plural = _("Income shares")
        ordering = ["-until", "-id"]
        permissions = [("read_income", "Can read which household earned what")]
        constraints = [
            UniqueConstraint(fields=["cooperative", "since", "until"], name="income_round_once_per_period"),
            CheckConstraint(condition=Q(until__gte=F("since")), name="income_round_days_in_order"),
            CheckConstraint(condition=Q(retained_fen__lte=F("distributable_fen")), name="income_round_retains_within"),
            CheckConstraint(
                condition=Q(final_by=None, final_at=None) | Q(final_by__isnull=False, final_at__isnull=False),
                name="income_round_final_by_somebody",
            ),
            CheckConstraint(condition=Q(final_by=None) | ~Q(final_by=F("by")), name="income_round_final_by_another"),
        ]

    def __str__(self):
        return f"{self.cooperative} {self.since}–{self.until}"

    def get_absolute_url(self):
        return reverse("incubator:income:round", args=[self.pk])

    @property
    def is_final(self):
        return self.final_at is not None

    @property
    def distributable(self):
        return to_yuan(self.distributable_fen)

    @property
    def retained(self):
        return to_yuan(self.retained_fen)


class IncomeShare(models.Model):
    """One household's part of a round, for one kind of link. ``weight`` is what it was counted by: kilograms, days, shares, mu."""

    round = models.ForeignKey(IncomeRound, on_delete=models.CASCADE, related_name="shares")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="income_shares")
    kind = models.CharField(_("Kind"), max_length=10, choices=HouseholdLink.Kind.choices)
    weight = models.PositiveBigIntegerField(_("Weight"))
    fen = models.PositiveBigIntegerField(_("Income"))

    class Meta:
        verbose_name = _("Income of a household")
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["round", "household", "kind"], name="income_share_once_per_link"),
            CheckConstraint(condition=Q(weight__gt=0), name="income_share_has_weight"),
        ]

    def __str__(self):
        return f"{self.household_id} {self.fen}"

    @property
    def yuan(self):
        return to_yuan(self.fen)
