"""How the site is doing, and tasks that failed: try again, or drop."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from marketplace.core import maintenance, queue, watching
from marketplace.core.logs import masked


class TaskFilter(forms.Form):
    """Which tasks to show."""

    q = forms.CharField(label=gettext_lazy("Task"), required=False, max_length=80)


class FailedTasks(ListView):
    """The latest first. What a task was about may hold people's words, so its traceback is masked as logs are."""

    template_name = "oscar/dashboard/tasks/list.html"
    paginate_by = 30

    def get_queryset(self):
        self.form = TaskFilter(self.request.GET)
        words = self.form.cleaned_data["q"] if self.form.is_valid() else ""
        return queue.failed().filter(task_path__icontains=words)

    def get_context_data(self, **kwargs):
        shown = super().get_context_data(**kwargs)
        rows = [{"task": task, "traceback": masked(task.traceback)} for task in shown["object_list"]]
        state = {"readings": watching.read(), "is_closed": maintenance.is_on()}
        return shown | state | {"form": self.form, "rows": rows}


@require_POST
def again(request, pk):
    """Once more."""
    if queue.again(key=pk, by=request.user, at=timezone.now()):
        messages.success(request, _("It is in the queue again."))
    else:
        messages.info(request, _("It is not among the failed ones any more."))
    return redirect("dashboard:failed-tasks")


@require_POST
def drop(request, pk):
    """Nobody needs it any more."""
    if queue.drop(key=pk, by=request.user):
        messages.success(request, _("Dropped."))
    else:
        messages.info(request, _("It is not among the failed ones any more."))
    return redirect("dashboard:failed-tasks")
