"""The public page of figures, and how staff come to publish them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator.matching.words import place
from incubator.sales.states import Evidence, SalesChannel
from incubator.shell import staff_only
from marketplace.core.refusal import Refusal
from marketplace.core.tables import csv_answer

from . import actions
from .computing import facts_behind
from .forms import SnapshotForm
from .models import DeclaredFigure, Snapshot
from .showing import rows, shown

PER_PAGE = 50
MOST_EARLIER = 12


def released(request) -> Snapshot | None:
    """The snapshot asked for, else the latest one; 404 for one that is not released."""
    snapshots = Snapshot.objects.released()
    if asked := request.GET.get("snapshot", ""):
        return get_object_or_404(snapshots, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)
    return snapshots.first()


@require_safe
def impact(request):
    """Figures for everybody: what we computed, with scope, day and method, and apart from it what others declared."""
    snapshot = released(request)
    earlier = Snapshot.objects.released().only("pk", "area", "until")[:MOST_EARLIER]
    context = {
        "page": None if snapshot is None else shown(snapshot),
        "declared": DeclaredFigure.objects.all(),
        "earlier": [(each, place(each.area)) for each in earlier],
    }
    return render(request, "incubator/impact/public.html", context)


@require_safe
def public_csv(request):
    """The published rows, with the same cells hidden."""
    snapshot = released(request)
    if snapshot is None:
        raise Http404
    headers = [_("Part"), _("Name"), _("Orders"), "kg", _("Net sales")]
    return csv_answer(f"impact-{snapshot.pk}.csv", headers, rows(snapshot))


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def snapshots(request):
    """Snapshots of one's places, and the form that takes one."""
    form = SnapshotForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.take_snapshot(by=request.user, at=timezone.now(), **form.cleaned_data))
        except actions.Refusal as refusal:
            form.add_error(None, refusal.for_people)
    mine = Snapshot.objects.visible_to(request.user).defer("figures").select_related("by", "released_by")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "incubator/impact/snapshots.html", {"page": page, "form": form})


def snapshot_of(request, pk) -> Snapshot:
    """A snapshot of one of this person's places."""
    return get_object_or_404(Snapshot.objects.visible_to(request.user).select_related("by", "released_by"), pk=pk)


@staff_only
@require_safe
def snapshot(request, pk):
    """A snapshot as the public would see it, and the button that releases it."""
    return render(request, "incubator/impact/snapshot.html", {"page": shown(snapshot_of(request, pk))})


@staff_only
@require_POST
def release(request, pk):
    """Publish it."""
    chosen = snapshot_of(request, pk)
    try:
        actions.release(snapshot=chosen, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("Released. It can no longer be changed."))
    return redirect(chosen)


@staff_only
@require_safe
def behind(request, pk):
    """The sale facts a published number was added up from, as they stood then."""
    chosen = snapshot_of(request, pk)
    facts = facts_behind(chosen.area, chosen.since, chosen.until, chosen.taken_at).select_related("account")
    if request.GET.get("channel") in SalesChannel.values:
        facts = facts.filter(account__channel=request.GET["channel"])
    if request.GET.get("evidence", "") in map(str, Evidence.values):
        facts = facts.filter(evidence=int(request.GET["evidence"]))
    if county := request.GET.get("county", "")[:6]:
        facts = facts.filter(place=county)
    page = Paginator(facts, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"snapshot": chosen, "page": page, "query": f"{query.urlencode()}&" if query else ""}
    return render(request, "incubator/impact/behind.html", context)
