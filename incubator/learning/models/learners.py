"""Who learns, in which class, and how far she has come."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import roles
from marketplace.core.encryption import EncryptedTextField, blind_index
from marketplace.core.fields import AreaField

from .. import teaching
from .courses import Cohort, Lesson, Session
from .seats import Seat, SeatQuerySet


class LearnerQuerySet(models.QuerySet):
    def with_mobile(self, *mobiles: str):
        """Whose numbers (E.164) these are."""
        return self.filter(mobile_key__in=[blind_index(mobile) for mobile in mobiles])


class Learner(models.Model):
    """A learner 学员: one person, however many classes she takes, with a sign-in or only a name on a roster.

    Her mobile number lies encrypted; ``mobile_key`` finds it and keeps it unique.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="learner"
    )
    name = models.CharField(_("Name"), max_length=40)
    is_named = models.BooleanField(default=True)
    """False as long as ``name`` only stands in: a nickname, or a number with its middle hidden."""
    mobile = EncryptedTextField(_("Mobile number"), blank=True)
    mobile_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    area = AreaField(_("Place"), blank=True)
    village = models.CharField(_("Village"), max_length=60, blank=True)

    objects = LearnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Learner")
        verbose_name_plural = _("Learners")
        ordering = ["id"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.mobile_key = blind_index(self.mobile) if self.mobile else None
        super().save(*args, **kwargs)

    @property
    def masked_name(self):
        """What a stranger may read who holds the paper and wants to compare: 示****."""
        return self.name[:1] + "*" * max(len(self.name) - 1, 1)


class EnrolmentQuerySet(SeatQuerySet):
    def visible_to(self, user):
        """Of classes this person works or teaches for."""
        return self.filter(roles.within(teaching.places(user), "cohort__area"))


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of classes this person works or teaches for."""
        return self.filter(roles.within(teaching.places(user), "enrolment__cohort__area"))


class Enrolment(Seat):
    """One learner in one class: with a seat, waiting for one, or gone."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="enrolments")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Enrolment")
        verbose_name_plural = _("Enrolments")
        ordering = ["id"]
        constraints = [UniqueConstraint(fields=["learner", "cohort"], name="enrolled_once_per_cohort")]

    @property
    def what(self) -> Cohort:
        """What the seat is in."""
        return self.cohort


class Learnt(models.Model):
    """A lesson somebody said she has learnt; said once."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="learnt")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="learnt")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [UniqueConstraint(fields=["enrolment", "lesson"], name="learnt_once")]

    def __str__(self):
        return f"{self.enrolment_id} {self.lesson_id}"


class Result(models.Model):
    """A quiz sent in. The first paper of each attempt stands: sent twice, or synced later, it is still one result."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="results")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="results")
    attempt = models.PositiveSmallIntegerField(_("Attempt"), default=1)
    answers = models.JSONField(default=list)
    right = models.PositiveSmallIntegerField(_("Right answers"))
    questions = models.PositiveSmallIntegerField(_("Questions"))
    is_passed = models.BooleanField(_("Passed"))
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Quiz result")
        verbose_name_plural = _("Quiz results")
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["enrolment", "lesson", "attempt"], name="result_once_per_attempt"),
            CheckConstraint(condition=Q(right__lte=F("questions")), name="result_not_better_than_all_right"),
        ]

    def __str__(self):
        return f"{self.right}/{self.questions}"


class Submission(models.Model):
    """The assignment of a lesson as she handed it in, or as the shop showed it done. One per lesson; what was returned is
    handed in again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a trainer")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("To be done again")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="submissions")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="submissions")
    state = models.CharField(_("Status"), max_length=10, choices=State.choices, default=State.WAITING)
    text = models.TextField(_("What you did"), max_length=2000, blank=True)
    product = models.ForeignKey("catalogue.Product", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(_("Note of the trainer"), max_length=400, blank=True)
    sent_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Assignment")
        verbose_name_plural = _("Assignments")
        ordering = ["sent_at", "id"]
        constraints = [
            UniqueConstraint(fields=["enrolment", "lesson"], name="handed_in_once_per_lesson"),
            CheckConstraint(
                condition=Q(state="waiting", reviewed_at=None) | (~Q(state="waiting") & Q(reviewed_at__isnull=False)),
                name="submission_reviewed_or_waiting",
            ),
            CheckConstraint(condition=~Q(state="returned", note=""), name="submission_returned_with_a_note"),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.lesson_id} {self.state}"


class Attendance(models.Model):
    """Somebody was there."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Attendance")
        verbose_name_plural = _("Attendances")
        ordering = ["id"]
        constraints = [UniqueConstraint(fields=["session", "enrolment"], name="attended_once")]

    def __str__(self):
        return f"{self.session_id} {self.enrolment_id}"
