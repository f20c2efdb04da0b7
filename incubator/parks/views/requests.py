"""What teams ask for: as a list to work off, and what is done with one."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from incubator.lists import SiftedList
from incubator.matching.models import Fair
from incubator.matching.words import place
from incubator.parks import actions
from incubator.parks.actions.requests import open_fairs
from incubator.parks.forms import OwnerForm, ReferralForm, RequestForm, RequestSift
from incubator.parks.models import Referral, ServiceRequest
from incubator.shell import staff_only
from marketplace.core.forms import first_error
from marketplace.core.refusal import Refusal
from marketplace.core.tables import handed_out, write_xlsx

from .tenancies import team_of


def narrowed(rows, wanted, user):
    """The requests that fit."""
    if words := wanted["q"].replace("\x00", "").strip():
        rows = rows.filter(Q(tenancy__team__icontains=words) | Q(words__icontains=words))
    if wanted["kind"]:
        rows = rows.filter(kind=wanted["kind"])
    if wanted["state"] == "unfinished":
        rows = rows.unfinished()
    elif wanted["state"]:
        rows = rows.filter(state=wanted["state"])
    return rows.filter(owner=user) if wanted["mine"] else rows


class RequestList(SiftedList):
    """Requests of the teams of one's places, the latest first."""

    sift_class = RequestSift
    template_name = "incubator/parks/requests.html"
    context_object_name = "requests"

    def rows(self):
        return ServiceRequest.objects.visible_to(self.request.user).select_related("tenancy__park", "owner")

    def sifted(self, rows, wanted):
        return narrowed(rows, wanted, self.request.user)


@staff_only
@require_safe
def requests_export(request):
    """The same list as a workbook."""
    rows = ServiceRequest.objects.visible_to(request.user).select_related("tenancy__park", "owner")
    sift = RequestSift(request.GET or None, user=request.user)
    rows = narrowed(rows, sift.cleaned_data, request.user) if sift.is_valid() else rows
    headers = [
        _("Asked on"),
        _("Place"),
        _("Incubator park"),
        _("Team"),
        _("Kind"),
        _("What is needed"),
        pgettext("request", "Owner"),
        _("Status"),
    ]
    table = (
        [
            timezone.localdate(each.asked_at), place(each.tenancy.park.area), each.tenancy.park.display_name,
            each.tenancy.team, each.get_kind_display(), each.words, str(each.owner or ""), each.get_state_display(),
        ]
        for each in rows
    )  # fmt: skip
    return handed_out("requests.xlsx", write_xlsx(headers, table))


@staff_only
@require_POST
def ask(request, pk):
    """A team asks for something."""
    team = team_of(request, pk)
    form = RequestForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(team)
    try:
        made = actions.ask_for(
            tenancy=team, by=request.user, at=timezone.now(), on=timezone.localdate(), **form.cleaned_data
        )
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
        return redirect(team)
    return redirect(made)


def request_of(request, pk) -> ServiceRequest:
    """A request of one of this person's places."""
    mine = ServiceRequest.objects.visible_to(request.user).select_related("tenancy__park", "tenancy__partner")
    return get_object_or_404(mine, pk=pk)


@staff_only
@require_POST
def move_request(request, pk):
    """One step on."""
    chosen = request_of(request, pk)
    form = OwnerForm(request.POST, area=chosen.tenancy.park.area)
    try:
        if not form.is_valid():
            raise Refusal(first_error(form))
        actions.move_request(
            request=chosen,
            move=request.POST.get("move", ""),
            owner=form.cleaned_data["owner"],
            words=request.POST.get("note", "").replace("\x00", ""),
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(chosen)


@staff_only
@require_POST
def register(request, pk):
    """Goods to sell: the team takes part in a fair."""
    chosen = request_of(request, pk)
    said = request.POST.get("fair", "")
    open_to_it = open_fairs(chosen.tenancy.park.area, timezone.localdate())
    fair = get_object_or_404(
        Fair.objects.filter(pk__in=[each.pk for each in open_to_it]), pk=int(said) if said.isdecimal() else 0
    )
    try:
        actions.register_for_fair(request=chosen, fair=fair, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(chosen)


@staff_only
@require_POST
def move_referral(request, pk):
    """Capital: sent to a lender, granted or declined."""
    mine = Referral.objects.filter(request__in=ServiceRequest.objects.visible_to(request.user))
    chosen = get_object_or_404(mine.select_related("request__tenancy"), pk=pk)
    form = ReferralForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(first_error(form))
        actions.move_referral(
            referral=chosen,
            move=request.POST.get("move", ""),
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(chosen.request)
