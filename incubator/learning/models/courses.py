"""What is taught, in which classes, and when people meet."""

from django.db import models
from django.db.models import CheckConstraint, Count, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import roles
from marketplace.core.fields import AreaField
from marketplace.core.text import localized

from .. import teaching


class Programme(models.Model):
    """A training programme 培训项目: who pays for it, which villages it is for, and what it wants to reach."""

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    sponsor = models.CharField(_("Sponsor"), max_length=80, blank=True)
    area = AreaField(_("Place"))
    villages = models.PositiveIntegerField(_("Villages"), null=True, blank=True)
    target = models.PositiveIntegerField(_("People to train"), null=True, blank=True)
    venture_space = models.CharField(_("Venture space"), max_length=120, blank=True)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    is_sample = models.BooleanField(default=False, help_text=_("Made up for demonstration"))

    class Meta:
        verbose_name = _("Training programme")
        verbose_name_plural = _("Training programmes")
        ordering = ["-starts_on", "name"]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self):
        return localized(self, "name")


class Course(models.Model):
    """A course 课程. Its pages are written elsewhere; ``code`` is the last part of their address."""

    code = models.SlugField(_("Code"), max_length=60, unique=True)
    title = models.CharField(_("Title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Course")
        verbose_name_plural = _("Courses")
        ordering = ["title"]

    def __str__(self):
        return self.display_title

    @property
    def display_title(self):
        return localized(self, "title")


class Assignment(models.TextChoices):
    """What a learner has to do, and who says that it is done: a trainer, or the shop itself."""

    REVIEWED = "reviewed", _("A trainer looks at it")
    FIRST_PRODUCT = "first_product", _("First product on the shelf")


class Lesson(models.Model):
    """One lesson 课时 of a course, in all languages. ``is_open`` while a page shows it; only open ones have to be learnt."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    code = models.SlugField(_("Code"), max_length=60)
    number = models.PositiveSmallIntegerField(_("Number"))
    title = models.CharField(_("Title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=120, blank=True)
    has_quiz = models.BooleanField(_("With a quiz"), default=False)
    assignment = models.CharField(_("Assignment"), max_length=20, choices=Assignment.choices, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("Lesson")
        verbose_name_plural = _("Lessons")
        ordering = ["course", "number", "id"]
        constraints = [UniqueConstraint(fields=["course", "code"], name="lesson_once_per_course")]

    def __str__(self):
        return f"{self.number} {self.display_title}"

    @property
    def display_title(self):
        return localized(self, "title")


class CohortQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Classes of the places this person works or teaches for."""
        return self.filter(roles.within(teaching.places(user)))

    def joinable(self, day):
        """Classes anyone may still enrol in."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), is_open=True)

    def with_enrolled(self):
        """Each with ``enrolled``: how many have a seat."""
        return self.annotate(enrolled=Count("enrolments", filter=Q(enrolments__state="enrolled")))


class Cohort(models.Model):
    """A cohort 期: people who take a course together, online or at a place. Without ``seats`` there is room for all."""

    class Mode(models.TextChoices):
        ONLINE = "online", _("Online")
        ON_SITE = "on_site", _("On site")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="cohorts")
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("Programme")
    )
    number = models.PositiveIntegerField(_("Number"))
    mode = models.CharField(_("Kind"), max_length=10, choices=Mode.choices, default=Mode.ONLINE)
    area = AreaField(_("Place"))
    venue = models.CharField(_("Venue"), max_length=120, blank=True)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("Seats"), null=True, blank=True)
    is_open = models.BooleanField(_("Open for enrolment"), default=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("Cohort")
        verbose_name_plural = _("Cohorts")
        ordering = ["-starts_on", "-id"]
        constraints = [
            UniqueConstraint(fields=["course", "number"], name="cohort_number_once_per_course"),
            CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="cohort_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return _("%(course)s, cohort %(n)s") % {"course": self.course.display_title, "n": self.number}

    def get_absolute_url(self):
        return reverse("incubator:learning:cohort", args=[self.pk])

    @property
    def moves_up(self) -> bool:
        """Who waits gets a free seat; one may join a class that has begun."""
        return True

    @property
    def page_address(self) -> str:
        """Where its learners read about it."""
        return reverse("wagtail_serve", args=[f"training/{self.course.code}/"])


class Session(models.Model):
    """One meeting of a class: a day, a place, a subject."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    topic = models.CharField(_("Subject"), max_length=80)
    place = models.CharField(_("Venue"), max_length=120, blank=True)
    on = models.DateField(_("Date"))

    class Meta:
        verbose_name = _("Session")
        verbose_name_plural = _("Sessions")
        ordering = ["on", "id"]
        constraints = [UniqueConstraint(fields=["cohort", "on", "topic"], name="session_once_per_day_and_topic")]

    def __str__(self):
        return f"{self.on} {self.topic}"

    def get_absolute_url(self):
        return reverse("incubator:learning:session", args=[self.pk])
