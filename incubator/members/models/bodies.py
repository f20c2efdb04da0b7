"""Federation and association, and who belonged to them when."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, OuterRef, Q, Subquery, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator import shell
from marketplace.accounts import roles
from marketplace.core.fields import AreaField
from marketplace.core.states import Workflow
from marketplace.core.text import localized


class BodyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Bodies of the places this person works for."""
        return self.filter(roles.within(shell.places(user)))


class Body(models.Model):
    """A federation 联合会 of cooperatives, or an association 协会 of e-commerce youth."""

    class Kind(models.TextChoices):
        FEDERATION = "federation", _("Federation")
        ASSOCIATION = "association", _("Association")

    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("Name"), max_length=80, unique=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    area = AreaField(_("Place"))
    founded_on = models.DateField(_("Founded"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=120, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Federation or association")
        verbose_name_plural = _("Federations and associations")
        ordering = ["kind", "name"]

    def __str__(self):
        return self.display_name

    def get_absolute_url(self):
        return reverse("incubator:members:body", args=[self.pk])

    @property
    def display_name(self):
        return localized(self, "name")


class MembershipState(models.TextChoices):
    APPLIED = "applied", _("Applied")
    ADMITTED = "admitted", _("Admitted")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")


MEMBERSHIP_MOVES = Workflow(
    {
        "admit": (frozenset({MembershipState.APPLIED}), MembershipState.ADMITTED),
        "suspend": (frozenset({MembershipState.ADMITTED}), MembershipState.SUSPENDED),
        "readmit": (frozenset({MembershipState.SUSPENDED}), MembershipState.ADMITTED),
        "leave": (
            frozenset({MembershipState.APPLIED, MembershipState.ADMITTED, MembershipState.SUSPENDED}),
            MembershipState.LEFT,
        ),
    }
)


MOVE_NAMES = {
    "admit": pgettext_lazy("membership", "Admit"),
    "suspend": pgettext_lazy("membership", "Suspend"),
    "readmit": pgettext_lazy("membership", "Readmit"),
    "leave": pgettext_lazy("membership", "Leaves"),
}


class MembershipQuerySet(models.QuerySet):
    def with_state_on(self, day):
        """Each with ``state_then``: the state it was in at the end of this day, None before it began."""
        latest = MembershipChange.objects.filter(membership=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")
        return self.annotate(state_then=Subquery(latest.values("state")[:1]))

    def roster(self, day):
        """Admitted members at the end of this day, as they were: a later change never alters an earlier roster."""
        return self.with_state_on(day).filter(state_then=MembershipState.ADMITTED)


class Membership(models.Model):
    """One member's membership 会员关系 of one body. ``state`` is today's; its changes with their days are the history.

    Whoever leaves and comes back later has a new one.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="memberships")
    cooperative = models.ForeignKey(
        "members.Cooperative", null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    partner = models.ForeignKey(
        "members.EcommercePartner", null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("Role"), max_length=40, blank=True)
    state = models.CharField(_("Status"), max_length=10, choices=MembershipState.choices)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("Membership")
        verbose_name_plural = _("Memberships")
        ordering = ["body", "id"]
        constraints = [
            CheckConstraint(
                condition=Q(cooperative__isnull=False, partner=None) | Q(cooperative=None, partner__isnull=False),
                name="membership_of_one_member",
            ),
            UniqueConstraint(
                fields=["body", "cooperative"],
                condition=Q(cooperative__isnull=False) & ~Q(state="left"),
                name="membership_once_per_cooperative",
            ),
            UniqueConstraint(
                fields=["body", "partner"],
                condition=Q(partner__isnull=False) & ~Q(state="left"),
                name="membership_once_per_partner",
            ),
        ]

    def __str__(self):
        return f"{self.member} · {self.body}"

    @property
    def member(self):
        """The cooperative or the e-commerce partner."""
        return self.cooperative or self.partner


class MembershipChange(models.Model):
    """A membership began, was suspended, ended: what rosters of past days are read from. Never altered."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=10, choices=MembershipState.choices)
    on = models.DateField(_("Date"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["membership", "on"], name="membership_history")]

    def __str__(self):
        return f"{self.state} {self.on}"
