"""Pages to look at: a course with a lesson, pictures, and people who write."""

import io

from django.core.files.base import ContentFile
from PIL import Image as Pixels
from wagtail.images.models import Image
from wagtail.models import Locale

from cms.models import CoursePage, HomePage, LessonPage, TrainingPage
from incubator.learning.models import Course
from tests import school

QUIZ = {
    "questions": [
        {
            "question": f"第 {nth} 题？",
            "options": [{"text": "对", "is_right": True}, {"text": "错", "is_right": False}],
            "explanation": f"解析 {nth}",
        }
        for nth in (1, 2, 3)
    ]
}


def home(language="zh-hans") -> HomePage:
    return HomePage.objects.get(locale=Locale.objects.get(language_code=language))


def publish(below, page):
    """Put it there and publish it, as an editor would."""
    page.locale = below.locale
    page.live = False
    below.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def picture(title="示例图片") -> Image:
    out = io.BytesIO()
    Pixels.new("RGB", (900, 600), "#edbe4f").save(out, "WEBP")
    image = Image(title=title, description="一袋米（示意图）", file=ContentFile(out.getvalue(), "rice.webp"))
    image.save()
    return image


def course(code="pages-course", language="zh-hans") -> CoursePage:
    made, _new = Course.objects.get_or_create(code=code, defaults={"title": "示例课程", "title_en": "Sample course"})
    below = TrainingPage.objects.child_of(home(language)).get()
    page = CoursePage(title="示例课程", slug=code, course=made, summary="示例简介")
    return publish(below, page)


def lesson(of=None, slug="lesson-one", *, quiz=True, body=()) -> LessonPage:
    """A lesson of some text, with a quiz of three questions whose first answers are right."""
    blocks = [("text", "<p>示例正文</p>"), *body]
    if quiz:
        blocks.append(("quiz", QUIZ))
    page = LessonPage(title="示例课时", slug=slug, body="[]")
    page.body = blocks
    return publish(of or course(), page)


def seat(user, page: LessonPage):
    """A seat in a class of the lesson's course."""
    course = page.course_page().course
    cohort = course.cohorts.first() or school.cohort(course)
    return school.enrolled(cohort, school.learner(user=user))
