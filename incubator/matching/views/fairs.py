"""Fairs as a list, one fair, and what is done with it as a whole."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import ListView

from incubator.matching import actions
from incubator.matching.entry_forms import MOST_SLOTS, SlotsForm
from incubator.matching.forms import FairForm, SheetForm
from incubator.matching.models import FAIR_MOVES, Fair, FairPartner, FairProduct, FairState, Proposal
from incubator.shell import StaffOnly, staff_only
from marketplace.core.forms import first_error
from marketplace.core.models import ImportRun
from marketplace.core.refusal import Refusal

PER_PAGE = 50
MOVES = ("register", "meet", "match_again", "agree", "follow_up", "close")


class FairList(StaffOnly, ListView):
    """The fairs of one's places, the next one first."""

    template_name = "incubator/fairs/fairs.html"
    context_object_name = "fairs"
    paginate_by = 20

    def get_queryset(self):
        return (
            Fair.objects.visible_to(self.request.user)
            .annotate(
                product_count=number_of(FairProduct), partner_count=number_of(FairPartner), run_count=Count("runs")
            )
            .order_by("-held_on", "-pk")
        )


def number_of(model):
    """How many rows of this model a fair has, as a column."""
    rows = model.objects.filter(fair=OuterRef("pk")).order_by().values("fair").annotate(n=Count("pk"))
    return Coalesce(Subquery(rows.values("n")), 0)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request):
    """Plan a new fair."""
    form = FairForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = actions.plan_fair(by=request.user, **form.cleaned_data)
        return redirect(made)
    return render(request, "incubator/fairs/plan.html", {"form": form})


@staff_only
@require_safe
def fair(request, pk):
    """One fair: how far it has come, who is registered, its runs, its pins and bans."""
    shown = get_object_or_404(Fair.objects.visible_to(request.user).select_related("plan"), pk=pk)
    runs = list(shown.runs.select_related("by").defer("inputs", "report")[:PER_PAGE])
    context = {
        "fair": shown,
        "steps": steps(shown),
        "counts": {"products": shown.products.count(), "partners": shown.partners.count()},
        "strangers": shown.products.filter(cooperative=None).count() + shown.partners.filter(partner=None).count(),
        "runs": runs,
        "next_number": runs[0].number + 1 if runs else 1,
        "overrides": shown.overrides.standing().select_related("product", "partner", "by", "approved_by"),
        "imports": ImportRun.objects.filter(scope=shown.scope).select_related("by")[:10],
        "form": SheetForm(),
        "has_agreements": Proposal.objects.filter(run__fair=shown, agreements__isnull=False).exists(),
        "waiting": shown.applications.waiting().count(),
        "next_moves": [move for move in MOVES if FAIR_MOVES.allows(move, shown.state) and move != moved_by(shown)],
    }
    return render(request, "incubator/fairs/fair.html", context)


def moved_by(shown) -> str:
    """The move that would lead where the fair is already."""
    return "register" if shown.state == FairState.REGISTRATION else ""


def steps(shown) -> list[dict]:
    """The parts of a fair with where it stands."""
    here = FairState.values.index(shown.state)
    return [
        {"text": state.label, "state": "done" if number < here else "here" if number == here else ""}
        for number, state in enumerate(FairState)
    ]


@staff_only
@require_POST
def move(request, pk):
    """Move the fair on to its next part."""
    moved = get_object_or_404(Fair.objects.visible_to(request.user), pk=pk)
    try:
        actions.move(fair=moved, move=request.POST.get("move", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(moved)


@staff_only
@require_POST
def enrol(request, pk):
    """Make members of everybody registered whom we do not know."""
    of = get_object_or_404(Fair.objects.visible_to(request.user), pk=pk)
    made = actions.enrol_strangers(fair=of, by=request.user)
    messages.success(request, ngettext("%(n)s new member.", "%(n)s new members.", made) % {"n": made})
    return redirect(of)


SIDES = ("products", "partners")


@staff_only
@require_safe
def registered(request, pk, side):
    """Who takes part, page by page."""
    shown = get_object_or_404(Fair.objects.visible_to(request.user), pk=pk)
    if side not in SIDES:
        raise Http404
    words = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    rows = getattr(shown, side).select_related("cooperative" if side == "products" else "partner")
    page = Paginator(rows.named_like(words) if words else rows, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "fair": shown,
        "side": side,
        "page": page,
        "q": words,
        "most_slots": MOST_SLOTS,
        "query": f"{query.urlencode()}&" if query else "",
    }
    context["heading"] = pgettext("fair", "Products") if side == "products" else _("E-commerce partners")
    return render(request, "incubator/fairs/registered.html", context)


@staff_only
@require_POST
def slots(request, pk, side, entry_pk):
    """How many of the others one meets; none for who has cancelled."""
    of = get_object_or_404(Fair.objects.visible_to(request.user), pk=pk)
    if side not in SIDES:
        raise Http404
    entry = get_object_or_404(getattr(of, side).select_related("fair"), pk=entry_pk)
    form = SlotsForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(first_error(form))
        actions.change_slots(entry=entry, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("Noted. Run the match again: whoever else has a pair keeps it where that can be."))
    back = reverse("incubator:fairs:registered", args=[of.pk, side])
    return redirect(f"{back}?{urlencode({'q': entry.code})}")
