"""A seller's account with a provider, to which her shares can be transferred."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _


class TransferAccount(models.Model):
    """Written before the provider hears of it: ``key`` makes asking twice harmless. Who she is she tells the provider, not us."""

    seller = models.OneToOneField("partner.Partner", on_delete=models.PROTECT, related_name="transfer_account")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Account number"), max_length=255, blank=True)
    can_receive = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Account for transfers")
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["number"], condition=~Q(number=""), name="transfer_account_once"),
            CheckConstraint(condition=Q(can_receive=False) | ~Q(number=""), name="transfer_account_named_to_receive"),
        ]

    def __str__(self):
        return self.number or str(self.key)
