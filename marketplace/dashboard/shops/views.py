"""Staff check who wants to sell: papers, numbers, and two answers."""

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from marketplace.core import audit
from marketplace.core.seen import Unread
from marketplace.core.states import IllegalMove
from marketplace.opening import actions
from marketplace.opening.models import Opening, OpeningState, Paper
from marketplace.opening.papers import NEEDS
from marketplace.opening.views import handed_out


class ReasonForm(forms.Form):
    """Why an application goes back."""

    note = forms.CharField(
        label=gettext_lazy("Note to the applicant"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": gettext_lazy("Please write what is missing or wrong.")},
    )


class Applications(ListView):
    """Those that wait, the longest first."""

    template_name = "oscar/dashboard/shops/list.html"
    context_object_name = "openings"
    paginate_by = 30

    def get_queryset(self):
        return Opening.objects.filter(state=OpeningState.WAITING).select_related("applicant")


class Application(View):
    """One application. Looking at it is a row in the audit trail: it shows who somebody is."""

    def get(self, request, pk):
        opening = self.load(pk)
        audit.record("opening.viewed", of=opening, by=request.user)
        return self.page(request, opening, ReasonForm(auto_id="id_%s"))

    def post(self, request, pk):
        opening, form = self.load(pk), ReasonForm(request.POST)
        approves = request.POST.get("answer") == "approve"
        if not approves and not form.is_valid():
            return self.page(request, opening, form, status=422)
        decided = {"by": request.user, "at": timezone.now(), "read": request.POST.get("read", "")}
        try:
            if approves:
                actions.approve(opening=opening, **decided)
            else:
                actions.give_back(opening=opening, **decided, **form.cleaned_data)
            messages.success(request, _("Decided; the applicant is told."))
        except Unread as unread:
            messages.error(request, unread.for_people)
            return redirect("dashboard:shop-application", pk=pk)
        except IllegalMove:
            messages.error(request, _("This application was decided already."))
        except IntegrityError:
            messages.error(request, _("A shop has this name by now. Please return the application."))
        return redirect("dashboard:shop-applications")

    def load(self, pk) -> Opening:
        """What was never sent is its applicant's own."""
        sent = Opening.objects.exclude(sent_at=None).select_related("applicant", "seller", "decided_by")
        return get_object_or_404(sent.prefetch_related("papers"), pk=pk)

    def page(self, request, opening, form, status=200):
        shown = {
            "opening": opening,
            "read": request.POST.get("read", opening.mark),
            "form": form,
            "needs": NEEDS[opening.kind],
            "is_waiting": opening.state == OpeningState.WAITING,
        }
        return render(request, "oscar/dashboard/shops/detail.html", shown, status=status)


@require_safe
def paper(request, pk):
    """A paper of an application that was sent."""
    return handed_out(get_object_or_404(Paper.objects.exclude(opening__sent_at=None), pk=pk), request.user)
