"""A fair from its plan to the last look at what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator import shell
from marketplace.accounts import roles
from marketplace.core.fields import AreaField
from marketplace.core.states import Workflow
from marketplace.core.text import localized


class FairState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("fair", "Planned")
    REGISTRATION = "registration", pgettext_lazy("fair", "Registration")
    MATCHED = "matched", pgettext_lazy("fair", "Matching")
    MEETING = "meeting", pgettext_lazy("fair", "Meetings")
    AGREEMENTS = "agreements", pgettext_lazy("fair", "Agreements")
    FOLLOW_UP = "follow_up", pgettext_lazy("fair", "Follow-up")
    CLOSED = "closed", pgettext_lazy("fair", "Closed")


_BEFORE_MEETINGS = frozenset({FairState.PLANNED, FairState.REGISTRATION, FairState.MATCHED})
FAIR_MOVES = Workflow(
    {
        "register": (_BEFORE_MEETINGS, FairState.REGISTRATION),
        "match": (_BEFORE_MEETINGS, FairState.MATCHED),
        "meet": (frozenset({FairState.MATCHED}), FairState.MEETING),
        "match_again": (frozenset({FairState.MEETING}), FairState.MATCHED),
        "agree": (frozenset({FairState.MEETING}), FairState.AGREEMENTS),
        "follow_up": (frozenset({FairState.AGREEMENTS}), FairState.FOLLOW_UP),
        "close": (frozenset({FairState.FOLLOW_UP}), FairState.CLOSED),
    }
)


class FairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Fairs of the places this person works for as incubator staff."""
        return self.filter(roles.within(shell.places(user)))


class Fair(models.Model):
    """A matching fair 对接会: products of cooperatives and e-commerce partners meet on one day in one place.

    ``plan`` is the match run that staff approved: meetings are made from it. It can be replaced until the fair has met.
    """

    name = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    area = AreaField(_("Place"), db_index=True)
    venue = models.CharField(_("Venue"), max_length=120, blank=True)
    held_on = models.DateField(_("Date"))
    state = models.CharField(_("Status"), max_length=14, choices=FairState.choices, default=FairState.PLANNED)
    plan = models.ForeignKey(
        "matching.MatchRun", null=True, blank=True, on_delete=models.PROTECT, related_name="planned_for"
    )
    plan_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    plan_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    is_sample = models.BooleanField(default=False, help_text=_("Made up for demonstration"))

    objects = FairQuerySet.as_manager()

    class Meta:
        verbose_name = _("Matching fair")
        verbose_name_plural = _("Matching fairs")
        ordering = ["-held_on", "-id"]
        constraints = [
            CheckConstraint(condition=~Q(name=""), name="fair_has_name"),
            CheckConstraint(condition=Q(state__in=FairState.values), name="fair_state_known"),
            CheckConstraint(
                condition=Q(plan=None, plan_by=None, plan_at=None)
                | Q(plan__isnull=False, plan_by__isnull=False, plan_at__isnull=False),
                name="fair_plan_approved_by_somebody",
            ),
            models.UniqueConstraint(fields=["name", "area", "held_on"], name="fair_once_a_day_and_place"),
        ]

    def __str__(self):
        return self.display_name

    def get_absolute_url(self):
        return reverse("incubator:fairs:fair", args=[self.pk])

    @property
    def display_name(self):
        return localized(self, "name")

    @property
    def may_change(self):
        """True while registrations, pins and runs may still change."""
        return self.state in _BEFORE_MEETINGS

    @property
    def scope(self):
        """How its imports are named."""
        return f"fair:{self.pk}"

    def move(self, move: str) -> None:
        """Carry out one move; raises IllegalMove. The caller saves."""
        self.state = FAIR_MOVES.target(move, self.state)
