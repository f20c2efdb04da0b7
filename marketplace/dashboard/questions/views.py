"""Public questions for staff."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from marketplace.reviews.forms import HideForm
from marketplace.talk import actions
from marketplace.talk.models import Question


class QuestionList(ListView):
    """All questions that are not hidden, the newest first."""

    template_name = "oscar/dashboard/questions/list.html"
    context_object_name = "questions"
    paginate_by = 30

    def get_queryset(self):
        return Question.objects.filter(hidden_at__isnull=True).select_related("seller", "product__parent")


@require_POST
def hide(request, pk):
    """Take it out of sight, with a reason."""
    found, form = get_object_or_404(Question, pk=pk), HideForm(request.POST)
    if form.is_valid():
        actions.hide(question=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The question is hidden."))
    else:
        messages.error(request, _("Please say why."))
    return redirect("dashboard:questions")
