"""Reviewers' pages: what waits, the longest first; one draft beside the live page; what was decided."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import ListView

from marketplace.core.seen import Unread
from marketplace.core.states import IllegalMove
from marketplace.offering import claims, review
from marketplace.offering.forms import NotReady, bound_form
from marketplace.offering.models import Decision, Draft, Verdict
from marketplace.offering.states import DraftState

from .forms import DecisionForm


class Queue(ListView):
    """Drafts that wait for a decision."""

    template_name = "oscar/dashboard/listings/queue.html"
    context_object_name = "drafts"
    paginate_by = 30

    def get_queryset(self):
        return Draft.objects.waiting().select_related("seller").with_cover()


class Decided(ListView):
    """What reviewers have said, the latest first."""

    template_name = "oscar/dashboard/listings/decided.html"
    context_object_name = "decisions"
    paginate_by = 30

    def get_queryset(self):
        return Decision.objects.select_related("draft__seller", "by")


class DraftReview(View):
    """One draft: what it would change, and the three answers."""

    def get(self, request, pk):
        draft = self.load(pk)
        return self.page(request, draft, DecisionForm(doubtful=claims.doubtful(draft, timezone.localdate())))

    def post(self, request, pk):
        draft = self.load(pk)
        form = DecisionForm(request.POST, doubtful=claims.doubtful(draft, timezone.localdate()))
        if not form.is_valid():
            return self.page(request, draft, form, status=422)
        try:
            read = request.POST.get("read", "")
            review.decide(draft=draft, by=request.user, at=timezone.now(), read=read, **form.cleaned_data)
        except Unread as unread:
            messages.error(request, unread.for_people)
            return redirect("dashboard:listing-review", pk=pk)
        except IllegalMove:
            messages.error(request, _("This draft is not waiting any more: it was decided or taken back."))
        except NotReady:
            messages.error(request, _("It cannot be approved as it is. Please ask the seller to look at it again."))
            return self.page(request, draft, form, status=422)
        else:
            messages.success(request, _("Decided; the seller is told."))
        return redirect("dashboard:listing-queue")

    def load(self, pk) -> Draft:
        """Drafts that were never submitted are their sellers' own."""
        seen = Draft.objects.exclude(submitted_at=None).select_related("seller", "product")
        return get_object_or_404(seen.prefetch_related("photos", "decisions__by"), pk=pk)

    def page(self, request, draft, form, status=200):
        return render(
            request,
            "oscar/dashboard/listings/review.html",
            {
                "draft": draft,
                "halt": draft.product.halts.standing().first() if draft.product else None,
                "read": request.POST.get("read", draft.mark),
                "form": form,
                "verdicts": Verdict.choices,
                "unproven": claims.unproven(draft, timezone.localdate()),
                "superlatives": claims.superlatives(draft.words),
                "cures": claims.cures(draft.words),
                "is_waiting": draft.state == DraftState.WAITING,
                "changes": review.changes_of(draft, bound_form(draft)),
                "pictures_before": review.pictures_of(draft.product),
                "pictures_after": review.shown_in(draft),
            },
            status=status,
        )
