"""Pages of agreements: for staff of the place, and for both sides their own."""

from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator import shell
from incubator.matching.models import Fair, Proposal
from incubator.shell import staff_only
from marketplace.core.money import to_yuan
from marketplace.core.refusal import Refusal
from marketplace.core.tables import handed_out, write_xlsx

from . import actions
from .following import following
from .forms import AgreementForm, AgreementSift, GoodForm
from .fulfilment import fulfilment
from .models import Agreement, AgreementGood
from .states import MOVE_NAMES, MOVES

PER_PAGE = 30


def narrowed(request):
    """The agreements this person may see, as the form narrows them, and the form."""
    rows = Agreement.objects.visible_to(request.user).select_related("cooperative", "partner")
    if not shell.is_staff(request.user) and not rows.exists():
        raise Http404
    sift = AgreementSift(request.GET or None, user=request.user)
    wanted = sift.cleaned_data if sift.is_valid() else {}
    if words := wanted.get("q", "").strip():
        named = Q(cooperative__name__icontains=words) | Q(partner__name__icontains=words)
        rows = rows.filter(named | Q(goods__icontains=words))
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("late"):
        rows = rows.filter(pk__in=late(rows))
    return rows, sift


def late(rows) -> list[int]:
    """Those whose first order is late today."""
    today = timezone.localdate()
    return [pk for pk, found in fulfilment(list(rows.binding())).items() if found.is_first_order_late(today)]


