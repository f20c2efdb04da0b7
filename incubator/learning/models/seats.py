"""A place somebody has, waits for, or gave up: the same in classes and at events."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeatQuerySet(models.QuerySet):
    def of(self, user):
        """This person's own."""
        return self.filter(learner__user=user) if user.is_authenticated else self.none()

    def seated(self):
        """Those who have a seat."""
        return self.filter(state=Seat.State.ENROLLED)


class Seat(models.Model):
    """One learner in one class or at one event: with a seat, waiting for one, or gone."""

    class State(models.TextChoices):
        ENROLLED = "enrolled", _("Enrolled")
        WAITING = "waiting", _("On the waiting list")
        LEFT = "left", _("Left")

    learner: Any

    state = models.CharField(_("Status"), max_length=10, choices=State.choices, default=State.ENROLLED)
    enrolled_at = models.DateTimeField(_("Enrolled"))

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.learner} {self.state}"
