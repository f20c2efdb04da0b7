"""One pair of a run: why, why not, and what staff decide about it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from incubator.matching import actions, refusals
from incubator.matching.engine import explain
from incubator.matching.engine.match import Refused
from incubator.matching.engine.scoring import BUILT_IN
from incubator.matching.forms import OverrideForm
from incubator.matching.listing import ALL, Pairs
from incubator.matching.models import MatchRun, Override
from incubator.matching.results import picture_of, tried
from incubator.matching.sentences import CODE_NAMES, COMPONENT_NAMES
from incubator.shell import staff_only
from marketplace.core.refusal import Refusal


@staff_only
@require_safe
def pair(request, pk):
    """Why these two meet or do not; with ``try=pin`` or ``try=ban`` what that would change."""
    run = get_object_or_404(MatchRun.objects.done().visible_to(request.user).select_related("fair"), pk=pk)
    picture = picture_of(run)
    try:
        i, j = picture.request.row_of((request.GET.get("product", ""), request.GET.get("partner", "")))
    except Refused:
        raise Http404 from None
    pairs = Pairs(picture, {"view": ALL})
    shown = pairs.pair(i, j)
    product, partner = run.fair.products.get(code=shown.product.id), run.fair.partners.get(code=shown.partner.id)
    proposal = run.proposals.filter(product=product, partner=partner).first()
    context = {
        "proposal": proposal,
        "agreement": proposal and proposal.agreements.exclude(state="dropped").first(),
        "run": run,
        "fair": run.fair,
        "pair": shown,
        "product": product,
        "partner": partner,
        "broken": [(code, CODE_NAMES[code]) for code in shown.reasons],
        "sides": sides(picture, i, j, run) if picture.feasible[i, j] else [],
        "override": run.fair.overrides.standing().filter(product=product, partner=partner).select_related("by").first(),
        "form": OverrideForm(initial={"kind": Override.Kind.PIN}),
        "trial": trial(run, request.GET.get("try", ""), shown),
        "others": other_pairs(pairs, i, j),
    }
    return render(request, "incubator/fairs/pair.html", context)


def sides(picture, i: int, j: int, run: MatchRun) -> list[dict]:
    """The two values with the parts they are made of; numbers for staff."""
    parts = explain.components(picture, i, j)
    weights = BUILT_IN[run.weights]
    names = {"growers": _("For the growers"), "partner": _("For the partner")}
    return [
        {
            "name": names[side],
            "value": float(getattr(picture.scores, side)[i, j]),
            "parts": [
                (COMPONENT_NAMES[side][name], weight, parts[side][name])
                for name, weight in getattr(weights, side).items()
            ],
        }
        for side in ("growers", "partner")
    ]


def trial(run: MatchRun, kind: str, shown) -> dict | None:
    """What pinning or banning this pair would change."""
    if kind not in Override.Kind.values:
        return None
    outcome = tried(run, kind, [shown.product.id, shown.partner.id])
    said = "" if outcome.refused is None else refusals.in_words(outcome.refused)
    return {"kind": kind, "change": outcome.change, "refused": said}


def other_pairs(pairs: Pairs, i: int, j: int) -> list:
    """The same product with its best other partners, and why not they."""
    value = pairs.picture.scores.mean[i] * pairs.picture.feasible[i]
    best = [int(other) for other in (-value).argsort(kind="stable") if other != j][:6]
    return [pairs.pair(i, other) for other in best]


@staff_only
@require_POST
def override(request, pk):
    """Pin or ban a pair of this run's fair from the next run on."""
    run = get_object_or_404(MatchRun.objects.done().visible_to(request.user).select_related("fair"), pk=pk)
    product = get_object_or_404(run.fair.products, code=request.GET.get("product", ""))
    partner = get_object_or_404(run.fair.partners, code=request.GET.get("partner", ""))
    form = OverrideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why: a pin or a ban needs a reason."))
    else:
        try:
            made = actions.place_override(
                fair=run.fair, product=product, partner=partner, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            messages.error(request, refusal.for_people)
        else:
            messages.success(request, noted(made))
    return redirect(run.fair)


def noted(made: Override) -> str:
    if made.waits_for_second:
        return _("Noted. It breaks a hard condition, so it counts once a second person has approved it.")
    return _("Noted. It counts from the next run on.")


def override_of(request, pk) -> Override:
    return get_object_or_404(Override.objects.visible_to(request.user).select_related("fair"), pk=pk)


@staff_only
@require_POST
def override_approve(request, pk):
    """A second person says yes."""
    return done(request, override_of(request, pk), actions.approve_override)


@staff_only
@require_POST
def override_remove(request, pk):
    """Take a pin or a ban back."""
    return done(request, override_of(request, pk), actions.remove_override)


def done(request, chosen: Override, verb):
    """Carry out one verb and lead back to the fair."""
    try:
        verb(override=chosen, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(chosen.fair)
