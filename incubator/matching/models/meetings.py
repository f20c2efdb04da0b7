"""When who meets whom at a fair."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fairs import Fair
from .runs import MatchRun, Proposal


class Timetable(models.Model):
    """A meeting timetable 洽谈排期 of a fair's plan. A new one replaces the last; old ones stay to look back at."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="timetables")
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="timetables")
    tables = models.PositiveSmallIntegerField(_("Tables"))
    slots = models.PositiveSmallIntegerField(_("Rounds"))
    begins = models.TimeField(_("Begins at"))
    minutes = models.PositiveSmallIntegerField(_("Minutes a round"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Meeting timetable")
        verbose_name_plural = _("Meeting timetables")
        ordering = ["-id"]
        constraints = [
            CheckConstraint(condition=Q(tables__gte=1, slots__gte=1, minutes__gte=1), name="timetable_has_room"),
            UniqueConstraint(
                fields=["run", "tables", "slots", "begins", "minutes"], name="timetable_once_per_run_and_shape"
            ),
        ]

    def __str__(self):
        return f"{self.tables} × {self.slots}"

    def starts(self, slot: int) -> datetime:
        """When a round begins, on the day of the fair."""
        first = datetime.combine(self.fair.held_on, self.begins, tzinfo=timezone.get_current_timezone())
        return first + timedelta(minutes=slot * self.minutes)

    def ends(self, slot: int) -> datetime:
        return self.starts(slot) + timedelta(minutes=self.minutes)


class Meeting(models.Model):
    """One pair at one table in one round. ``host`` is the cooperative: it sends one delegation, whatever it offers."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="meetings")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="meetings")
    host = models.CharField(max_length=100)
    guest = models.CharField(max_length=20)
    slot = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("Meeting")
        verbose_name_plural = _("Meetings")
        ordering = ["slot", "table"]
        constraints = [
            UniqueConstraint(fields=["timetable", "proposal"], name="meeting_once_per_proposal"),
            UniqueConstraint(fields=["timetable", "slot", "table"], name="meeting_one_per_table"),
            UniqueConstraint(fields=["timetable", "slot", "host"], name="meeting_host_in_one_place"),
            UniqueConstraint(fields=["timetable", "slot", "guest"], name="meeting_guest_in_one_place"),
        ]

    def __str__(self):
        return f"{self.slot}/{self.table}"