@login_required
@require_safe
def agreements(request):
    """Agreements with how they stand; a member sees her own."""
    rows, sift = narrowed(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    stand = fulfilment(list(page.object_list))
    today = timezone.localdate()
    shown = [(each, stand[each.pk], stand[each.pk].is_first_order_late(today)) for each in page.object_list]
    context = {"page": page, "shown": shown, "sift": sift, "query": f"{query.urlencode()}&" if query else ""}
    context["for_staff"] = shell.is_staff(request.user)
    return render(request, "incubator/agreements/agreements.html", context)


@login_required
@require_safe
def export(request):
    """The same list as a workbook."""
    rows = list(narrowed(request)[0])
    stand = fulfilment(rows)
    headers = [
        _("Cooperative"), _("E-commerce partner"), _("Goods"), _("Status"), _("Agreed volume (kg)"), _("Price (¥/kg)"),
        _("Commission (%)"), _("From"), _("Until"), _("Signed on"), _("First order"), _("Delivered (kg)"), _("Net sales"),
    ]  # fmt: skip
    table = (
        [
            each.cooperative.display_name, each.partner.display_name, each.goods, each.get_state_display(), each.volume_kg,
            each.price, each.commission_percent, each.begins_on, each.ends_on, each.signed_on, stand[each.pk].first_on,
            stand[each.pk].grams / 1000, to_yuan(stand[each.pk].net_fen),
        ]
        for each in rows
    )  # fmt: skip
    return handed_out("agreements.xlsx", write_xlsx(headers, table))


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def draw_up(request):
    """A new letter of intent, from a proposal or from nothing."""
    proposal = proposal_of(request)
    form = AgreementForm(request.POST or None, request.FILES or None, user=request.user, initial=terms_of(proposal))
    if request.method == "POST" and form.is_valid():
        made = actions.draw_up(proposal=proposal, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect(made)
    return render(request, "incubator/agreements/terms.html", {"form": form, "proposal": proposal})


def proposal_of(request) -> Proposal | None:
    """The proposal named in the address, of a fair this person works on."""
    asked = request.GET.get("proposal", "")
    if not asked:
        return None
    proposals = Proposal.objects.filter(run__fair__in=Fair.objects.visible_to(request.user)).select_related(
        "product", "partner"
    )
    return get_object_or_404(proposals, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)


def terms_of(proposal: Proposal | None) -> dict:
    """What a proposal already says."""
    if proposal is None:
        return {}
    return {
        "cooperative": proposal.product.cooperative_id,
        "partner": proposal.partner.partner_id,
        "goods": proposal.product.name,
        "commission_percent": proposal.partner.commission_percent,
    }


@login_required
@require_safe
def agreement(request, pk):
    """One agreement: terms, how it stands, what happened."""
    shown = get_object_or_404(
        Agreement.objects.visible_to(request.user).select_related(
            "cooperative", "partner", "submitted_by", "checked_by", "proposal__run__fair"
        ),
        pk=pk,
    )
    works_for_it = Agreement.objects.for_staff(request.user).filter(pk=pk).exists()
    stands = fulfilment([shown])[shown.pk]
    context = {
        "agreement": shown,
        "for_staff": works_for_it,
        "stands": stands,
        "net": to_yuan(stands.net_fen),
        "is_late": stands.is_first_order_late(timezone.localdate()),
        "steps": timeline(shown),
        "goods": shown.counted.select_related("account"),
        "moves": [(name, MOVE_NAMES[name]) for name in MOVES.moves if MOVES.allows(name, shown.state)],
        "today": timezone.localdate(),
        "form": GoodForm(user=request.user),
        **(following(shown) if works_for_it else {}),
    }
    return render(request, "incubator/agreements/agreement.html", context)


def timeline(shown: Agreement) -> list[dict]:
    """What happened, newest first."""
    names = MOVE_NAMES | {
        "draw_up": _("Letter of intent drawn up"),
        "open_goods": _("Goods opened to the shop"),
        "close_goods": _("Goods closed to the shop"),
    }
    found: list[dict] = []
    for step in reversed(shown.moves.select_related("by")):
        text = " · ".join(filter(None, (str(names[step.move]), str(step.by or ""), step.note)))
        found.append({"text": text, "at": step.at, "state": "done" if found else "here"})
    return found


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request, pk):
    """Change a letter of intent."""
    shown = get_object_or_404(Agreement.objects.for_staff(request.user), pk=pk)
    form = AgreementForm(request.POST or None, request.FILES or None, user=request.user, instance=shown)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_terms(agreement=shown, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, refusal.for_people)
        return redirect(shown)
    return render(request, "incubator/agreements/terms.html", {"form": form, "agreement": shown})


@staff_only
@require_POST
def move(request, pk):
    """One step on."""
    shown = get_object_or_404(Agreement.objects.for_staff(request.user), pk=pk)
    try:
        actions.move(
            agreement=shown,
            move=request.POST.get("move", ""),
            words=request.POST.get("note", "").strip(),
            on=day(request.POST.get("on", "")),
            by=request.user,
            at=timezone.now(),
            read=request.POST.get("read", ""),
        )
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(shown)


def day(said: str):
    """A day as browsers send it; None for anything else."""
    try:
        return parse_date(said)
    except ValueError:
        return None


@login_required
@require_safe
def paper(request, pk):
    """The signed paper, for staff of the place and for both sides."""
    shown = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    if not shown.file:
        raise Http404
    name = f"agreement-{shown.pk}{PurePath(shown.file.name).suffix}"
    return FileResponse(shown.file.open("rb"), as_attachment=True, filename=name)


@staff_only
@require_POST
def count_good(request, pk):
    """Let sales of a code count for the agreement."""
    shown = get_object_or_404(Agreement.objects.for_staff(request.user), pk=pk)
    form = GoodForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, _("Choose an account and say the goods' code."))
        return redirect(shown)
    try:
        actions.count_good(agreement=shown, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(shown)


@staff_only
@require_POST
def leave_out_good(request, pk):
    """Let them count no more."""
    mine = AgreementGood.objects.filter(agreement__in=Agreement.objects.for_staff(request.user))
    good = get_object_or_404(mine.select_related("agreement"), pk=pk)
    actions.leave_out_good(good=good, by=request.user)
    return redirect(good.agreement)
