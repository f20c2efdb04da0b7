"""The people who work for a seller."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .capabilities import CAPABILITIES, INVITED_AS, TeamRole


class Membership(models.Model):
    """A person's place in the team of a seller. Whoever has none sees nothing of that seller."""

    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", db_index=False
    )
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
        # Whose shops are these: answered by the index alone, for a class of learners as often as there are steps of its funnel.
        indexes = [models.Index(fields=["user", "role", "seller"], name="member_shops")]

    def __str__(self):
        return f"{self.user} {self.get_role_display()}"

    def may(self, capability: str) -> bool:
        """True if this person's role includes the capability."""
        return capability in CAPABILITIES[TeamRole(self.role)]


class InvitationQuerySet(models.QuerySet):
    def open(self, at):
        """Neither accepted nor withdrawn nor too old."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)

    def of_seller(self, seller):
        return self.filter(seller=seller)


class Invitation(models.Model):
    """A place in a team that waits for whoever has its link. Of the link only a mark is kept; it is good once.

    ``key`` comes with the form, so that pressing twice invites once; ``sent_to`` is masked and for the owner to read.
    """

    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(_("Role"), max_length=20, choices=TeamRole.choices)
    key = models.UUIDField()
    mark = models.CharField(max_length=64, unique=True)
    sent_to = models.CharField(max_length=80, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Invitation")
        verbose_name_plural = _("Invitations")
        ordering = ["-id"]
        constraints = [
            UniqueConstraint(fields=["seller", "key"], name="invitation_sent_once"),
            CheckConstraint(condition=Q(role__in=INVITED_AS), name="invitation_to_no_owner"),
            CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
        ]

    def __str__(self):
        return f"{self.seller} {self.get_role_display()}"
