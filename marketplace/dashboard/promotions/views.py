"""The platform's own discounts: made, paused, ended and followed by operators. The promotion account of the ledger pays."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.states import IllegalMove
from marketplace.promotions import actions, rooms

ROOM = "oscar/dashboard/promotions"


@require_safe
@never_cache
def promotion_list(request):
    """All of the platform's, the latest first."""
    return render(request, f"{ROOM}/list.html", rooms.listed(request, None))


@require_safe
def table(request):
    """The same as a table to take away."""
    return rooms.exported(None)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """The form of a new one; ``?copy=`` fills it with the terms of another."""
    form = rooms.new_form(request, None)
    promotion = rooms.made(form, request.user) if request.method == "POST" else None
    if promotion is None:
        return render(request, f"{ROOM}/new.html", {"form": form}, status=422 if form.errors else 200)
    messages.success(request, _("“%(name)s” is made.") % {"name": promotion.display_name})
    return redirect("dashboard:promotion", promotion.pk)


def own(request, pk: int):
    return get_object_or_404(rooms.payers(None).with_figures().select_related("category"), pk=pk)


@require_safe
@never_cache
def promotion(request, pk):
    """Its terms, and what came of it."""
    found = own(request, pk)
    return render(request, f"{ROOM}/promotion.html", {"promotion": found, "deeds": rooms.deeds(found)})


@require_POST
def move(request, pk, name):
    """Pause, resume or end it."""
    found = own(request, pk)
    if name not in rooms.MOVES:
        raise Http404
    try:
        actions.move(promotion=found, name=name, by=request.user, at=timezone.now())
    except IllegalMove:
        messages.error(request, _("This promotion has changed meanwhile. Please look at it again."))
    return redirect("dashboard:promotion", pk)
