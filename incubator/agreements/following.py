"""What follows a signed agreement: goods opened to the partner's shop, commission really charged, tonnes split over pairs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from incubator.matching.models import Fair
from incubator.shell import staff_only
from marketplace.core.forms import first_error
from marketplace.core.money import to_fen, to_yuan
from marketplace.core.refusal import Refusal

from . import splitting, storefront
from .charges import charged, record_charge
from .forms import ChargeForm, OpenGoodsForm
from .models import Agreement


def following(agreement: Agreement) -> dict[str, Any]:
    """What staff see on the agreement's page beside its terms."""
    if not agreement.is_binding:
        return {}
    return {
        "supplies": agreement.supplies.select_related("grant__pool", "grant__seller"),
        "open_form": OpenGoodsForm(pools=storefront.pools_of(agreement), initial={"floor": agreement.price}),
        "may_open": agreement.state in storefront.OPEN_STATES,
        "charges": charged(agreement),
        "charge_form": ChargeForm(initial={"since": agreement.begins_on, "until": timezone.localdate()}),
    }


def agreement_of(request, pk) -> Agreement:
    """One that this person works on."""
    return get_object_or_404(Agreement.objects.for_staff(request.user), pk=pk)


@staff_only
@require_POST
def open_goods(request, pk):
    """Let the partner's shop sell the cooperative's goods."""
    shown = agreement_of(request, pk)
    form = OpenGoodsForm(request.POST, pools=storefront.pools_of(shown))
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(shown)
    try:
        storefront.open_goods(
            agreement=shown, by=request.user, at=timezone.now(), on=timezone.localdate(), **form.cleaned_data
        )
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(shown)


@staff_only
@require_POST
def close_goods(request, pk):
    """Let it sell them no more."""
    shown = agreement_of(request, pk)
    storefront.close_goods(agreement=shown, by=request.user, at=timezone.now())
    return redirect(shown)


@staff_only
@require_POST
def charge(request, pk):
    """Note what the partner kept."""
    shown = agreement_of(request, pk)
    form = ChargeForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(shown)
    chosen = dict(form.cleaned_data)
    fen = to_fen(chosen.pop("amount"))
    try:
        record_charge(agreement=shown, fen=fen, by=request.user, at=timezone.now(), **chosen)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(shown)


def fair_of(request, pk) -> Fair:
    return get_object_or_404(Fair.objects.visible_to(request.user), pk=pk)


@staff_only
@require_safe
def split(request, pk):
    """What each agreed pair of a fair would get, were the sum to bring most."""
    fair = fair_of(request, pk)
    found, best = splitting.shares(fair)
    if not found:
        raise Http404
    changes = sum(share.is_change for share in found)
    context = {"fair": fair, "shares": found, "brings": to_yuan(best.fen), "changes": changes}
    return render(request, "incubator/agreements/split.html", context)


@staff_only
@require_POST
def take_split(request, pk):
    """Write it into the letters of intent."""
    fair = fair_of(request, pk)
    try:
        changed = splitting.take_over(fair=fair, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    else:
        said = ngettext("%(n)s letter of intent changed.", "%(n)s letters of intent changed.", changed)
        messages.success(request, said % {"n": changed})
    return redirect("incubator:agreements:split", pk=fair.pk)
