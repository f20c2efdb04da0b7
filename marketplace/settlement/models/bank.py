"""Where a seller wants her money: an account at a bank, encrypted, with her consent. Replaced, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField


class BankAccountQuerySet(models.QuerySet):
    def current(self, seller):
        """The account in use, or None."""
        return self.filter(seller=seller, replaced_at=None).first()


class BankAccount(models.Model):
    """Holder, bank and number. Only the last four digits can be read without the key."""

    seller = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="bank_accounts")
    holder = EncryptedTextField(_("Account holder"))
    bank = models.CharField(_("Bank and branch"), max_length=80)
    number = EncryptedTextField(_("Account number"))
    last_four = models.CharField(max_length=4)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("Bank account")
        ordering = ["-id"]
        constraints = [
            UniqueConstraint(
                fields=["seller"], condition=Q(replaced_at__isnull=True), name="bank_account_one_in_use_per_seller"
            )
        ]

    def __str__(self):
        return f"…{self.last_four}"
