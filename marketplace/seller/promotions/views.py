"""A seller's own discounts: made, paused, ended and followed. What they cost, her share bears."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.states import IllegalMove
from marketplace.promotions import actions, rooms

from ..access import seller_page
from ..capabilities import Can

ROOM = "marketplace/seller/promotions"


@require_safe
@never_cache
@seller_page(Can.SHOP)
def promotion_list(request):
    """All of hers, the latest first."""
    return render(request, f"{ROOM}/list.html", rooms.listed(request, request.seller))


@require_safe
@seller_page(Can.SHOP)
def table(request):
    """The same as a table to take away."""
    return rooms.exported(request.seller)


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page(Can.SHOP)
def new(request):
    """The form of a new one; ``?copy=`` fills it with the terms of another."""
    form = rooms.new_form(request, request.seller)
    promotion = rooms.made(form, request.user) if request.method == "POST" else None
    if promotion is None:
        return render(request, f"{ROOM}/new.html", {"form": form}, status=422 if form.errors else 200)
    messages.success(request, _("“%(name)s” is made.") % {"name": promotion.display_name})
    return redirect("seller:promotion", promotion.pk)


def own(request, pk: int):
    return get_object_or_404(rooms.payers(request.seller).with_figures().select_related("category"), pk=pk)


@require_safe
@never_cache
@seller_page(Can.SHOP)
def promotion(request, pk):
    """Its terms, and what came of it."""
    found = own(request, pk)
    return render(request, f"{ROOM}/promotion.html", {"promotion": found, "deeds": rooms.deeds(found)})


@require_POST
@seller_page(Can.SHOP)
def move(request, pk, name):
    """Pause, resume or end it."""
    found = own(request, pk)
    if name not in rooms.MOVES:
        raise Http404
    try:
        actions.move(promotion=found, name=name, by=request.user, at=timezone.now())
    except IllegalMove:
        messages.error(request, _("This promotion has changed meanwhile. Please look at it again."))
    return redirect("seller:promotion", pk)
