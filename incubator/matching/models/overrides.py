"""What staff decide by hand about one pair of a fair."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from .fairs import Fair
from .registrations import FairPartner, FairProduct


class OverrideQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of fairs this person works on."""
        return self.filter(fair__in=Fair.objects.visible_to(user))

    def standing(self):
        """Not taken back."""
        return self.filter(removed_at=None)

    def in_force(self):
        """Standing, and approved by a second person where that is needed."""
        return self.standing().filter(Q(needs_second=False) | Q(approved_at__isnull=False))


class Override(models.Model):
    """A pin 锁定 or a ban 禁止 of one pair, with its reason. A pin against a hard rule counts once a second person approved it.

    ``broken`` are the hard rules a pin breaks. Taken back, not deleted.
    """

    class Kind(models.TextChoices):
        PIN = "pin", _("Pin")
        BAN = "ban", _("Ban")

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="overrides")
    kind = models.CharField(_("Kind"), max_length=4, choices=Kind.choices)
    product = models.ForeignKey(FairProduct, on_delete=models.PROTECT, related_name="overrides")
    partner = models.ForeignKey(FairPartner, on_delete=models.PROTECT, related_name="overrides")
    reason = models.CharField(_("Reason"), max_length=200)
    broken = models.JSONField(default=list, blank=True)
    needs_second = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("Pin or ban")
        verbose_name_plural = _("Pins and bans")
        ordering = ["-id"]
        constraints = [
            UniqueConstraint(
                fields=["product", "partner"], condition=Q(removed_at=None), name="override_one_standing_per_pair"
            ),
            CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
            CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("by"))),
                name="override_approved_by_somebody_else",
            ),
            CheckConstraint(
                condition=Q(removed_by=None, removed_at=None) | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="override_removed_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.product_id} × {self.partner_id}"

    @property
    def waits_for_second(self):
        """True while a second person has to say yes."""
        return self.needs_second and self.approved_at is None and self.removed_at is None
