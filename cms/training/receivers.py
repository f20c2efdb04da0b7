"""A lesson that goes live or comes down is a lesson to be learnt, or no longer."""

from django.conf import settings
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from cms.models import CoursePage, LessonPage
from cms.models.training import lessons_below
from incubator.learning import actions


@receiver(page_published, sender=LessonPage)
def lesson_is_live(sender, instance, **kwargs):
    """The record follows the page; its number is the page's place among the live ones."""
    course = instance.course_page()
    number = lessons_below(course).filter(path__lte=instance.path).count()
    actions.keep_lesson(
        course=course.course.code,
        code=instance.slug,
        number=number,
        title=instance.title,
        has_quiz=instance.quiz is not None,
        assignment=instance.assignment["kind"] if instance.assignment else "",
        is_first_language=is_first_language(instance),
    )


@receiver(page_published, sender=CoursePage)
def course_is_live(sender, instance, **kwargs):
    """Its English page names the course for those who read English."""
    if not is_first_language(instance):
        actions.call_course_in_english(code=instance.course.code, title=instance.title)


def is_first_language(page) -> bool:
    return page.locale.language_code == settings.LANGUAGE_CODE


@receiver(page_unpublished, sender=LessonPage)
@receiver(pre_delete, sender=LessonPage)
def lesson_is_gone(sender, instance, **kwargs):
    """Closed once no language shows it any longer. Told before it is deleted: with the course above it, that would be gone by then."""
    twins = LessonPage.objects.filter(translation_key=instance.translation_key, live=True).exclude(pk=instance.pk)
    if not twins.exists():
        parent = instance.get_parent()
        course = getattr(parent and parent.specific, "course", None)
        if course:
            actions.close_lesson(course=course.code, code=instance.slug)
