"""What a learner can show: a certificate of completion that anybody may check."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .learners import Enrolment


class Certificate(models.Model):
    """A certificate of completion 结业证书. ``code`` is twelve digits whose last one checks the others.

    Revoked, it stays on record and says so.
    """

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="certificate")
    code = models.CharField(_("Certificate number"), max_length=12, unique=True)
    issued_at = models.DateTimeField(_("Issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)
    revoked_reason = models.CharField(_("Reason"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Certificate of completion")
        verbose_name_plural = _("Certificates of completion")
        ordering = ["-id"]
        constraints = [
            CheckConstraint(
                condition=Q(revoked_at=None, revoked_reason="") | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="completion_revoked_with_a_reason",
            )
        ]

    def __str__(self):
        return self.spaced_code

    def get_absolute_url(self):
        return reverse("learning:certificate", args=[self.code])

    @property
    def spaced_code(self):
        """1234 5678 9012, as it is printed."""
        return " ".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))
