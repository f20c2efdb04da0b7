from django.db import migrations

STEP = 4
"""Characters of one level in the path of a page."""


def pages_say_their_titles(apps, schema_editor):
    """What is live in English has a title the records did not ask for until now."""
    courses = apps.get_model("cms", "CoursePage").objects.filter(locale__language_code="en", live=True)
    lessons = apps.get_model("cms", "LessonPage").objects.filter(locale__language_code="en", live=True)
    records = apps.get_model("learning", "Lesson").objects
    course_at = {}
    for page in courses.select_related("course"):
        course_at[page.path] = page.course_id
        if not page.course.title_en:
            page.course.title_en = page.title[:120]
            page.course.save(update_fields=["title_en"])
    for page in lessons:
        records.filter(course=course_at.get(page.path[:-STEP]), code=page.slug).update(title_en=page.title[:120])


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0014_menu_and_footer"),
        ("learning", "0005_lessons_have_english_titles"),
    ]

    operations = [migrations.RunPython(pages_say_their_titles, migrations.RunPython.noop)]
