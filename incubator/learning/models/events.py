"""Days to which people come without taking a course: a market, a talk, an open house."""

from django.db import models
from django.db.models import CheckConstraint, Count, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import roles
from marketplace.core.fields import AreaField
from marketplace.core.text import localized

from .. import teaching
from .learners import Learner
from .seats import Seat, SeatQuerySet


class GatheringQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Events of the places this person works or teaches for."""
        return self.filter(roles.within(teaching.places(user)))

    def with_enrolled(self):
        """Each with ``enrolled``: how many have a seat."""
        return self.annotate(enrolled=Count("enrolments", filter=Q(enrolments__state="enrolled")))


class Gathering(models.Model):
    """An event 活动 one may register for (in code "event" is news of the outbox). Pages about it are written elsewhere and
    choose it; ``code`` is the last part of its own address. Without ``seats`` there is room for all."""

    code = models.SlugField(_("Address"), max_length=60, unique=True)
    title = models.CharField(_("Title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=120, blank=True)
    area = AreaField(_("Place"))
    venue = models.CharField(_("Venue"), max_length=120)
    venue_en = models.CharField(_("English venue"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    seats = models.PositiveIntegerField(_("Seats"), null=True, blank=True)
    is_open = models.BooleanField(_("Open for enrolment"), default=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("Event")
        verbose_name_plural = _("Events")
        ordering = ["-starts_at", "-id"]
        constraints = [
            CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_it_begins"),
        ]

    def __str__(self):
        return self.display_title

    def get_absolute_url(self):
        return reverse("events:event", args=[self.code])

    @property
    def page_address(self) -> str:
        """Where those who come read about it."""
        return self.get_absolute_url()

    @property
    def display_title(self):
        return localized(self, "title")

    @property
    def display_venue(self):
        return localized(self, "venue")

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def moves_up(self) -> bool:
        """True until it begins: whoever hears of a free seat then comes too late."""
        return not self.has_begun

    @property
    def takes_people(self) -> bool:
        """True as long as one may still put one's name down."""
        return self.is_open and self.moves_up


class Registration(Seat):
    """One person at one event; ``came_at`` once she was seen there, ``agreed_at`` if she put her name down herself and so
    agreed that the organisers of this event read it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="enrolments")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="registrations")
    came_at = models.DateTimeField(_("Came"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("Agreed"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("Registration")
        verbose_name_plural = _("Registrations")
        ordering = ["enrolled_at", "id"]
        constraints = [UniqueConstraint(fields=["learner", "gathering"], name="registered_once_per_gathering")]

    @property
    def what(self) -> Gathering:
        """What the seat is in."""
        return self.gathering
