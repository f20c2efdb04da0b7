"""Pages of net income, for staff; who earned what has a permission of its own, and every reading of it is noted."""

from __future__ import annotations

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator.households.forms import ExportForm
from incubator.households.models import HouseholdLink
from incubator.shell import staff_only
from marketplace.core.money import to_fen, to_yuan
from marketplace.core.refusal import Refusal
from marketplace.core.tables import csv_answer, handed_out, write_xlsx

from . import actions
from .costing import MOST_LINES, TooManyLines, costed, facts_of, sold_between
from .forms import CostForm, RoundForm, WaterfallSift
from .models import PERMISSION, CostRule, IncomeRound
from .waterfall import CostKind, added_up
from .weights import typed_weights

PER_PAGE = 50
METHODS = ["GET", "HEAD", "POST"]


def readers_only(view):
    """Decorator: incubator staff with the permission of their own; nobody else finds anything here."""

    @staff_only
    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@staff_only
@require_safe
def waterfall(request):
    """From gross sales to what can be distributed, and the lines behind it."""
    sift = WaterfallSift(request.GET or None, user=request.user)
    asked = sift.asked
    context = {"sift": sift if request.GET else WaterfallSift(initial=asked, user=request.user), "asked": asked}
    query = request.GET.copy()
    query.pop("page", None)
    context["query"] = f"{query.urlencode()}&" if query else ""
    try:
        lines = costed(facts_of(request.user, **asked))
    except TooManyLines:
        return render(request, "incubator/income/waterfall.html", context | {"most": MOST_LINES})
    context |= {
        "whole": added_up(line.money for line in lines),
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": CostKind.choices,
    }
    return render(request, "incubator/income/waterfall.html", context)


@staff_only
@require_safe
def waterfall_export(request):
    """The lines with every step, and their sums below."""
    asked = WaterfallSift(request.GET or None, user=request.user).asked
    try:
        lines = costed(facts_of(request.user, **asked))
    except TooManyLines:
        messages.error(request, _("These are more than %(n)s lines. Please choose fewer days.") % {"n": MOST_LINES})
        return redirect("incubator:income:waterfall")
    headers = [
        _("Paid on"), _("Sales channel"), _("Channel account"), _("Order number"), _("Product"), _("Code"),
        _("Gross sales"), _("Refunded"), _("Net sales"), *(str(label) for _kind, label in CostKind.choices),
        _("Distributable income"),
    ]  # fmt: skip
    whole = added_up(line.money for line in lines)
    rows = [row_of(line) for line in lines]
    rows.append(
        [_("Total"), "", "", "", "", "", to_yuan(whole.gross), to_yuan(whole.refunded), to_yuan(whole.net)]
        + [known(step.amount) for step in whole.steps]
        + [known(whole.distributable)]
    )
    return handed_out("net-income.xlsx", write_xlsx(headers, rows))


def known(fen: int | None):
    """Yuan, or 未知."""
    return _("Unknown") if fen is None else to_yuan(fen)


def row_of(line) -> list:
    fact, money = line.fact, line.money
    said = [
        fact.sold_on,
        fact.account.get_channel_display(),
        fact.account.name,
        fact.order_number,
        fact.title,
        fact.code,
    ]
    sums = [to_yuan(money.gross), to_yuan(money.refunded), to_yuan(money.net)]
    return [*said, *sums, *(known(money.costs.get(kind)) for kind in CostKind), known(money.distributable)]


@staff_only
@require_http_methods(METHODS)
def costs(request):
    """What sales cost by account, and a new rule."""
    form = CostForm(request.POST or None, user=request.user, initial={"since": timezone.localdate().replace(day=1)})
    if request.method == "POST" and form.is_valid():
        actions.set_cost(by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect("incubator:income:costs")
    rules = CostRule.objects.visible_to(request.user).select_related("account")
    return render(request, "incubator/income/costs.html", {"form": form, "rules": rules})


@staff_only
@require_POST
def drop_cost(request, pk):
    """It is unknown again."""
    rule = get_object_or_404(CostRule.objects.visible_to(request.user), pk=pk)
    actions.drop_cost(rule=rule, by=request.user)
    return redirect("incubator:income:costs")


@readers_only
@require_safe
def rounds(request):
    """What was shared, the latest first; no household is named here."""
    mine = IncomeRound.objects.visible_to(request.user).select_related("cooperative")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "incubator/income/rounds.html", {"page": page})


