"""Parks as a list with how far they cover the counties, and one park."""

from django.contrib import messages
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator import shell
from incubator.matching.words import place
from incubator.parks import actions
from incubator.parks.coverage import coverage, places_to_show
from incubator.parks.forms import CommitteeForm, DesksForm, ParkForm
from incubator.parks.models import CommitteeMember, Desk, DeskBooking, Park, ServiceLine
from incubator.parks.states import HOUSED
from incubator.shell import staff_only
from marketplace.core.forms import first_error
from marketplace.core.tables import handed_out, write_xlsx

METHODS = ["GET", "HEAD", "POST"]


def parks_of(user, day):
    """Parks this person works for, with desks, desks in use and teams as columns."""
    desks = Desk.objects.filter(park=OuterRef("pk")).order_by().values("park").annotate(n=Count("pk")).values("n")
    used = (
        DeskBooking.objects.on(day)
        .filter(desk__park=OuterRef("pk"))
        .order_by()
        .values("desk__park")
        .annotate(n=Count("desk", distinct=True))
        .values("n")
    )
    return Park.objects.visible_to(user).annotate(
        desk_count=Coalesce(Subquery(desks), 0),
        used_count=Coalesce(Subquery(used), 0),
        teams=Count("tenancies", filter=Q(tenancies__state__in=HOUSED)),
        graduates=Count("tenancies", filter=Q(tenancies__state="graduated")),
    )


@staff_only
@require_safe
def parks(request):
    """Where there are parks, and where there are none."""
    today = timezone.localdate()
    covered = [coverage(code, today) for code in places_to_show(shell.places(request.user))]
    context = {"parks": parks_of(request.user, today), "covered": covered}
    return render(request, "incubator/parks/parks.html", context)


@staff_only
@require_safe
def parks_export(request):
    """The counties of one's places with their parks, one row each; a county without a park has a row too."""
    headers = [
        _("Place"),
        _("Incubator park"),
        _("Run by"),
        _("Desks"),
        _("Desks in use"),
        _("Teams"),
        _("Graduated"),
    ]
    today = timezone.localdate()
    rows = [
        [
            place(each.area),
            each.display_name,
            each.operators,
            each.desk_count,
            each.used_count,
            each.teams,
            each.graduates,
        ]
        for each in parks_of(request.user, today)
    ]
    for code in places_to_show(shell.places(request.user)):
        empty = [county for county in coverage(code, today).counties if not county.parks]
        rows += [[place(county.area.code), _("No park"), "", "", "", "", ""] for county in empty]
    return handed_out("parks.xlsx", write_xlsx(headers, rows))


@staff_only
@require_http_methods(METHODS)
def new(request):
    """Record a park."""
    form = ParkForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.open_park(by=request.user, **form.cleaned_data))
    return render(request, "incubator/parks/form.html", {"form": form, "heading": _("Record a park")})


@staff_only
@require_http_methods(METHODS)
def change(request, pk):
    """Say anew what is known of a park."""
    shown = get_object_or_404(Park.objects.visible_to(request.user), pk=pk)
    form = ParkForm(request.POST or None, instance=shown, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.change_park(park=shown, by=request.user, **form.cleaned_data))
    return render(request, "incubator/parks/form.html", {"form": form, "heading": _("Change the park"), "back": shown})


@staff_only
@require_safe
def park(request, pk):
    """One park: whose desks, which teams, whose advice."""
    today = timezone.localdate()
    shown = get_object_or_404(parks_of(request.user, today), pk=pk)
    taken = DeskBooking.objects.on(today).filter(desk=OuterRef("pk"))
    desks = shown.desks.annotate(
        team=Subquery(taken.values("tenancy__team")[:1]), team_pk=Subquery(taken.values("tenancy")[:1])
    )
    context = {
        "park": shown,
        "desks": desks,
        "tenancies": shown.tenancies.order_by(F("left_on").asc(nulls_first=True), "-applied_on", "-pk"),
        "committee": [(each, [ServiceLine(line).label for line in each.lines]) for each in shown.committee.all()],
        "desks_form": DesksForm(),
        "committee_form": CommitteeForm(initial={"since": today}),
    }
    return render(request, "incubator/parks/park.html", context)


@staff_only
@require_POST
def add_desks(request, pk):
    """New desks."""
    shown = get_object_or_404(Park.objects.visible_to(request.user), pk=pk)
    form = DesksForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(shown)
    made = actions.add_desks(park=shown, labels=form.cleaned_data["labels"], by=request.user)
    messages.success(request, ngettext("%(n)s new desk.", "%(n)s new desks.", made) % {"n": made})
    return redirect(shown)


@staff_only
@require_POST
def desk_use(request, pk):
    """A desk breaks, or is mended."""
    desk = get_object_or_404(Desk.objects.filter(park__in=Park.objects.visible_to(request.user)), pk=pk)
    actions.set_desk_use(desk=desk, is_out_of_use=request.POST.get("use") == "out", by=request.user)
    return redirect(desk.park)


@staff_only
@require_POST
def appoint(request, pk):
    """Somebody joins the committee."""
    shown = get_object_or_404(Park.objects.visible_to(request.user), pk=pk)
    form = CommitteeForm(request.POST)
    if form.is_valid():
        actions.appoint(park=shown, by=request.user, **form.cleaned_data)
    else:
        messages.error(request, first_error(form))
    return redirect(shown)


@staff_only
@require_POST
def leave(request, pk):
    """Somebody leaves it today."""
    mine = CommitteeMember.objects.filter(park__in=Park.objects.visible_to(request.user))
    member = get_object_or_404(mine, pk=pk)
    actions.leave_committee(member=member, on=timezone.localdate(), by=request.user)
    return redirect(member.park)
