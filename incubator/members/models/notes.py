"""What staff write down about a member."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _


class Note(models.Model):
    """A visit, a call, a thing to remember about one member. Only staff of its place read it."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Visit")
        CALL = "call", _("Call")
        MEETING = "meeting", _("Meeting")
        OTHER = "other", _("Note")

    cooperative = models.ForeignKey(
        "members.Cooperative", null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    partner = models.ForeignKey(
        "members.EcommercePartner", null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("Date"))
    text = models.CharField(_("What was said"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("Note")
        verbose_name_plural = _("Notes")
        ordering = ["-on", "-id"]
        constraints = [
            CheckConstraint(
                condition=Q(cooperative__isnull=False, partner=None) | Q(cooperative=None, partner__isnull=False),
                name="note_about_one_member",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on}"
