"""What teams ask for, who answers it, and how far it is."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator import shell
from incubator.matching.models import FairPartner
from incubator.members.models import StrategicPartner
from marketplace.accounts import roles

from ..states import UNFINISHED, LineState, ReferralState, RequestState
from .parks import CommitteeMember
from .tenancies import Tenancy


class RequestKind(models.TextChoices):
    OFFICE = "office", pgettext_lazy("service request", "Office space")
    NETWORK = "network", pgettext_lazy("service request", "Network")
    PROPERTY = "property", pgettext_lazy("service request", "Property management")
    SUPPLY = "supply", pgettext_lazy("service request", "Goods to sell")
    CAPITAL = "capital", pgettext_lazy("service request", "Capital")


class RequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Requests of teams in parks of the places this person works for."""
        return self.filter(roles.within(shell.places(user), "tenancy__park__area"))

    def unfinished(self):
        return self.filter(state__in=UNFINISHED)


class ServiceRequest(models.Model):
    """A team asks for something. Goods to sell lead to a registration at a matching fair, capital to a referral."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(_("Kind"), max_length=10, choices=RequestKind.choices)
    words = models.CharField(_("What is needed"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("Status"), max_length=12, choices=RequestState.choices, default=RequestState.OPEN, db_index=True
    )
    fair_entry = models.ForeignKey(
        FairPartner, null=True, blank=True, on_delete=models.SET_NULL, related_name="service_requests"
    )
    key = models.UUIDField(unique=True, help_text="of the form it came with: pressed twice it is one request")
    asked_at = models.DateTimeField()

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Service request")
        verbose_name_plural = _("Service requests")
        ordering = ["-asked_at", "-id"]
        constraints = [
            CheckConstraint(condition=Q(state__in=RequestState.values), name="service_request_state_known"),
            CheckConstraint(condition=Q(fair_entry=None) | Q(kind="supply"), name="service_request_fair_for_supply"),
            CheckConstraint(
                condition=~Q(state__in=["assigned", "in_progress"]) | Q(owner__isnull=False),
                name="service_request_at_work_has_owner",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} #{self.pk}"

    def get_absolute_url(self):
        return reverse("incubator:parks:tenancy", args=[self.tenancy_id]) + f"#request-{self.pk}"


class Referral(models.Model):
    """A team in need of capital is sent to a bank, insurer or fund. ``amount`` (yuan) stays empty while nobody named one.

    We send and note the answer; whoever lends decides and keeps the account.
    """

    request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="referral")
    lender = models.ForeignKey(
        StrategicPartner, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    amount = models.DecimalField(_("Amount (¥)"), max_digits=12, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=10, choices=ReferralState.choices, default=ReferralState.OPEN)
    sent_on = models.DateField(_("Sent on"), null=True, blank=True)
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("Referral")
        verbose_name_plural = _("Referrals")
        constraints = [
            CheckConstraint(condition=Q(amount=None) | Q(amount__gt=0), name="referral_amount_positive"),
            CheckConstraint(
                condition=Q(state="open") | Q(lender__isnull=False, sent_on__isnull=False),
                name="referral_sent_says_where_and_when",
            ),
        ]

    def __str__(self):
        return f"{self.request_id} {self.state}"


class ServiceLine(models.TextChoices):
    """The five service lines 一条龙服务."""

    POLICY = "policy", pgettext_lazy("service line", "Policy")
    PROJECT = "project", pgettext_lazy("service line", "Project")
    MANAGEMENT = "management", pgettext_lazy("service line", "Management")
    MARKET = "market", pgettext_lazy("service line", "Market")
    FINANCE = "finance", pgettext_lazy("service line", "Finance")


class FounderLine(models.Model):
    """One of the five lines for one founder: asked for or not, who answers it, and the answer. Each founder has all five."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="lines")
    line = models.CharField(_("Service line"), max_length=12, choices=ServiceLine.choices)
    state = models.CharField(max_length=10, choices=LineState.choices, default=LineState.NOT_ASKED)
    question = models.CharField(_("Question"), max_length=300, blank=True)
    answer = models.CharField(_("Answer"), max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    mentor = models.ForeignKey(
        CommitteeMember, null=True, blank=True, on_delete=models.PROTECT, related_name="lines_answered"
    )
    asked_on = models.DateField(_("Asked on"), null=True, blank=True)
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("Service line")
        verbose_name_plural = _("Service lines")
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["tenancy", "line"], name="founder_line_once"),
            CheckConstraint(condition=Q(line__in=ServiceLine.values), name="founder_line_known"),
            CheckConstraint(
                condition=Q(state="not_asked") | Q(asked_on__isnull=False), name="founder_line_asked_has_day"
            ),
            CheckConstraint(
                condition=~Q(state="answered") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="founder_line_answered_has_answer",
            ),
        ]

    def __str__(self):
        return f"{self.get_line_display()} {self.state}"
