"""What learners handed in, for those who teach them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from incubator.learning import actions
from incubator.learning.forms import ReviewForm
from incubator.learning.models import Submission
from incubator.learning.teaching import teachers_only

PER_PAGE = 30
WITH = ("enrolment__learner", "enrolment__cohort__course", "lesson")


@teachers_only
@require_safe
def assignments(request):
    """Those that wait, the longest first; or those already looked at."""
    wanted = request.GET.get("state")
    state = wanted if wanted in Submission.State.values else Submission.State.WAITING
    mine = Submission.objects.visible_to(request.user).filter(state=state).select_related(*WITH)
    page = Paginator(mine.order_by("sent_at", "id"), PER_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "state": state, "states": Submission.State.choices}
    return render(request, "incubator/learning/assignments.html", shown)


@teachers_only
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request, pk):
    """One assignment: accept it, or give it back with a word on what is missing."""
    mine = Submission.objects.visible_to(request.user).select_related(*WITH, "product")
    submission = get_object_or_404(mine, pk=pk)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.review(
            submission=submission,
            is_accepted=form.is_accepted,
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Noted, and the learner has been told."))
        return redirect("incubator:learning:assignments")
    status = 422 if form.errors else 200
    return render(
        request, "incubator/learning/assignment.html", {"submission": submission, "form": form}, status=status
    )
