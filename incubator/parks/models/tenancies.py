"""Teams in a park, from the application to graduation, and the desks they have."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator import shell
from incubator.members.models import EcommercePartner
from marketplace.accounts import roles

from ..states import HOUSED, TenancyState
from .parks import Desk, Park


class TenancyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Teams of parks of the places this person works for."""
        return self.filter(roles.within(shell.places(user), "park__area"))

    def housed(self):
        """Approved or living there."""
        return self.filter(state__in=HOUSED)


class Tenancy(models.Model):
    """A team 入驻团队 in a park. ``partner`` is the e-commerce partner it trades as, if it is one; ``user`` is who applied by the
    public form, and reads what became of it."""

    park = models.ForeignKey(Park, on_delete=models.PROTECT, related_name="tenancies")
    team = models.CharField(_("Team"), max_length=60)
    founder = models.CharField(_("Founder"), max_length=40)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    idea = models.CharField(_("What the team wants to do"), max_length=300, blank=True)
    partner = models.ForeignKey(
        EcommercePartner, null=True, blank=True, on_delete=models.PROTECT, related_name="tenancies"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="tenancies"
    )
    state = models.CharField(
        _("Status"), max_length=12, choices=TenancyState.choices, default=TenancyState.APPLIED, db_index=True
    )
    applied_on = models.DateField(_("Applied on"))
    moved_in_on = models.DateField(_("Moved in"), null=True, blank=True)
    left_on = models.DateField(_("Left"), null=True, blank=True)

    objects = TenancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Resident team")
        verbose_name_plural = _("Resident teams")
        ordering = ["-applied_on", "-id"]
        constraints = [
            UniqueConstraint(
                fields=["park", "team"],
                condition=Q(state__in=["applied", "reviewed", "approved", "resident"]),
                name="tenancy_once_at_a_time",
            ),
            CheckConstraint(condition=~Q(team="") & ~Q(founder=""), name="tenancy_has_team_and_founder"),
            CheckConstraint(condition=Q(state__in=TenancyState.values), name="tenancy_state_known"),
            CheckConstraint(
                condition=~Q(state__in=["resident", "graduated"]) | Q(moved_in_on__isnull=False),
                name="tenancy_resident_has_moved_in",
            ),
            CheckConstraint(
                condition=Q(left_on=None, state__in=["applied", "reviewed", "approved", "resident"])
                | Q(left_on__isnull=False, state__in=["graduated", "declined", "withdrawn", "terminated"]),
                name="tenancy_over_has_day",
            ),
            CheckConstraint(
                condition=Q(left_on=None) | Q(moved_in_on=None) | Q(left_on__gte=F("moved_in_on")),
                name="tenancy_days_in_order",
            ),
        ]

    def __str__(self):
        return self.team

    def get_absolute_url(self):
        return reverse("incubator:parks:tenancy", args=[self.pk])

    @property
    def is_housed(self):
        return self.state in HOUSED

    @property
    def is_over(self):
        return self.left_on is not None


class TenancyStep(models.Model):
    """One thing that happened to a team: a move of its tenancy, of a request, of a line, or of a desk. Never altered."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="steps")
    move = models.CharField(max_length=24)
    subject = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.move} {self.at:%Y-%m-%d}"


class BookingQuerySet(models.QuerySet):
    def on(self, day):
        """Whose desk it is on this day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class DeskBooking(models.Model):
    """A desk is a team's from ``since`` to ``until``, both included; open-ended without. No desk is two teams' on one day:
    the database refuses it (guards.py)."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="bookings")
    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="bookings")
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Desk of a team")
        ordering = ["-since", "-id"]
        constraints = [
            CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="desk_booking_days_in_order"),
        ]

    def __str__(self):
        return f"{self.desk} {self.since}"
