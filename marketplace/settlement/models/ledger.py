"""The ledger: accounts, postings and their entries. Written by ``settlement.ledger`` only; the database refuses changes."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.money import to_yuan

from ..kinds import NEVER_BELOW_ZERO, OF_SELLERS, AccountKind, Label, PostingKind
from ..plans import Holder


class Account(models.Model):
    """Who owns money or where it lies. ``fen`` is the sum of its entries, kept with them under one lock."""

    kind = models.CharField(max_length=12, choices=AccountKind.choices)
    seller = models.ForeignKey("partner.Partner", null=True, on_delete=models.PROTECT, related_name="accounts")
    place = models.CharField(max_length=20, blank=True)
    fen = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = pgettext_lazy("ledger", "Account")
        constraints = [
            UniqueConstraint(
                fields=["kind", "seller"], condition=Q(seller__isnull=False), name="account_once_per_seller"
            ),
            UniqueConstraint(fields=["kind", "place"], condition=Q(seller__isnull=True), name="account_once_per_place"),
            CheckConstraint(condition=Q(kind__in=AccountKind.values), name="account_kind_known"),
            CheckConstraint(
                condition=Q(kind__in=sorted(OF_SELLERS), seller__isnull=False)
                | (~Q(kind__in=sorted(OF_SELLERS)) & Q(seller__isnull=True)),
                name="account_seller_where_hers",
            ),
            CheckConstraint(
                condition=~Q(kind__in=sorted(NEVER_BELOW_ZERO)) | Q(fen__gte=0),
                name="account_never_pays_what_is_not_there",
            ),
            CheckConstraint(condition=~Q(kind=AccountKind.DEBT) | Q(fen__lte=0), name="account_debt_never_above_zero"),
        ]

    def __str__(self):
        return " ".join(filter(None, (self.kind, self.place, str(self.seller_id or ""))))

    @property
    def holder(self):
        return Holder(AccountKind(self.kind), self.seller_id, self.place)

    @property
    def is_never_below_zero(self):
        return self.kind in NEVER_BELOW_ZERO

    @property
    def yuan(self):
        return to_yuan(self.fen)

    @property
    def lies_there(self):
        """What lies at a place, in yuan: the other sign."""
        return to_yuan(-self.fen)


class Posting(models.Model):
    """One fact, once per ``cause``, in entries that add up to zero. Written after its entries and thereby sealed."""

    cause = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=PostingKind.choices)
    at = models.DateTimeField(db_index=True)
    written_at = models.DateTimeField(auto_now_add=True)
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")

    class Meta:
        verbose_name = _("Posting")
        ordering = ["at", "id"]

    def __str__(self):
        return self.cause


class Entry(models.Model):
    """So many fen more (or, below zero, less) for one account."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries", db_index=False)
    fen = models.BigIntegerField()
    label = models.CharField(max_length=16, choices=Label.choices)
    order = models.ForeignKey("order.Order", null=True, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Entry")
        verbose_name_plural = _("Entries")
        ordering = ["at", "id"]
        constraints = [CheckConstraint(condition=~Q(fen=0), name="entry_of_something")]
        indexes = [models.Index(fields=["account", "at", "id"], name="entry_by_account_and_time")]

    def __str__(self):
        return f"{self.account} {self.fen:+d}"

    @property
    def yuan(self):
        return to_yuan(self.fen)
