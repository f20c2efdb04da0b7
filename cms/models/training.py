"""The school: an index, courses, and their lessons. What a learner did is kept by ``incubator.learning``."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page

from cms import pictures
from cms.blocks import LessonBlocks, TextBlocks
from cms.models.base import OurPage
from cms.training import learning
from incubator.learning import actions
from marketplace.core.stamps import CLASSES, PAGES

TAKEN = ("certificates", "attend")
"""Addresses below the school that are no courses."""


class TrainingPage(OurPage, Page):
    """All courses."""

    introduction = models.CharField(_("Introduction"), max_length=200, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "cms/training/index.html"
    made_of = (PAGES,)
    max_count_per_parent = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.CoursePage"]

    class Meta:
        verbose_name = _("Training page")

    def get_context(self, request, *args, **kwargs):
        courses = list(CoursePage.objects.child_of(self).live().select_related("course").order_by("path"))
        pictures.fetch_for(courses)
        learning.mark_enrolled(courses, request.user)
        return super().get_context(request, *args, **kwargs) | {"courses": courses}


class CoursePage(OurPage, Page):
    """A course: what it teaches, who may join, its lessons."""

    course = models.ForeignKey("learning.Course", on_delete=models.PROTECT, related_name="+", verbose_name=_("Course"))
    summary = models.CharField(_("Summary"), max_length=200)
    picture = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Picture"),
    )
    body = StreamField(TextBlocks(), blank=True, verbose_name=_("Text"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    template = "cms/training/course.html"
    reads_along = ("course",)
    made_of = (PAGES, CLASSES)
    parent_page_types = ["cms.TrainingPage"]
    subpage_types = ["cms.LessonPage"]

    class Meta:
        verbose_name = _("Course page")

    @property
    def relative(self) -> str:
        """The address below the front page."""
        return f"training/{self.slug}/"

    def clean(self):
        super().clean()
        if self.slug in TAKEN:
            raise ValidationError({"slug": _("This address is taken by another page.")})
        if self.course_id and self.slug != self.course.code:
            raise ValidationError({"slug": _("The address of a course is its code: %s") % self.course.code})

    def save(self, *args, **kwargs):
        """A new course brings its record along; its other language finds it."""
        if self.course_id is None:
            self.course = actions.keep_course(code=self.slug, title=self.title)
        super().save(*args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        lessons = list(lessons_below(self))
        pictures.fetch_all_of(self)
        return super().get_context(request, *args, **kwargs) | {
            "lessons": lessons,
            "study": learning.study_of(request.user, self.course, lessons),
            "cohorts": learning.joinable(self.course),
        }


class LessonPage(OurPage, Page):
    """One lesson. Its address ends in the code under which the records know it."""

    summary = models.CharField(_("Summary"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=10)
    body = StreamField(LessonBlocks(), verbose_name=_("Text"))

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("minutes"), FieldPanel("body")]
    template = "cms/training/lesson.html"
    made_of = (PAGES,)
    parent_page_types = ["cms.CoursePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("Lesson page")

    @property
    def quiz(self):
        """The lesson's quiz, if it has one."""
        return next((block.value for block in self.body if block.block_type == "quiz"), None)

    @property
    def assignment(self):
        """What a learner has to do after the lesson, if anything."""
        return next((block.value for block in self.body if block.block_type == "assignment"), None)

    def course_page(self) -> CoursePage:
        return CoursePage.objects.select_related("course").get(path=self.path[: -self.steplen])

    def url_after(self, course: CoursePage) -> str:
        """Where one goes on: the following lesson, or the course after the last."""
        following = lessons_below(course).filter(path__gt=self.path).first()
        return (following or course).address

    def get_context(self, request, *args, **kwargs):
        course = self.course_page()
        lessons = list(lessons_below(course))
        places = [lesson.pk for lesson in lessons]
        here = places.index(self.pk) if self.pk in places else 0
        pictures.fetch_sizes(pictures.of_stream(self.body))
        study = learning.study_of(request.user, course.course, lessons, task=self.slug if self.assignment else "")
        return super().get_context(request, *args, **kwargs) | {
            "course": course,
            "lessons": lessons,
            "number": here + 1,
            "following": lessons[here + 1] if here + 1 < len(lessons) else None,
            "study": study,
            "paper": study.paper(self.slug, self.quiz),
            "task": self.assignment,
            "submission": study.submission,
        }


def lessons_below(course: CoursePage):
    """The live lessons of a course, in their order."""
    return LessonPage.objects.child_of(course).live().order_by("path").defer("body")
