"""Where programmes, classes and their days are set up."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from incubator.learning import planning
from incubator.learning.forms import CohortForm, ProgrammeForm, SessionForm
from incubator.learning.models import Cohort, Session
from incubator.learning.teaching import teachers_only

METHODS = ["GET", "HEAD", "POST"]


def ask(request, form, heading: str):
    """The form, empty or with what is wrong in it."""
    return render(request, "incubator/learning/plan.html", {"form": form, "heading": heading})


@teachers_only
@require_http_methods(METHODS)
def new_programme(request):
    """Start a programme."""
    form = ProgrammeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        planning.start_programme(programme=form.save(commit=False), by=request.user)
        messages.success(request, _("The programme is on record. Open its first class next."))
        return redirect("incubator:learning:funnel")
    return ask(request, form, _("New training programme"))


@teachers_only
@require_http_methods(METHODS)
def new_cohort(request):
    """Open a class."""
    form = CohortForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(planning.open_class(cohort=form.save(commit=False), by=request.user))
    return ask(request, form, _("New class"))


@teachers_only
@require_http_methods(METHODS)
def change_cohort(request, pk):
    """Change a class."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    form = CohortForm(request.POST or None, instance=cohort, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(planning.change_class(cohort=form.save(commit=False), by=request.user))
    return ask(request, form, _("Change the class"))


@teachers_only
@require_http_methods(METHODS)
def new_session(request, pk):
    """Plan a day of a class."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    form = SessionForm(request.POST or None, instance=Session(cohort=cohort))
    if request.method == "POST" and form.is_valid():
        planning.plan_session(session=form.save(commit=False), by=request.user)
        return redirect(cohort)
    return ask(request, form, _("New session"))
