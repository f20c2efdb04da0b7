"""Doors to the reviews of one seller's goods."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from marketplace.reviews import actions, board
from marketplace.reviews.forms import WordsForm
from marketplace.reviews.models import Review

from ..access import seller_page
from ..capabilities import Can
from ..talk import views as inbox

PER_PAGE = 20
TABS = {"": gettext_lazy("Without an answer"), "all": gettext_lazy("All")}


@require_safe
@seller_page(Can.TALK)
def review_list(request):
    """What buyers said, the newest first."""
    state = request.GET.get("state", "")
    if state not in TABS:
        raise Http404
    found = Review.objects.shown().of_seller(request.seller).select_related("author", "line")
    shown = found if state else found.filter(reply="")
    context = {
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "standing": board.standing_of_seller(request.seller),
        "form": WordsForm(auto_id=False),
        "tabs": inbox.tabs(request, "reviews"),
        "chips": [
            {"text": text, "href": f"?state={name}" if name else "?", "current": name == state, "count": None}
            for name, text in TABS.items()
        ],
    }
    return render(request, "marketplace/seller/reviews/list.html", context)


@require_POST
@seller_page(Can.TALK)
def reply(request, pk):
    """Answer a review, once."""
    found = get_object_or_404(Review.objects.shown().of_seller(request.seller), pk=pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please write something, within 500 characters."))
        return redirect(reverse("seller:reviews"))
    try:
        actions.reply(review=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your answer stands under the review."))
    except actions.ReviewRefused as refusal:
        messages.info(request, refusal.for_people)
    return redirect(reverse("seller:reviews"))
