"""One team: how far it has come, its desks, its five lines, what it asked for."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator.parks import actions
from incubator.parks.actions.requests import open_fairs
from incubator.parks.forms import BookingForm, LineForm, OwnerForm, ReferralForm, RequestForm, TenancyForm
from incubator.parks.models import DeskBooking, FounderLine, Park, Tenancy
from incubator.parks.service import standing
from incubator.parks.states import LINE_MOVES, REQUEST_MOVE_NAMES, REQUEST_MOVES, TENANCY_MOVE_NAMES, TENANCY_MOVES
from incubator.parks.timeline import steps_of
from incubator.shell import staff_only
from marketplace.core.forms import first_error
from marketplace.core.refusal import Refusal

METHODS = ["GET", "HEAD", "POST"]


def team_of(request, pk) -> Tenancy:
    """A team in a park of one of this person's places."""
    return get_object_or_404(Tenancy.objects.visible_to(request.user).select_related("park", "partner"), pk=pk)


@staff_only
@require_http_methods(METHODS)
def apply(request, pk):
    """A team applies."""
    at = get_object_or_404(Park.objects.visible_to(request.user), pk=pk)
    form = TenancyForm(request.POST or None, user=request.user, initial={"applied_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.apply(park=at, by=request.user, at=timezone.now(), **form.cleaned_data))
        except Refusal as refusal:
            form.add_error("team", refusal.for_people)
    return render(request, "incubator/parks/form.html", {"form": form, "heading": _("Apply to join"), "back": at})


@staff_only
@require_http_methods(METHODS)
def change_team(request, pk):
    """Say anew who the team is."""
    shown = team_of(request, pk)
    form = TenancyForm(request.POST or None, instance=shown, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.change_team(tenancy=shown, by=request.user, at=timezone.now(), **form.cleaned_data))
        except Refusal as refusal:
            form.add_error("team", refusal.for_people)
    return render(request, "incubator/parks/form.html", {"form": form, "heading": _("Change the team"), "back": shown})


@staff_only
@require_safe
def tenancy(request, pk):
    """One team."""
    shown, today = team_of(request, pk), timezone.localdate()
    lines = list(shown.lines.select_related("owner", "mentor"))
    requests = shown.requests.select_related("owner", "referral__lender", "fair_entry__fair")
    context = {
        "tenancy": shown,
        "moves": [(name, TENANCY_MOVE_NAMES[name]) for name in TENANCY_MOVES.moves if TENANCY_MOVES.allows(name, shown.state)],
        "bookings": shown.bookings.select_related("desk"),
        "lines": [(line, [name for name in LINE_MOVES.moves if LINE_MOVES.allows(name, line.state)]) for line in lines],
        "standing": standing(line.state for line in lines),
        "requests": [(each, moves_of(each)) for each in requests],
        "fairs": open_fairs(shown.park.area, today),
        "steps": steps_of(shown),
        "today": today,
        "booking_form": BookingForm(park=shown.park, initial={"since": today}),
        "request_form": RequestForm(),
        "owner_form": OwnerForm(area=shown.park.area),
        "line_form": LineForm(park=shown.park),
        "referral_form": ReferralForm(),
    }  # fmt: skip
    return render(request, "incubator/parks/tenancy.html", context)


def moves_of(request) -> list[tuple]:
    """What can be done with a request now."""
    return [
        (name, REQUEST_MOVE_NAMES[name]) for name in REQUEST_MOVES.moves if REQUEST_MOVES.allows(name, request.state)
    ]


def day_of(request, name: str = "on"):
    """The day typed, or today."""
    try:
        return forms.DateField(required=False).clean(request.POST.get(name, "")) or timezone.localdate()
    except forms.ValidationError:
        raise Refusal(_("This is no day of the calendar.")) from None


@staff_only
@require_POST
def move(request, pk):
    """One step on."""
    shown = team_of(request, pk)
    try:
        actions.move(
            tenancy=shown,
            move=request.POST.get("move", ""),
            words=request.POST.get("note", "").replace("\x00", ""),
            on=day_of(request),
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(shown)


@staff_only
@require_POST
def book(request, pk):
    """A desk for the team."""
    shown = team_of(request, pk)
    form = BookingForm(request.POST, park=shown.park)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(shown)
    try:
        actions.book_desk(tenancy=shown, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(shown)


@staff_only
@require_POST
def free(request, pk):
    """The team gives a desk back today."""
    mine = DeskBooking.objects.filter(tenancy__in=Tenancy.objects.visible_to(request.user))
    booking = get_object_or_404(mine.select_related("tenancy", "desk"), pk=pk)
    actions.free_desk(booking=booking, on=timezone.localdate(), by=request.user, at=timezone.now())
    return redirect(booking.tenancy)


@staff_only
@require_POST
def line(request, pk):
    """The founder asks on one of her five lines, or is answered."""
    mine = FounderLine.objects.filter(tenancy__in=Tenancy.objects.visible_to(request.user))
    chosen = get_object_or_404(mine.select_related("tenancy__park"), pk=pk)
    form = LineForm(request.POST, park=chosen.tenancy.park)
    try:
        if not form.is_valid():
            raise Refusal(first_error(form))
        actions.move_line(
            line=chosen,
            move=request.POST.get("move", ""),
            words=request.POST.get("words", "").replace("\x00", ""),
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(f"{chosen.tenancy.get_absolute_url()}#lines")
