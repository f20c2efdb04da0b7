"""One class: who is in it, how far they are, who was there."""

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator.learning import actions, funnel, progress
from incubator.learning.forms import NameForm, RevokeForm, RosterForm
from incubator.learning.models import Certificate, Cohort, Enrolment, Session
from incubator.learning.teaching import teachers_only
from marketplace.core.forms import first_error

LEARNERS_SHOWN = 500

MOST_DIGITS = 18


@teachers_only
@require_safe
def cohort(request, pk):
    """Its learners with the day of every step, its sessions, and the lessons where it is stuck if it learns online."""
    classes = Cohort.objects.visible_to(request.user).select_related("course", "programme")
    shown = get_object_or_404(classes, pk=pk)
    learners = funnel.with_days(shown.enrolments.exclude(state="left")).select_related("learner", "certificate")
    return render(
        request,
        "incubator/learning/cohort.html",
        {
            "cohort": shown,
            "learners": learners[:LEARNERS_SHOWN],
            "sessions": shown.sessions.annotate(present=Count("attendances")),
            "lessons": lessons_of(shown) if shown.mode == Cohort.Mode.ONLINE else [],
            "roster": RosterForm(),
        },
    )


def lessons_of(cohort: Cohort):
    """The open lessons, each with how many of the class have learnt it, and who is stuck there."""
    own = Q(learnt__enrolment__cohort=cohort, learnt__enrolment__state="enrolled")
    open_ones = cohort.course.lessons.filter(is_open=True)
    lessons = list(open_ones.annotate(done=Count("learnt", filter=own, distinct=True)))
    stuck = progress.stuck(cohort, lessons)
    return [(lesson, stuck.get(lesson.pk, [])) for lesson in lessons]


@teachers_only
@require_http_methods(["GET", "HEAD", "POST"])
def session(request, pk):
    """The attendance list: ticked is present, and pressing the button again says the same."""
    sessions = Session.objects.filter(cohort__in=Cohort.objects.visible_to(request.user))
    shown = get_object_or_404(sessions.select_related("cohort__course"), pk=pk)
    if request.method == "POST":
        ticked = numbers(request.POST.getlist("present"))
        before = numbers(request.POST.getlist("shown")) if "list" in request.POST else None
        present = actions.mark_attendance(
            session=shown, present=ticked, shown=before, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Attendance noted: %(n)s present.") % {"n": present})
        return redirect(shown)
    there = Prefetch("attendances", shown.attendances.all(), to_attr="there")
    learners = shown.cohort.enrolments.seated().select_related("learner").prefetch_related(there)
    return render(request, "incubator/learning/session.html", {"session": shown, "learners": learners})


def numbers(sent: list[str]) -> list[int]:
    """The keys among what a form sent."""
    return [int(pk) for pk in sent if pk.isdecimal() and len(pk) <= MOST_DIGITS]


@teachers_only
@require_POST
def name_learner(request, pk):
    """The trainer knows her name where she has not given it herself."""
    enrolments = Enrolment.objects.visible_to(request.user).select_related("learner", "cohort")
    enrolment = get_object_or_404(enrolments, pk=pk)
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
    elif not enrolment.learner.is_named:
        said = form.cleaned_data["name"]
        actions.call_learner(learner=enrolment.learner, name=said, by=request.user, at=timezone.now())
    return redirect(enrolment.cohort)


@teachers_only
@require_POST
def certify(request, pk):
    """Hand out the certificate of a finished course."""
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user).select_related("cohort"), pk=pk)
    try:
        actions.certify(enrolment=enrolment, by=request.user, at=timezone.now())
    except (actions.NotEarned, actions.NoName) as refusal:
        messages.error(request, refusal.for_people)
    return redirect(enrolment.cohort)


@teachers_only
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request, pk):
    """Take a certificate back, with the reason its public page will not tell."""
    mine = Certificate.objects.filter(enrolment__in=Enrolment.objects.visible_to(request.user))
    shown = get_object_or_404(mine.select_related("enrolment__learner", "enrolment__cohort__course"), pk=pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["revoked_reason"]
        actions.revoke(certificate=shown, reason=reason, by=request.user, at=timezone.now())
        return redirect(shown.enrolment.cohort)
    if form.errors:
        messages.error(request, first_error(form))
    return render(request, "incubator/learning/revoke.html", {"certificate": shown, "form": form})
