"""What sellers are owed and how it leaves: payables, payouts, the cash couriers hand over, and what was called back."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import to_yuan
from marketplace.core.states import Workflow


class PayableState(models.TextChoices):
    """Where a seller's share stands."""

    HELD = "held", _("Held until delivery")
    AVAILABLE = "available", _("Available")
    LEAVING = "leaving", _("Payout under way")
    PAID = "paid", _("Paid out")


PAYABLE_MOVES = Workflow(
    {
        "release": (frozenset({PayableState.HELD}), PayableState.AVAILABLE),
        "take": (frozenset({PayableState.AVAILABLE}), PayableState.LEAVING),
        "take back": (frozenset({PayableState.LEAVING}), PayableState.AVAILABLE),
        "leave": (frozenset({PayableState.LEAVING}), PayableState.PAID),
    }
)


class PayableQuerySet(models.QuerySet):
    def held(self):
        return self.filter(state=PayableState.HELD)

    def available(self):
        return self.filter(state=PayableState.AVAILABLE)

    def of_seller(self, seller):
        return self.filter(seller=seller)

    def locked(self):
        """In key order, so that nobody waits in a circle."""
        return self.order_by("pk").select_for_update(of=("self",))


class Payable(models.Model):
    """A seller's share of one order (or an adjustment in her favour), in fen.

    ``share_fen`` is what she was given when it was paid, ``due_fen`` what is left of it for a payout. It lies in at most one
    payout; a refund after that is a debt of hers.
    """

    seller = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="payables")
    order = models.OneToOneField("order.Order", null=True, on_delete=models.PROTECT, related_name="payable")
    adjustment = models.OneToOneField(
        "settlement.Adjustment", null=True, on_delete=models.PROTECT, related_name="payable"
    )
    place = models.CharField(max_length=20, blank=True)
    share_fen = models.BigIntegerField()
    due_fen = models.BigIntegerField()
    freight_fen = models.BigIntegerField(default=0)
    freight_refunded_fen = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=PayableState.choices, default=PayableState.HELD)
    made_at = models.DateTimeField()
    available_at = models.DateTimeField(null=True, blank=True)
    remittance = models.ForeignKey(
        "settlement.Remittance", null=True, blank=True, on_delete=models.PROTECT, related_name="payables"
    )

    objects = PayableQuerySet.as_manager()

    class Meta:
        verbose_name = _("Payable")
        ordering = ["id"]
        constraints = [
            CheckConstraint(
                condition=Q(order__isnull=False, adjustment=None) | Q(order=None, adjustment__isnull=False),
                name="payable_has_one_source",
            ),
            CheckConstraint(condition=Q(due_fen__gte=0, due_fen__lte=F("share_fen")), name="payable_due_within_share"),
            CheckConstraint(
                condition=Q(freight_refunded_fen__gte=0, freight_refunded_fen__lte=F("freight_fen")),
                name="payable_freight_refund_within_freight",
            ),
            CheckConstraint(
                condition=Q(state="held", available_at=None) | (~Q(state="held") & Q(available_at__isnull=False)),
                name="payable_available_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "state"], name="payable_by_seller_and_state"),
            models.Index(fields=["id"], condition=Q(state="held"), name="payable_held"),
        ]

    def __str__(self):
        return f"{self.order_id or self.adjustment_id} {self.due_fen}"

    def move(self, name: str) -> None:
        """Take the named step; raises IllegalMove. The caller holds the row's lock and saves."""
        self.state = PAYABLE_MOVES.target(name, self.state)

    @property
    def due(self):
        return to_yuan(self.due_fen)


class Remittance(models.Model):
    """Cash that a courier collected for some orders and handed over: ``collected_fen`` is what buyers paid her."""

    reference = models.CharField(_("Receipt number"), max_length=80, unique=True)
    collected_fen = models.BigIntegerField()
    received_fen = models.BigIntegerField()
    at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("Cash handed over")
        ordering = ["-id"]
        constraints = [
            CheckConstraint(condition=Q(collected_fen__gt=0, received_fen__gte=0), name="remittance_of_something")
        ]

    def __str__(self):
        return self.reference

    @property
    def collected(self):
        return to_yuan(self.collected_fen)

    @property
    def received(self):
        return to_yuan(self.received_fen)

    @property
    def difference(self):
        return to_yuan(self.received_fen - self.collected_fen)


class PayoutState(models.TextChoices):
    """Where a payout stands."""

    ASKED = "asked", _("Being prepared")
    SENDING = "sending", _("On its way")
    SENT = "sent", _("Paid out")
    TAKEN_BACK = "taken_back", _("Taken back")


PAYOUT_MOVES = Workflow(
    {
        "send": (frozenset({PayoutState.ASKED}), PayoutState.SENDING),
        "arrive": (frozenset({PayoutState.ASKED, PayoutState.SENDING}), PayoutState.SENT),
        "take back": (frozenset({PayoutState.ASKED, PayoutState.SENDING}), PayoutState.TAKEN_BACK),
    }
)


class PayoutQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(state__in=[PayoutState.ASKED, PayoutState.SENDING])

    def of_seller(self, seller):
        return self.filter(seller=seller)


class BankBatch(models.Model):
    """Payouts that leave together in one file for the bank."""

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Bank batch")
        ordering = ["-id"]

    def __str__(self):
        return self.number

    @property
    def number(self):
        """What the bank and the seller see: P and six digits."""
        return f"P{self.pk:06}"


PROVIDER_SAID = {
    "balance_insufficient": _("The platform's balance with the payment provider does not cover it yet."),
    "account_invalid": _("The account with the payment provider cannot receive money now."),
    "transfers_not_allowed": _("The account with the payment provider cannot receive money now."),
}
"""Words of the provider's that sellers and staff may read; another one is shown as it came."""


class Payout(models.Model):
    """Money on its way to one seller through one door; one at a time per seller. ``key`` makes sending again harmless.

    ``fen`` is what leaves: the due of its items less ``netted_fen``, which pays her debt.
    """

    seller = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="payouts")
    door = models.CharField(_("Way"), max_length=20)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    fen = models.BigIntegerField()
    netted_fen = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=PayoutState.choices, default=PayoutState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    batch = models.ForeignKey(BankBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="payouts")
    reference = models.CharField(_("Receipt number"), max_length=80, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = PayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("Payout")
        verbose_name_plural = _("Payouts")
        ordering = ["-id"]
        constraints = [
            UniqueConstraint(
                fields=["seller"], condition=Q(state__in=["asked", "sending"]), name="payout_one_under_way_per_seller"
            ),
            UniqueConstraint(fields=["door", "reference"], condition=~Q(reference=""), name="payout_reference_once"),
            CheckConstraint(condition=Q(fen__gt=0, netted_fen__gte=0), name="payout_of_something"),
            CheckConstraint(
                condition=Q(state__in=["asked", "sending"], finished_at=None)
                | Q(state__in=["sent", "taken_back"], finished_at__isnull=False),
                name="payout_finished_has_date",
            ),
            CheckConstraint(condition=~Q(state="sent") | ~Q(reference=""), name="payout_sent_has_reference"),
        ]

    def __str__(self):
        return self.number

    def move(self, name: str) -> None:
        """Take the named step; raises IllegalMove. The caller holds the row's lock and saves."""
        self.state = PAYOUT_MOVES.target(name, self.state)

    @property
    def number(self):
        """What the bank and the seller see: D and eight digits."""
        return f"D{self.pk:08}"

    @property
    def amount(self):
        return to_yuan(self.fen)

    @property
    def why(self):
        """Why it was taken back: what a person wrote, or what the provider's word means."""
        return PROVIDER_SAID.get(self.reason, self.reason)

    @property
    def netted(self):
        return to_yuan(self.netted_fen)

    @property
    def is_under_way(self):
        return self.state in {PayoutState.ASKED, PayoutState.SENDING}


class PayoutItem(models.Model):
    """One share in a payout, with what of it leaves (its due, less debt netted). A share leaves once: the key says so.

    ``reference`` is the door's own number for this part, where it sends parts; ``recalled_fen`` came back later.
    """

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="items")
    payable = models.ForeignKey(Payable, on_delete=models.PROTECT, related_name="items")
    fen = models.BigIntegerField()
    is_void = models.BooleanField(default=False)
    reference = models.CharField(max_length=80, blank=True)
    recalled_fen = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["payable"], condition=Q(is_void=False), name="payable_leaves_once"),
            CheckConstraint(
                condition=Q(fen__gte=0, recalled_fen__gte=0, recalled_fen__lte=F("fen")),
                name="payout_item_recall_within",
            ),
        ]

    def __str__(self):
        return f"{self.payout_id} {self.payable_id} {self.fen}"

    @property
    def amount(self):
        return to_yuan(self.fen)

    @property
    def recalled(self):
        return to_yuan(self.recalled_fen)


