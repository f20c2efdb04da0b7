"""Reviews for staff."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from marketplace.reviews import actions
from marketplace.reviews.forms import HideForm
from marketplace.reviews.models import Review


class ReviewList(ListView):
    """All reviews, the newest first, hidden ones among them."""

    template_name = "oscar/dashboard/reviews/list.html"
    context_object_name = "reviews"
    paginate_by = 30

    def get_queryset(self):
        return Review.objects.select_related("author", "line", "seller")


@require_POST
def hide(request, pk):
    """Take it out of sight, with a reason."""
    found, form = get_object_or_404(Review, pk=pk), HideForm(request.POST)
    if form.is_valid():
        actions.hide(review=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The review is hidden."))
    else:
        messages.error(request, _("Please say why."))
    return redirect("dashboard:buyer-reviews")


@require_POST
def show_again(request, pk):
    """It was hidden wrongly."""
    actions.show_again(review=get_object_or_404(Review, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("The review is shown again."))
    return redirect("dashboard:buyer-reviews")
