"""The school as learners use it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText

from cms.blocks import LessonBlocks, QuizBlock
from cms.models import ContentPage, LessonPage
from incubator.learning import actions
from incubator.learning.models import Enrolment, Lesson, Result
from marketplace.core.models import AuditEntry
from tests import incubator, pages, school

pytestmark = pytest.mark.django_db
ALL_RIGHT = {"attempt": "1", "q0": "0", "q1": "0", "q2": "0"}


@pytest.fixture
def lesson():
    return pages.lesson()


@pytest.fixture
def learner(client):
    user = incubator.person("0061")
    client.force_login(user)
    return user


def publish_in_english(title):
    """The English course and lesson pages, each with a title of its own."""
    course = pages.course(language="en")
    lesson = pages.lesson(course, quiz=False)
    for page, said in ((course, "Sample course, renamed"), (lesson, title)):
        page.title = said
        page.save_revision().publish()


class TestALesson:
    def test_is_known_to_the_records_once_it_is_live(self, lesson):
        record = Lesson.objects.get()

        assert (record.code, record.number, record.has_quiz, record.is_open) == ("lesson-one", 1, True, True)

    def test_is_closed_when_the_whole_school_is_deleted(self, lesson):
        lesson.course_page().get_parent().delete()

        assert not Lesson.objects.get().is_open

    def test_keeps_the_name_of_each_language_for_its_readers(self, lesson):
        publish_in_english("Sample lesson")

        record = Lesson.objects.get()
        assert record.title == "示例课时"
        assert str(record) == "1 示例课时"
        with translation.override("en"):
            assert str(record) == "1 Sample lesson"

    def test_is_named_in_english_also_while_chinese_waits(self):
        publish_in_english("Sample lesson")
        pages.lesson()

        record = Lesson.objects.get()
        assert (record.title, record.title_en) == ("示例课时", "Sample lesson")
        assert record.course.title_en == "Sample course, renamed"

    def test_that_stood_before_the_records_knew_english_brings_its_title_along(self, lesson):
        publish_in_english("Sample lesson")
        Lesson.objects.update(title_en="")

        import_module("cms.migrations.0015_english_titles_of_lessons").pages_say_their_titles(apps, None)

        assert Lesson.objects.get().title_en == "Sample lesson"

    def test_has_not_to_be_learnt_once_it_is_taken_down(self, lesson):
        lesson.unpublish()

        assert not Lesson.objects.get().is_open

    def test_needs_few_queries_whatever_its_number_of_blocks(
        self, client, learner, django_assert_max_num_queries, lesson
    ):
        image = pages.picture()
        many = [("picture", {"picture": image, "caption": ""}), ("note", {"text": "示例"}), ("text", "<p>示例</p>")]
        page = pages.lesson(lesson.course_page(), "long", body=many * 10)
        pages.seat(learner, page)
        client.get(page.url)

        with django_assert_max_num_queries(15):
            answer = client.get(page.url)

        assert answer.status_code == 200
        assert answer.content.count(b"<img") >= 10
        assert len(answer.content) < 120_000

    def test_shows_the_paths_of_a_course_in_few_queries(self, client, learner, lesson, django_assert_max_num_queries):
        for nth in range(10):
            pages.lesson(lesson.course_page(), f"more-{nth}", quiz=False)
        course = lesson.course_page()
        client.get(course.url)

        with django_assert_max_num_queries(15):
            assert client.get(course.url).status_code == 200
        with django_assert_max_num_queries(15):
            assert client.get("/training/").status_code == 200

    def test_is_told_apart_by_language(self, client, lesson):
        assert client.get(f"/en{lesson.url}").status_code == 302  # to the Chinese one: there is no other


class TestEnrolling:
    def test_takes_a_seat_once(self, client, learner, lesson):
        cohort = school.cohort(lesson.course_page().course)

        for _twice in range(2):
            client.post(reverse("enrol", args=["pages-course"]), {"cohort": cohort.pk})

        assert Enrolment.objects.get().learner.user == learner

    def test_does_not_open_a_class_that_is_closed_or_of_another_course(self, client, learner, lesson):
        closed = school.cohort(lesson.course_page().course, is_open=False)
        other = school.cohort(school.course("another"))

        for cohort in (closed, other):
            answer = client.post(reverse("enrol", args=["pages-course"]), {"cohort": cohort.pk})
            assert answer.status_code == 404
        assert not Enrolment.objects.exists()


class TestTheQuiz:
    def send(self, client, lesson, **answers):
        return client.post(reverse("lesson-quiz", args=["pages-course", lesson.slug]), ALL_RIGHT | answers)

    def test_counts_once_however_often_it_is_sent(self, client, learner, lesson):
        pages.seat(learner, lesson)

        for _twice in range(2):
            assert self.send(client, lesson, q2="1").status_code == 302

        result = Result.objects.get()
        assert (result.right, result.questions, result.is_passed) == (2, 3, True)

    def test_explains_afterwards_and_not_before(self, client, learner, lesson):
        pages.seat(learner, lesson)
        assert "解析 1" not in client.get(lesson.url).content.decode()

        self.send(client, lesson)

        assert "解析 1" in client.get(lesson.url).content.decode()

    def test_says_which_were_wrong_but_not_what_is_right_until_it_is_passed(self, client, learner, lesson):
        pages.seat(learner, lesson)
        self.send(client, lesson, q0="1", q1="1")
        failed = client.get(lesson.url)

        questions = failed.context["paper"].questions
        assert [each["is_good"] for each in questions] == [False, False, True]
        assert not any(option["is_right"] for each in questions for option in each["options"])
        assert "解析 1" not in failed.content.decode() and "答错" in failed.content.decode()

        self.send(client, lesson, attempt="2")
        assert "解析 1" in client.get(lesson.url).content.decode()

    def test_keeps_what_was_chosen_when_an_answer_is_missing(self, client, learner, lesson):
        pages.seat(learner, lesson)

        answer = self.send(client, lesson, q0="1", q1="9")

        assert answer.status_code == 422
        assert 'name="q0" value="1" checked' in answer.content.decode()
        assert not Result.objects.exists()

    def test_takes_nothing_from_somebody_without_a_seat(self, client, learner, lesson):
        answer = self.send(client, lesson)

        assert answer.status_code == 302
        assert not Result.objects.exists()

    def test_brings_the_certificate_with_the_last_lesson(self, client, learner, lesson):
        pages.seat(learner, lesson)
        self.send(client, lesson)

        for _twice in range(2):
            client.post(reverse("lesson-learnt", args=["pages-course", lesson.slug]))

        certificate = Enrolment.objects.get().certificate
        page = client.get(lesson.course_page().url).content.decode()
        assert certificate.spaced_code in page
        assert AuditEntry.objects.filter(action="learning.certified").count() == 1

    def test_comes_first_until_it_is_passed(self, client, learner, lesson):
        pages.seat(learner, lesson)
        self.send(client, lesson, q0="1", q1="1")
        assert client.get(lesson.url).context["kind"] == "btn btn--line"
        self.send(client, lesson, attempt="2")
        assert client.get(lesson.url).context["kind"] == "btn"

    def test_that_failed_keeps_its_lesson_from_looking_done(self, client, learner, lesson):
        pages.seat(learner, lesson)
        self.send(client, lesson, q0="1", q1="1")
        client.post(reverse("lesson-learnt", args=["pages-course", lesson.slug]))

        assert '<li class="owed' in client.get(lesson.url).content.decode()
        self.send(client, lesson, attempt="2")
        assert '<li class="done' in client.get(lesson.url).content.decode()

    def test_says_what_the_certificate_still_waits_for_when_all_is_read(self, client, learner, lesson):
        task = {"title": "上架", "text": "示例", "kind": "first_product"}
        last = pages.lesson(lesson.course_page(), "last", quiz=False, body=[("assignment", task)])
        pages.seat(learner, lesson)
        for each in (lesson, last):
            assert "#task" not in client.get(lesson.course_page().url).content.decode()
            client.post(reverse("lesson-learnt", args=["pages-course", each.slug]))

        answer = client.get(lesson.course_page().url)
        assert f'href="{lesson.url}#quiz"' in answer.content.decode()
        assert f'href="{last.url}#task"' in answer.content.decode()

        self.send(client, lesson)
        answer = client.get(lesson.course_page().url)
        assert [each.part for each in answer.context["study"].owed] == ["task"]

    def test_wants_exactly_one_right_answer_per_question(self):
        block = QuizBlock()
        two_right = [{"text": "甲", "is_right": True}, {"text": "乙", "is_right": True}]
        value = block.to_python({"questions": [{"question": "？", "options": two_right, "explanation": "示例"}]})

        with pytest.raises(StructBlockValidationError):
            block.clean(value)


NASTY = (
    '<p onclick="x()">好</p><script>alert(1)</script><style>p{}</style><iframe src="https://example.com"></iframe>'
    '<embed embedtype="media" url="https://example.com"/><a href="javascript:x()">链接</a><img src=x onerror=x()>'
)


class TestTextOfEditors:
    def test_holds_no_script_style_or_foreign_page_in_blocks(self, client):
        page = pages.lesson(body=[("text", NASTY)])

        kept = LessonPage.objects.get(pk=page.pk).body.raw_data[1]["value"]
        shown = client.get(page.url).content.decode()

        for text in (kept, shown.partition("<main")[2].partition("</main>")[0]):
            for bad in ("onclick", "alert(1)", "<style", "<iframe", "<embed", "javascript:", "onerror"):
                assert bad not in text
        assert "<p>好</p>" in shown

    def test_holds_none_on_plain_pages_even_when_it_was_written_past_the_editor(self, client):
        page = pages.publish(pages.home(), ContentPage(title="示例", slug="sample", body=NASTY))
        ContentPage.objects.filter(pk=page.pk).update(body=NASTY)

        shown = client.get(page.url).content.decode().partition("<main")[2].partition("</main>")[0]

        assert "alert(1)" not in shown
        assert "onclick" not in shown

    def test_is_cleaned_whichever_way_a_block_is_made(self):
        block = LessonBlocks().child_blocks["text"]

        assert "script" not in block.normalize(RichText(NASTY)).source
        assert "script" not in block.to_python(NASTY).source


@pytest.mark.usefixtures("demo")
class TestTheDemonstration:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_has_a_course_of_eight_lessons_in_both_languages(self, client, prefix):
        page = client.get(f"{prefix}/training/first-order/").content.decode()

        assert page.count(f'href="{prefix}/training/first-order/') == 8
        assert Lesson.objects.filter(is_open=True).count() == 8
        assert Lesson.objects.filter(has_quiz=True).count() == 3

    def test_has_two_classes_whose_funnel_can_be_counted_by_hand(self):
        from incubator.learning.funnel import funnel

        rows = {row.group[3]: (row.enrolled, *row.reached) for row in funnel(Enrolment.objects.all(), "cohort")}

        assert rows[1][:3] == (12, 12, 10)
        assert rows[2][0] == 3

    def test_may_be_loaded_twice(self):
        from cms import demo

        demo.load()

        assert LessonPage.objects.filter(slug="photos").count() == 2
        assert actions.Cohort.objects.count() == 2
