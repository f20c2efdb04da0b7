"""The people who work for a seller."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .capabilities import CAPABILITIES, TeamRole


class Membership(models.Model):
    """A person's place in the team of a seller. Whoever has none sees nothing of that seller."""

    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=TeamRole.choices)
    joined_at = models.DateTimeField(_("Joined"), default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("Team member")
        verbose_name_plural = _("Team")
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["seller", "user"], name="member_once_per_seller"),
            CheckConstraint(condition=Q(role__in=TeamRole.values), name="member_role_known"),
        ]

    def __str__(self):
        return f"{self.user} {self.get_role_display()}"

    def may(self, capability: str) -> bool:
        """True if this person's role includes the capability."""
        return capability in CAPABILITIES[TeamRole(self.role)]