class RecallState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


class Recall(models.Model):
    """Money of a payout asked back after a refund, through the door it left by. ``got_fen`` is what came."""

    item = models.ForeignKey(PayoutItem, on_delete=models.PROTECT, related_name="recalls")
    cause = models.CharField(max_length=80, unique=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    fen = models.BigIntegerField()
    got_fen = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=RecallState.choices, default=RecallState.ASKED)
    reference = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            CheckConstraint(condition=Q(fen__gt=0, got_fen__gte=0, got_fen__lte=F("fen")), name="recall_within_asked")
        ]

    def __str__(self):
        return f"{self.cause} {self.fen}"


class Adjustment(models.Model):
    """A seller is given something (above zero) or it is taken from her, by two persons: one proposes, another agrees."""

    seller = models.ForeignKey("partner.Partner", verbose_name=_("Seller"), on_delete=models.PROTECT)
    fen = models.BigIntegerField()
    reason = models.CharField(_("Reason"), max_length=200)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = _("Adjustment")
        ordering = ["-id"]
        constraints = [
            CheckConstraint(condition=~Q(fen=0), name="adjustment_of_something"),
            CheckConstraint(
                condition=Q(decided_at=None, is_agreed=None) | Q(decided_at__isnull=False, is_agreed__isnull=False),
                name="adjustment_decided_has_date",
            ),
            CheckConstraint(
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
                name="adjustment_needs_two_persons",
            ),
        ]

    def __str__(self):
        return f"{self.seller_id} {self.fen:+d}"

    @property
    def amount(self):
        return to_yuan(self.fen)
