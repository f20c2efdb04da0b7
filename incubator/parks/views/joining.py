"""Asking for a desk: for anybody who signs in, who reads here what became of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from incubator.parks import actions
from incubator.parks.forms import JoinForm
from incubator.parks.models import Park, Tenancy
from incubator.parks.states import NEEDS_REASON, TENANCY_MOVES
from marketplace.accounts import limits
from marketplace.core.refusal import Refusal

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def open_parks(request):
    """Parks one can ask for a desk in, and what one has asked for before."""
    mine = Tenancy.objects.filter(user=request.user) if request.user.is_authenticated else Tenancy.objects.none()
    context = {"parks": Park.objects.open_on(timezone.localdate()), "mine": mine.select_related("park")}
    return render(request, "incubator/parks/open.html", context)


@never_cache
@login_required
@require_http_methods(METHODS)
def join(request, pk):
    """The form."""
    park = get_object_or_404(Park.objects.open_on(timezone.localdate()), pk=pk)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_to_join(
                park=park, user=request.user, at=timezone.now(), on=timezone.localdate(), **form.cleaned_data
            )
        except (Refusal, limits.TooMany) as refusal:
            form.add_error(None, refusal.for_people)
        else:
            return redirect("incubator:parks:mine", pk=made.pk)
    return render(request, "incubator/parks/join.html", {"park": park, "form": form})


@never_cache
@login_required
@require_http_methods(METHODS)
def mine(request, pk):
    """What became of one's application; before moving in she can take it back."""
    shown = get_object_or_404(Tenancy.objects.filter(user=request.user).select_related("park"), pk=pk)
    if request.method == "POST":
        try:
            actions.move(tenancy=shown, move="withdraw", by=request.user, at=timezone.now(), on=timezone.localdate())
        except Refusal as refusal:
            messages.error(request, refusal.for_people)
        return redirect("incubator:parks:mine", pk=shown.pk)
    reason = shown.steps.filter(move__in=NEEDS_REASON, subject="").last() if shown.is_over else None
    context = {"tenancy": shown, "reason": reason, "can_withdraw": TENANCY_MOVES.allows("withdraw", shown.state)}
    return render(request, "incubator/parks/mine.html", context)
