"""Events in the workspace: what is planned, who comes, who came."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator.learning import attending, registering
from incubator.learning.event_forms import GatheringForm, PutDownForm
from incubator.learning.models import Gathering, Registration
from incubator.learning.teaching import teachers_only
from marketplace.core.forms import first_error
from marketplace.core.qr import qr_svg

from .classes import numbers
from .planning import METHODS, ask

EVENTS_SHOWN = 100
PER_PAGE = 200
"""Names on one page of the list: each sends up to two fields, and a form of more than a thousand is refused."""


def gathering_of(request, pk: int) -> Gathering:
    return get_object_or_404(Gathering.objects.visible_to(request.user), pk=pk)


@teachers_only
@require_safe
def events(request):
    """The events of one's places, the latest first."""
    mine = Gathering.objects.visible_to(request.user).with_enrolled()
    return render(request, "incubator/learning/events.html", {"events": mine[:EVENTS_SHOWN]})


@teachers_only
@require_http_methods(METHODS)
def new_event(request):
    """Plan an event."""
    return planned(request, Gathering(), _("New event"))


@teachers_only
@require_http_methods(METHODS)
def change_event(request, pk):
    """Another time, another place, more seats."""
    return planned(request, gathering_of(request, pk), _("Change the event"))


def planned(request, gathering: Gathering, heading: str):
    form = GatheringForm(request.POST or None, instance=gathering, user=request.user)
    if request.method == "POST" and form.is_valid():
        saved = registering.plan(gathering=form.save(commit=False), by=request.user)
        return redirect("incubator:learning:event", saved.pk)
    return ask(request, form, heading)


@teachers_only
@require_http_methods(METHODS)
def event(request, pk):
    """The list of those who come; ticked is present, and pressing the button again says the same."""
    shown = gathering_of(request, pk)
    if request.method == "POST":
        sent = {name: numbers(request.POST.getlist(name)) for name in ("came", "shown")}
        there = registering.mark_who_came(gathering=shown, by=request.user, at=timezone.now(), **sent)
        messages.success(request, _("Attendance noted: %(n)s present.") % {"n": there})
        return redirect(request.get_full_path())
    return render(request, "incubator/learning/event.html", listed(request, shown) | {"form": PutDownForm()})


def listed(request, gathering: Gathering) -> dict:
    """A page of those who have a seat, and the first who wait, as this reader may read them."""
    seats = gathering.enrolments.select_related("learner")
    page = Paginator(seats.seated(), PER_PAGE).get_page(request.GET.get("page"))
    waiting = seats.filter(state="waiting")
    read = registering.lines([*page, *waiting[:PER_PAGE]], reader=request.user)
    return {
        "event": gathering,
        "page": page,
        "seated": read[: len(page)],
        "waiting": read[len(page) :],
        "waiting_in_all": waiting.count(),
    }


@teachers_only
@require_POST
def put_down(request, pk):
    """Put somebody on the list who asked for it."""
    gathering = gathering_of(request, pk)
    form = PutDownForm(request.POST)
    if form.is_valid():
        registering.put_down(gathering=gathering, by=request.user, at=timezone.now(), **form.cleaned_data)
    else:
        messages.error(request, first_error(form))
    return redirect("incubator:learning:event", gathering.pk)


@teachers_only
@require_POST
def let_in(request, pk):
    """Somebody from the waiting list stands at the entrance."""
    coming = Registration.objects.filter(gathering__in=Gathering.objects.visible_to(request.user))
    registration = get_object_or_404(coming.exclude(state="left").select_related("gathering", "learner"), pk=pk)
    try:
        registering.let_in(registration=registration, by=request.user, at=timezone.now())
        (read,) = registering.lines([registration], reader=request.user)
        messages.success(request, _("%(name)s has a seat now and is noted as present.") % {"name": read.name})
    except attending.NotHere as refusal:
        messages.error(request, refusal.for_people)
    return redirect("incubator:learning:event", registration.gathering_id)


@teachers_only
@require_safe
@never_cache
def event_code(request, pk):
    """The code of this minute, as for classes."""
    shown = gathering_of(request, pk)
    link = request.build_absolute_uri(reverse("events:here", args=[attending.token_for(shown)]))
    present = shown.enrolments.exclude(came_at=None).count()
    told = {"event": shown, "present": present, "qr": qr_svg(link, label=_("Code for attendance"))}
    return render(request, "incubator/learning/event_code.html", told)
