"""A buyer reviews what she has received, and adds something later."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.accounts.pages import own
from marketplace.order.models import Order
from marketplace.order.states import OrderState
from marketplace.reviews import actions
from marketplace.reviews.forms import ReviewForm, WordsForm
from marketplace.reviews.models import Review

from ..pages import show


def received_order(request, number: str) -> Order:
    """An order of hers that has arrived."""
    hers = Order.objects.visible_to(request.user).filter(status=OrderState.COMPLETED).select_related("seller")
    return get_object_or_404(hers.prefetch_related("lines__review", "lines__product__parent"), number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def review(request, number):
    """What she thinks of each good of an order."""
    order = received_order(request, number)
    if request.method != "POST":
        return page(request, order)
    line = next((line for line in order.lines.all() if str(line.pk) == request.POST.get("line")), None)
    if line is None:
        raise Http404
    form = form_of(line, request.POST, request.FILES)
    if not form.is_valid():
        return page(request, order, {line.pk: form})
    try:
        actions.write(line=line, by=request.user, at=timezone.now(), **form.cleaned_data)
    except actions.ReviewRefused as refusal:
        messages.info(request, refusal.for_people)
    else:
        messages.success(request, _("Thank you for your review."))
    return redirect("customer:review", number=number)


def form_of(line, typed=None, files=None) -> ReviewForm:
    return ReviewForm(typed, files, auto_id=f"line{line.pk}_%s")


def page(request, order: Order, bound: dict | None = None):
    bound = bound or {}
    rows = [row_of(line, bound.get(line.pk)) for line in order.lines.all() if line.product]
    return show(request, "review", here="orders", order=order, rows=rows, lost_photos=bool(request.FILES))


def row_of(line, form) -> dict:
    """A line with her review, or with the form for it."""
    written = getattr(line, "review", None)
    if written is not None:
        return {"line": line, "review": written, "more": WordsForm(auto_id=f"more{line.pk}_%s")}
    return {"line": line, "form": form or form_of(line)}


@require_POST
@own
def follow_up(request, pk):
    """She adds something, once."""
    found = get_object_or_404(Review.objects.visible_to(request.user).select_related("line__order"), pk=pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please write something, within 500 characters."))
    else:
        try:
            actions.follow_up(review=found, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Added to your review."))
        except actions.ReviewRefused as refusal:
            messages.info(request, refusal.for_people)
    return redirect("customer:review", number=found.line.order.number)
