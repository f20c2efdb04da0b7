"""Match runs: asked for, watched, read, compared, taken home."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from incubator.matching import actions, refusals
from incubator.matching.comparing import compare as compared
from incubator.matching.engine.match import Refused
from incubator.matching.engine.relax import shortfalls
from incubator.matching.forms import PairSift
from incubator.matching.listing import ALL, CHOSEN, Pair, Pairs, counts_by_view
from incubator.matching.models import Fair, MatchRun
from incubator.matching.reading import charts, overrides_of, views_of
from incubator.matching.results import picture_of
from incubator.matching.sentences import CODE_NAMES, listed
from incubator.matching.words import place
from incubator.shell import staff_only
from marketplace.core.refusal import Refusal
from marketplace.core.tables import handed_out, write_xlsx

PER_PAGE = 20


@staff_only
@require_POST
def begin(request, pk):
    """Ask for a run; the number in the form makes a second press the same run."""
    fair = get_object_or_404(Fair.objects.visible_to(request.user), pk=pk)
    number = request.POST.get("number", "")
    try:
        run = actions.begin_run(
            fair=fair,
            number=int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0,
            keep=request.POST.get("keep") == "on",
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
        return redirect(fair)
    return redirect(run)


def run_of(request, pk) -> MatchRun:
    """A run of a fair this person works on."""
    return get_object_or_404(MatchRun.objects.visible_to(request.user).select_related("fair", "by", "previous"), pk=pk)


@staff_only
@require_safe
def run(request, pk):
    """One run: coverage, proof, every pair with its answer, fairness. While it is worked on, how far it is."""
    shown = run_of(request, pk)
    if not shown.is_done:
        context: dict[str, Any] = {"run": shown, "fair": shown.fair}
        if shown.refusal:
            refused = Refused(shown.refusal["kind"], shown.refusal["pairs"], shown.refusal["codes"])
            context["refusal"] = refusals.in_words(refused)
        return render(request, "incubator/fairs/run_waiting.html", context)
    picture = picture_of(shown)
    sift = PairSift(request.GET or None, counties=counties_of(shown))
    wanted = sift.cleaned_data if sift.is_valid() else {}
    page = paged(Pairs(picture, wanted), request)
    query = request.GET.copy()
    query.pop("page", None)
    counts = counts_by_view(shown.report["answers"])
    context = {
        "run": shown,
        "fair": shown.fair,
        "sift": sift,
        "page": page,
        "query": f"{query.urlencode()}&" if query else "",
        "views": views_of(counts, wanted.get("view") or CHOSEN, request.GET),
        "missing": [refusals.shortfall_in_words(picture, each) for each in shortfalls(picture)],
        "helpful": [(CODE_NAMES[code], gain) for code, gain in shown.report["helpful"]],
        "overrides": overrides_of(shown),
        "other_runs": shown.fair.runs.done().exclude(pk=shown.pk).only("pk", "number", "fair")[:20],
        "next_number": next_number(shown.fair),
    }
    return render(request, "incubator/fairs/run.html", context | charts(shown))


def paged(pairs: Pairs, request) -> Page:
    """The page of pairs asked for."""
    paginator: Paginator[Pair] = Paginator(pairs, PER_PAGE)
    return paginator.get_page(request.GET.get("page"))


def next_number(fair: Fair) -> int:
    last = fair.runs.only("number").first()
    return last.number + 1 if last else 1


def counties_of(shown: MatchRun) -> list[str]:
    """Where the products of a run come from."""
    return sorted({row["county"] for row in shown.inputs["products"]})


@staff_only
@require_safe
def export(request, pk):
    """All pairs that fit the filter, as a workbook; scores are for staff."""
    shown = get_object_or_404(MatchRun.objects.done().filter(fair__in=Fair.objects.visible_to(request.user)), pk=pk)
    sift = PairSift(request.GET or None, counties=counties_of(shown))
    pairs = Pairs(picture_of(shown), sift.cleaned_data if sift.is_valid() else {"view": ALL})
    headers = [
        _("Code"), pgettext("fair", "Product"), _("Cooperative"), _("Place"), _("Code"), _("E-commerce partner"),
        _("Answer"), _("Hard condition"), _("Score"), _("In words"),
    ]  # fmt: skip
    rows = (
        [
            each.product.id, each.product.name, each.product.cooperative, place(each.product.county), each.partner.id,
            each.partner.name, each.answer_name, listed(CODE_NAMES[code] for code in each.reasons), each.score, each.words,
        ]
        for each in pairs
    )  # fmt: skip
    return handed_out(f"match-run-{shown.fair_id}-{shown.number}.xlsx", write_xlsx(headers, rows))


@staff_only
@require_safe
def compare(request, pk):
    """This run beside another one of the fair."""
    later = run_of(request, pk)
    number = request.GET.get("with", "")
    others = later.fair.runs.done().exclude(pk=later.pk)
    earlier = get_object_or_404(others, number=int(number) if number.isascii() and number.isdigit() else 0)
    if later.number < earlier.number:
        earlier, later = later, earlier
    return render(request, "incubator/fairs/compare.html", {"comparison": compared(earlier, later), "fair": later.fair})


@staff_only
@require_POST
def approve(request, pk):
    """Make this run the plan of its fair."""
    chosen = run_of(request, pk)
    try:
        actions.approve_plan(run=chosen, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("Approved. Meetings are made from this run."))
    return redirect(chosen)
