"""Putting a seller's money right by hand: one person proposes, another agrees."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from marketplace.core.money import to_fen
from marketplace.settlement import adjustments
from marketplace.settlement.models import Adjustment

from .forms import AdjustmentForm


class Adjustments(ListView):
    """All of them, newest first, and the form to propose one."""

    template_name = "oscar/dashboard/money/adjustments.html"
    context_object_name = "adjustments"
    paginate_by = 30
    form: AdjustmentForm | None = None

    def get_queryset(self):
        return Adjustment.objects.select_related("seller", "proposed_by", "decided_by").order_by("-id")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"form": self.form or AdjustmentForm()}

    def post(self, request):
        form = AdjustmentForm(request.POST)
        if not form.is_valid():
            self.form, self.object_list = form, self.get_queryset()
            return render(request, self.template_name, self.get_context_data())
        fen = to_fen(form.cleaned_data["amount"])
        propose = {"seller": form.cleaned_data["seller"], "reason": form.cleaned_data["reason"], "fen": fen}
        adjustments.propose(by=request.user, at=timezone.now(), **propose)
        messages.success(request, _("Proposed. Another person has to agree before anything moves."))
        return redirect("dashboard:money-adjustments")


@require_POST
def decide(request, pk):
    """Agree, or refuse."""
    adjustment = get_object_or_404(Adjustment, pk=pk)
    try:
        agree = request.POST.get("answer") == "agree"
        adjustments.decide(adjustment=adjustment, agree=agree, by=request.user, at=timezone.now())
    except adjustments.NeedsAnother as refusal:
        messages.error(request, refusal.for_people)
    return redirect("dashboard:money-adjustments")