@readers_only
@require_http_methods(METHODS)
def new_round(request):
    """Open a round: computed where every cost is known, else declared."""
    form = RoundForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = dict(form.cleaned_data)
        declared = chosen.pop("declared")
        try:
            fen = to_fen(declared) if chosen["basis"] == IncomeRound.Basis.DECLARED else computed(chosen)
            made = actions.open_round(distributable_fen=fen, by=request.user, at=timezone.now(), **chosen)
        except Refusal as refusal:
            form.add_error(None, refusal.for_people)
        else:
            return redirect(made)
    return render(request, "incubator/income/round_new.html", {"form": form})


def computed(chosen) -> int:
    """What the waterfall leaves of all the cooperative's sales, whoever asks; Refusal without any or while a cost is unknown."""
    facts = sold_between(
        account=None, cooperative=chosen["cooperative"].pk, since=chosen["since"], until=chosen["until"]
    )
    try:
        whole = added_up(line.money for line in costed(facts))
    except TooManyLines:
        raise Refusal(_("Too many lines: please choose fewer days.")) from None
    if not whole.lines:
        raise Refusal(_("Nothing that counts for its agreements was sold on these days."))
    if whole.distributable is None:
        raise Refusal(_("A cost of these sales is unknown, so nobody knows what can be shared."))
    return whole.distributable


def round_of(request, pk) -> IncomeRound:
    """A round of a cooperative of one of this person's places."""
    return get_object_or_404(
        IncomeRound.objects.visible_to(request.user).select_related("cooperative", "by", "final_by"), pk=pk
    )


def shown_round(request, shown: IncomeRound, links: list[HouseholdLink], problems: dict[int, str]) -> dict:
    """The page of a round: what was typed stays, where it could not be taken.

    Weights are kept by household and kind: where she has two such links, the first shows their sum.
    """
    shares = list(shown.shares.select_related("household"))
    kept = {(share.household_id, share.kind): share.weight for share in shares}
    return {
        "round": shown,
        "shares": shares,
        "sum": to_yuan(sum(share.fen for share in shares)),
        "links": [
            (
                link,
                request.POST.get(f"weight-{link.pk}", kept.pop((link.household_id, link.kind), "")),
                problems.get(link.pk),
            )
            for link in links
        ],
        "retained": request.POST.get("retained", shown.retained),
        "retained_problem": problems.get(0),
        "may_finish": not shown.is_final and shares and shown.by_id != request.user.pk,
        "form": ExportForm(),
    }


@readers_only
@require_http_methods(METHODS)
def round(request, pk):
    """One round with its shares; sharing anew while it is not final."""
    shown = round_of(request, pk)
    links = list(actions.links_in(shown))
    problems: dict[int, str] = {}
    if request.method == "POST":
        weights, retained, problems = typed_weights(request.POST, links)
        try:
            if not problems:
                actions.allocate(round=shown, weights=weights, retained_fen=retained, by=request.user)
                return redirect(shown)
        except Refusal as refusal:
            messages.error(request, refusal.for_people)
    actions.note_reading(round=shown, by=request.user, how="page")
    context = shown_round(request, shown, links, problems)
    return render(request, "incubator/income/round.html", context)


@readers_only
@require_POST
def finish(request, pk):
    """A second person makes it final."""
    shown = round_of(request, pk)
    try:
        actions.make_final(round=shown, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(shown)


@readers_only
@require_POST
def round_export(request, pk):
    """The shares as a table, by key and without a name, for a purpose that is noted."""
    shown = round_of(request, pk)
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say for which purpose."))
        return redirect(shown)
    actions.note_reading(round=shown, by=request.user, how=f"export:{form.cleaned_data['purpose']}")
    headers = [_("Key"), _("Kind of link"), _("Weight"), _("Income"), _("Evidence")]
    rows = [
        [str(share.household.key), share.get_kind_display(), share.weight, share.yuan, shown.get_evidence_display()]
        for share in shown.shares.select_related("household")
    ]
    rows.append([_("Retained by the cooperative"), "", "", shown.retained, ""])
    rows.append([_("Distributable income"), "", "", shown.distributable, ""])
    return csv_answer("income-shares.csv", headers, rows)
