"""Attempts to pay a purchase, the slips that prove a transfer, and money given back."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.core.private_files import private_storage
from marketplace.core.states import Workflow


class AttemptState(models.TextChoices):
    OPEN = "open", _("Awaiting payment")
    SUCCEEDED = "succeeded", _("Payment successful")
    FAILED = "failed", _("Payment failed")
    CANCELLED = "cancelled", _("Cancelled")
    SURPLUS = "surplus", _("Paid too late or twice; being refunded")


ATTEMPT_MOVES = Workflow(
    {
        # A provider may say "failed" and think better of it while the purchase still waits.
        "succeed": (
            frozenset({AttemptState.OPEN, AttemptState.FAILED, AttemptState.CANCELLED}),
            AttemptState.SUCCEEDED,
        ),
        "fail": (frozenset({AttemptState.OPEN}), AttemptState.FAILED),
        "cancel": (frozenset({AttemptState.OPEN}), AttemptState.CANCELLED),
        # Money that arrives when nothing is owed any more is never lost: it goes back.
        "arrive_late": (
            frozenset({AttemptState.OPEN, AttemptState.FAILED, AttemptState.CANCELLED}),
            AttemptState.SURPLUS,
        ),
    }
)


class PaymentAttempt(models.Model):
    """One try to pay a purchase through one provider. Written before the provider hears of it; ``key`` makes retries safe."""

    purchase = models.ForeignKey("order.Purchase", on_delete=models.PROTECT, related_name="attempts")
    provider = models.CharField(_("Payment method"), max_length=20)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    state = models.CharField(max_length=12, choices=AttemptState.choices, default=AttemptState.OPEN)
    reference = models.CharField(_("Reference"), max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    slip = models.ImageField(
        _("Transfer slip"), upload_to="slips/", storage=private_storage, blank=True, max_length=120
    )
    slip_at = models.DateTimeField(null=True, blank=True)
    simulated = models.CharField(max_length=12, blank=True, editable=False)

    class Meta:
        app_label = "payment"
        verbose_name = _("Payment attempt")
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["purchase"], condition=Q(state="open"), name="payment_one_open_attempt"),
            UniqueConstraint(fields=["purchase"], condition=Q(state="succeeded"), name="payment_once_per_purchase"),
            UniqueConstraint(
                fields=["provider", "reference"], condition=~Q(reference=""), name="payment_reference_once"
            ),
            CheckConstraint(condition=Q(amount__gte=0), name="payment_amount_not_negative"),
        ]

    def __str__(self):
        return f"{self.provider} {self.key}"

    @property
    def is_paid(self):
        """True if its money arrived, in time or not."""
        return self.state in {AttemptState.SUCCEEDED, AttemptState.SURPLUS}

    def move(self, name: str) -> None:
        """Take the named step; raises IllegalMove. The caller holds the lock and saves."""
        self.state = ATTEMPT_MOVES.target(name, self.state)


class Said(models.TextChoices):
    """What Stripe said of a page when it was asked last."""

    OPEN = "open", _("Open")
    PAID = "paid", _("Paid")
    OVER = "over", _("Expired or failed")


class StripeSessionQuerySet(models.QuerySet):
    def unsettled(self):
        """Those of which more may come."""
        return self.filter(settled_at=None)


class StripeSession(models.Model):
    """The page with Stripe on which an attempt can be paid. Written before Stripe hears of it: ``key`` makes asking twice harmless.

    ``settled_at``: what Stripe said last is written down, and nothing more will come.
    """

    attempt = models.OneToOneField(PaymentAttempt, on_delete=models.PROTECT, related_name="stripe_session")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    expires_at = models.DateTimeField()
    number = models.CharField(max_length=255, blank=True)
    url = models.TextField(blank=True)
    intent = models.CharField(max_length=255, blank=True)
    said = models.CharField(max_length=8, choices=Said.choices, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = StripeSessionQuerySet.as_manager()

    class Meta:
        app_label = "payment"
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["number"], condition=~Q(number=""), name="stripe_session_once"),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(settled_at=None), name="stripe_session_unsettled")]

    def __str__(self):
        return self.number or str(self.key)


class EventState(models.TextChoices):
    NEW = "new", _("To be worked on")
    DONE = "done", _("Done")
    HELD = "held", _("Held for staff")


class ProviderEvent(models.Model):
    """News a provider sent us, kept once under its own number, with secrets and personal data masked. Worked on by a task.

    What it says is not believed: it only tells us whom to ask about what. ``held``: a person has to look.
    """

    number = models.CharField(max_length=255, unique=True)
    kind = models.CharField(_("Kind"), max_length=80)
    about = models.CharField(max_length=255, blank=True, db_index=True)
    body = models.JSONField()
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=EventState.choices, default=EventState.NEW)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=80, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        app_label = "payment"
        verbose_name = _("Provider's news")
        verbose_name_plural = _("Provider's news")
        ordering = ["-id"]
        constraints = [
            CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="provider_event_done_has_date",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=~Q(state="done"), name="provider_event_to_do")]

    def __str__(self):
        return f"{self.kind} {self.number}"


class RefundState(models.TextChoices):
    OWED = "owed", _("To be refunded")
    DONE = "done", _("Refunded")


TRIED_FOR = timedelta(days=2)
"""So long a provider that moves money back by itself is asked again; after that a person does it."""


class RefundQuerySet(models.QuerySet):
    def by_hand(self, at):
        """Owed, and no provider is about to give the money back by itself."""
        theirs = models.Q(attempt__provider="stripe", came_back_at=None) & (
            ~models.Q(reference="") | models.Q(created_at__gt=at - TRIED_FOR)
        )
        return self.filter(state=RefundState.OWED).exclude(theirs)


class Refund(models.Model):
    """Money to give back for an order or for a surplus payment. ``cause`` makes it unique; it is never above what was paid.

    For an order ``amount`` is what its lines say plus ``freight``. ``came_back_at``: the provider could not deliver it, and a
    person has to send it another way.
    """

    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.PROTECT, related_name="refunds")
    order = models.ForeignKey("order.Order", null=True, blank=True, on_delete=models.PROTECT, related_name="refunds")
    cause = models.CharField(max_length=80, unique=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    freight = models.DecimalField(_("Delivery fee"), max_digits=12, decimal_places=2, default=0)
    state = models.CharField(max_length=8, choices=RefundState.choices, default=RefundState.OWED)
    reference = models.CharField(_("Reference"), max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    came_back_at = models.DateTimeField(null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        app_label = "payment"
        verbose_name = _("Refund")
        verbose_name_plural = _("Refunds")
        ordering = ["id"]
        constraints = [
            CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive"),
            CheckConstraint(condition=Q(freight__gte=0, freight__lte=F("amount")), name="refund_freight_within_amount"),
            CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | Q(state="owed", done_at__isnull=True),
                name="refund_done_has_date",
            ),
        ]

    def __str__(self):
        return f"{self.cause} {self.amount}"


class RefundLine(models.Model):
    """The part of a refund, in yuan, that falls to one line of the order."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="refund_lines")
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)

    class Meta:
        app_label = "payment"
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["refund", "line"], name="refund_line_once"),
            CheckConstraint(condition=Q(amount__gt=0), name="refund_line_amount_positive"),
        ]

    def __str__(self):
        return f"{self.line_id} {self.amount}"


from oscar.apps.payment.models import *  # noqa: E402,F403
