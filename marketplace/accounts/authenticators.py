"""The second factor of staff: an app on her phone that shows a new code every thirty seconds, and codes on paper for bad days."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device

from marketplace.core.encryption import EncryptedTextField


class Authenticator(Device):
    """An app that knows a secret of ours. ``confirmed`` once a code of it was right; one of each kind for a person at most.

    The secret lies encrypted, unlike in the library's own table: who reads the database cannot make codes.
    """

    secret = EncryptedTextField()
    last_step = models.BigIntegerField(default=-1, help_text="the thirty seconds of the last code; older ones are void")
    drift = models.SmallIntegerField(default=0, help_text="by how many steps her phone's clock differs")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Authenticator app")
        constraints = [models.UniqueConstraint(fields=["user", "confirmed"], name="authenticator_once_per_person")]

    def __str__(self):
        return f"{self.user_id} {self.confirmed}"


class RecoveryCode(models.Model):
    """Opens once what the app would open. Only a mark of the code is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    mark = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Recovery code")
        constraints = [models.UniqueConstraint(fields=["user", "mark"], name="recovery_code_once_per_person")]

    def __str__(self):
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"
