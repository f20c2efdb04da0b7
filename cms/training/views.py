"""What learners do on the pages of the school. Each button may be pressed twice."""

from pathlib import Path

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from cms.models import CoursePage, LessonPage
from incubator.learning import actions
from incubator.learning.forms import NameForm
from incubator.learning.models import Assignment, Cohort, Enrolment, Lesson
from marketplace.core.forms import first_error

from . import learning

WORKER = Path(__file__).with_name("worker.js")

MOST_DIGITS = 4
LONGEST_TEXT = 2000


@require_safe
@cache_control(no_cache=True)
def worker(request):
    """The script that keeps opened lessons. It stands below /training/, so it has power over nothing else."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


def course_page(course: str) -> CoursePage:
    """The live page of a course in the reader's language."""
    pages = CoursePage.objects.live().select_related("course", "locale")
    return get_object_or_404(pages, slug=course, locale__language_code=get_language())


def lesson_page(course: CoursePage, lesson: str) -> LessonPage:
    return get_object_or_404(LessonPage.objects.child_of(course).live(), slug=lesson)


@require_POST
def enrol(request, course):
    """Take a seat in one of the course's open classes."""
    page = course_page(course)
    if not request.user.is_authenticated:
        return redirect_to_login(page.address)
    open_ones = page.course.cohorts.joinable(timezone.localdate())
    wanted = request.POST.get("cohort", "")
    cohort = get_object_or_404(Cohort, pk=wanted, pk__in=open_ones.values("pk")) if wanted.isdecimal() else None
    if cohort is None:
        messages.error(request, _("Please choose a class."))
        return redirect(page.address)
    learner = actions.learner_of(request.user)
    enrolment = actions.enrol(learner=learner, cohort=cohort, by=request.user, at=timezone.now())
    if enrolment.state == Enrolment.State.WAITING:
        messages.info(request, _("The class is full. You are on the waiting list and move up when a seat is free."))
    else:
        messages.success(request, _("You are enrolled. Start with the first lesson."))
    return redirect(page.address)


def record_of(request, page: LessonPage, course: CoursePage) -> tuple[Enrolment, Lesson] | None:
    """The reader's place in the course and the lesson's record; None for somebody without a seat."""
    enrolment = learning.enrolment_of(request.user, course.course)
    if enrolment is None or enrolment.state != Enrolment.State.ENROLLED:
        return None
    return enrolment, get_object_or_404(Lesson, course=course.course, code=page.slug, is_open=True)


def send_to_enrol(request, course: CoursePage):
    if not request.user.is_authenticated:
        return redirect_to_login(course.address)
    messages.info(request, _("Enrol first, then your progress is kept."))
    return redirect(course.address)


@require_POST
def learnt(request, course, lesson):
    """She says that she has learnt it."""
    of = course_page(course)
    page = lesson_page(of, lesson)
    record = record_of(request, page, of)
    if record is None:
        return send_to_enrol(request, of)
    actions.note_learnt(enrolment=record[0], lesson=record[1], by=request.user, at=timezone.now())
    return redirect(page.url_after(of))


@require_POST
def quiz(request, course, lesson):
    """A quiz sent in, now or by a phone that was without network until now."""
    of = course_page(course)
    page = lesson_page(of, lesson)
    record = record_of(request, page, of)
    if record is None or page.quiz is None:
        return send_to_enrol(request, of)
    answers = answers_of(request.POST, page.quiz)
    if None in answers:
        return again(request, page, answers)
    actions.note_result(
        enrolment=record[0],
        lesson=record[1],
        attempt=max(1, small_number(request.POST.get("attempt", ""))),
        answers=answers,
        right=page.quiz.right(answers),
        questions=len(answers),
        by=request.user,
        at=timezone.now(),
    )
    return redirect(f"{page.address}#quiz")


@require_POST
def assignment(request, course, lesson):
    """She hands in what a trainer looks at, or has the shop asked whether it is done."""
    of = course_page(course)
    page = lesson_page(of, lesson)
    record = record_of(request, page, of)
    if record is None or page.assignment is None:
        return send_to_enrol(request, of)
    place = {"enrolment": record[0], "lesson": record[1], "by": request.user, "at": timezone.now()}
    if record[1].assignment == Assignment.FIRST_PRODUCT:
        ask_the_shop(request, place)
        return redirect(f"{page.address}#task")
    text = request.POST.get("text", "").replace("\x00", "").strip()
    if not text or len(text) > LONGEST_TEXT:
        return handed_back(request, page, text)
    actions.hand_in(text=text, **place)
    messages.success(request, _("Handed in. A trainer looks at it, and you will hear."))
    return redirect(f"{page.address}#task")


def ask_the_shop(request, place: dict) -> None:
    try:
        actions.check_shop(**place)
    except actions.NotDone as refusal:
        messages.info(request, refusal.for_people)
    else:
        messages.success(request, _("Done: your product is on the shelf."))


def handed_back(request, page: LessonPage, text: str):
    """The lesson once more, with what she wrote."""
    shown = page.get_context(request) | {"typed": text, "task_error": True}
    return render(request, page.template, shown, status=422)


@require_POST
def name(request, course):
    """Her name as it will stand on the certificate; what she has earned is handed out with it."""
    of = course_page(course)
    enrolment = learning.enrolment_of(request.user, of.course)
    if enrolment is None:
        return send_to_enrol(request, of)
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return render(
            request, of.template, of.get_context(request) | {"typed": request.POST.get("name", "")}, status=422
        )
    if not enrolment.learner.is_named:
        said = form.cleaned_data["name"]
        actions.call_learner(learner=enrolment.learner, name=said, by=request.user, at=timezone.now())
    return redirect(of.address)


def answers_of(sent, quiz) -> list[int | None]:
    """The answer to each question by its place; None where there is none."""
    given = []
    for place, question in enumerate(quiz["questions"]):
        said = sent.get(f"q{place}", "")
        known = said.isdecimal() and small_number(said) < len(question["options"])
        given.append(small_number(said) if known else None)
    return given


def small_number(typed: str) -> int:
    """A number of at most four digits that a form sent; anything else counts as 0 or as too large to mean something."""
    return int(typed[:MOST_DIGITS]) if typed.isdecimal() else 0


def again(request, page: LessonPage, answers):
    """The lesson once more, with what was answered already."""
    shown = page.get_context(request)
    shown["paper"] = shown["study"].paper(page.slug, page.quiz, answers)
    return render(request, page.template, shown, status=422)
