"""What the pages of the school know of whoever reads them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils import timezone

from incubator.learning import actions
from incubator.learning.models import Cohort, Course, Enrolment, Lesson, Result, Submission

from .owing import Owed, owed_of


@dataclass(frozen=True)
class Paper:
    """A quiz as one reader meets it: which attempt comes next, and what became of the last."""

    attempt: int = 1
    result: Result | None = None
    questions: tuple[dict, ...] = ()
    missing: bool = False

    @property
    def is_open(self) -> bool:
        """True if there is something to answer."""
        return self.result is None or not self.result.is_passed


@dataclass(frozen=True)
class Study:
    """How far one reader is in one course."""

    enrolment: Enrolment | None = None
    learnt: frozenset[str] = frozenset()
    results: dict[str, Result] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)
    lessons: int = 0
    submission: Submission | None = None
    awaits_name: bool = False
    """Everything is done, and only the name for the certificate is missing."""
    owed: tuple[Owed, ...] = ()
    """Quizzes and assignments of an online class that the certificate still waits for."""

    @property
    def is_seated(self) -> bool:
        return self.enrolment is not None and self.enrolment.state == Enrolment.State.ENROLLED

    @property
    def done(self) -> int:
        return len(self.learnt)

    @property
    def unpassed(self) -> frozenset[str]:
        """Lessons whose quiz is not passed."""
        return frozenset(each.lesson.code for each in self.owed if each.part == "quiz")

    @property
    def is_through(self) -> bool:
        """All lessons are learnt, and the certificate waits for something else."""
        return self.is_seated and self.done >= self.lessons and bool(self.owed)

    @property
    def certificate(self):
        return getattr(self.enrolment, "certificate", None) if self.enrolment else None

    def paper(self, lesson: str, quiz, given: list[int | None] | None = None) -> Paper | None:
        """The quiz of a lesson for this reader; ``given`` are answers of a form that lacks some."""
        if quiz is None:
            return None
        result = self.results.get(lesson)
        said = given if given is not None else list(result.answers) if result else []
        is_judged = given is None and result is not None
        is_passed = is_judged and result.is_passed
        questions = tuple(
            asked(question, said[place] if place < len(said) else None, is_judged, is_explained=is_passed)
            for place, question in enumerate(quiz["questions"])
        )
        return Paper(self.attempts.get(lesson, 0) + 1, result, questions, missing=given is not None)


def asked(question, said: int | None, is_judged: bool, *, is_explained: bool = False) -> dict:
    """One question with its answers, the reader's own marked.

    Once the quiz was sent it says whether hers was right; which one is right, and why, only once nothing is left to try.
    """
    options = [
        {"text": option["text"], "is_said": place == said, "is_right": is_explained and option["is_right"]}
        for place, option in enumerate(question["options"])
    ]
    return {
        "text": question["question"],
        "options": options,
        "is_judged": is_judged,
        "is_explained": is_explained,
        "is_good": is_judged
        and any(place == said and each["is_right"] for place, each in enumerate(question["options"])),
        "explanation": question["explanation"] if is_explained else "",
    }


def enrolment_of(user, course: Course) -> Enrolment | None:
    """The reader's place in a class of this course, the latest."""
    if not user.is_authenticated:
        return None
    own = Enrolment.objects.of(user).filter(cohort__course=course).exclude(state=Enrolment.State.LEFT)
    return own.select_related("cohort__course", "certificate", "learner").order_by("-enrolled_at").first()


def study_of(user, course: Course, lessons: list, *, task: str = "") -> Study:
    """How far she is: four queries at most for somebody enrolled, one for somebody signed in, none for a visitor.

    ``task`` is the lesson whose assignment is wanted as well.
    """
    enrolment = enrolment_of(user, course)
    if enrolment is None:
        return Study(lessons=len(lessons))
    known = records_of(enrolment)
    learnt = frozenset(each.code for each in known if each.is_learnt)
    results, attempts = papers_of(enrolment)
    submissions = handed_in(enrolment, known)
    return Study(
        enrolment,
        learnt,
        results,
        attempts,
        len(lessons),
        submissions.get(task),
        awaits_name=len(learnt) == len(lessons) and actions.is_nameless(enrolment),
        owed=owing(enrolment, known, results, submissions),
    )


def papers_of(enrolment: Enrolment) -> tuple[dict[str, Result], dict[str, int]]:
    """By lesson the last quiz she sent, and how many she sent."""
    results: dict[str, Result] = {}
    attempts: dict[str, int] = {}
    for result in enrolment.results.select_related("lesson").order_by("attempt"):
        code = result.lesson.code
        results[code], attempts[code] = result, attempts.get(code, 0) + 1
    return results, attempts


def handed_in(enrolment: Enrolment, known: list[Lesson]) -> dict[str, Submission]:
    """By lesson what she handed in; not asked for where no lesson has an assignment."""
    if not any(each.assignment for each in known):
        return {}
    return {each.lesson.code: each for each in enrolment.submissions.select_related("lesson")}


def owing(enrolment: Enrolment, known: list[Lesson], results: dict, submissions: dict) -> tuple[Owed, ...]:
    """What the certificate of an online class waits for; who meets in a room is asked for her presence instead."""
    if enrolment.cohort.mode != Cohort.Mode.ONLINE:
        return ()
    return owed_of(known, {code for code, result in results.items() if result.is_passed}, submissions)


def records_of(enrolment: Enrolment) -> list:
    """The open lessons of her course in their order, each with whether she has learnt it: ``is_learnt``."""
    learnt = enrolment.learnt.filter(lesson=OuterRef("pk"))
    lessons = enrolment.cohort.course.lessons.filter(is_open=True)
    return list(lessons.annotate(is_learnt=Exists(learnt)).order_by("number", "id"))


def joinable(course: Course) -> list[Cohort]:
    """Classes one may still enrol in, with how many seats are left."""
    return list(course.cohorts.joinable(timezone.localdate()).with_enrolled().order_by("starts_on"))


def mark_enrolled(courses: Iterable, user) -> None:
    """Tell each course page whether this reader takes the course: ``is_mine``."""
    mine = set()
    if user.is_authenticated:
        own = Enrolment.objects.of(user).exclude(state=Enrolment.State.LEFT)
        mine = set(own.values_list("cohort__course", flat=True))
    for course in courses:
        course.is_mine = course.course_id in mine
