"""The event as anybody reads about it, and one's place there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from incubator.learning import attending, registering, seating
from incubator.learning.event_forms import RegisterForm
from incubator.learning.models import Gathering, Registration

from .attending import say_here

METHODS = ["GET", "HEAD", "POST"]
State = Registration.State


@never_cache
@require_http_methods(METHODS)
def event(request, code):
    """When and where; a form for those who want to come, a button for those who cannot after all."""
    gathering = get_object_or_404(Gathering.objects.with_enrolled(), code=code)
    mine = gathering.enrolments.of(request.user).exclude(state=State.LEFT).first()
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(gathering.get_absolute_url())
    if request.method == "POST" and request.POST.get("do") == "leave":
        return give_back(request, gathering, mine)
    form = RegisterForm(request.POST or None, initial={"name": known_name(request.user)})
    if request.method == "POST" and form.is_valid():
        return take(request, gathering, form.cleaned_data["name"])
    shown = {"event": gathering, "mine": mine, "form": form, "left": seats_left(gathering)}
    return render(request, "incubator/learning/about_event.html", shown, status=422 if form.errors else 200)


def known_name(user) -> str:
    learner = getattr(user, "learner", None) if user.is_authenticated else None
    return learner.name if learner and "*" not in learner.name else ""


def seats_left(gathering) -> int | None:
    """None where there is room for all."""
    return None if gathering.seats is None else max(gathering.seats - gathering.enrolled, 0)


def take(request, gathering: Gathering, name: str):
    try:
        registration = registering.register(gathering=gathering, name=name, by=request.user, at=timezone.now())
    except registering.Closed as refusal:
        messages.error(request, refusal.for_people)
        return redirect(gathering)
    if registration.state == State.WAITING:
        messages.info(request, _("The event is full. You are on the waiting list and hear when a seat is free."))
    else:
        messages.success(request, _("You are on the list. See you there."))
    return redirect(gathering)


def give_back(request, gathering: Gathering, mine: Registration | None):
    if mine and not gathering.is_over:
        seating.leave_seat(seat=mine, by=request.user)
        messages.success(request, _("You are off the list."))
    return redirect(gathering)


@login_required
@never_cache
@require_http_methods(METHODS)
def here(request, token):
    """She is at this event."""
    return say_here(
        request,
        "incubator/learning/here.html",
        find=lambda: attending.gathering_of(token),
        note=lambda gathering: registering.come(gathering=gathering, by=request.user, at=timezone.now()),
    )
