"""Federations, associations and strategic partners."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from incubator.members.forms import JoinForm, ProgrammeForm, TakePartForm
from incubator.members.models import Body, StrategicPartner
from incubator.members.models.bodies import MEMBERSHIP_MOVES, MOVE_NAMES
from incubator.members.templatetags.incubator_shell import county as place
from incubator.shell import staff_only
from marketplace.core.tables import handed_out, write_xlsx

from .changing import members_of


@staff_only
@require_safe
def bodies(request):
    """The federations and associations of one's places, with how many belong to them today."""
    admitted = Count("memberships", filter=Q(memberships__state="admitted"))
    shown = Body.objects.visible_to(request.user).annotate(members=admitted)
    return render(request, "incubator/members/bodies.html", {"bodies": shown})


@staff_only
@require_safe
def body(request, pk):
    """Who belonged to it on a day: today, or any day asked for."""
    shown = get_object_or_404(Body.objects.visible_to(request.user), pk=pk)
    day = asked_day(request) or timezone.localdate()
    roster = shown.memberships.roster(day).select_related("cooperative", "partner")
    today = shown.memberships.exclude(state="left").select_related("cooperative", "partner")
    context = {
        "body": shown,
        "day": day,
        "roster": roster,
        "present": [(each, moves_of(each)) for each in today],
        "form": JoinForm(user=request.user, body=shown, initial={"on": timezone.localdate()}),
        "today": timezone.localdate(),
    }
    return render(request, "incubator/members/body.html", context)


def moves_of(membership) -> list[tuple]:
    """What can be done with a membership today."""
    return [(name, MOVE_NAMES[name]) for name in MOVE_NAMES if MEMBERSHIP_MOVES.allows(name, membership.state)]


@staff_only
@require_safe
def body_export(request, pk):
    """The roster of a day as a workbook."""
    shown = get_object_or_404(Body.objects.visible_to(request.user), pk=pk)
    day = asked_day(request) or timezone.localdate()
    roster = shown.memberships.roster(day).select_related("cooperative", "partner")
    headers = [_("Member"), _("Code"), _("Place"), _("Role"), _("Date")]
    rows = [[each.member.display_name, each.member.code, place(each.member.area), each.role, day] for each in roster]
    return handed_out(f"roster-{day}.xlsx", write_xlsx(headers, rows))


def asked_day(request):
    """The day in the address, if it is one."""
    try:
        return parse_date(request.GET.get("on", ""))
    except ValueError:
        return None


@staff_only
@require_safe
def strategic_partners(request):
    """All strategic partners; they work with every place."""
    shown = StrategicPartner.objects.annotate(offers=Count("programmes"))
    return render(request, "incubator/members/strategic_partners.html", {"partners": shown})


@staff_only
@require_safe
def strategic_partner(request, pk):
    """One strategic partner with its programmes."""
    shown = get_object_or_404(StrategicPartner, pk=pk)
    programmes = [(each, members_of(each, request.user)) for each in shown.programmes.all()]
    context = {
        "partner": shown,
        "programmes": programmes,
        "form": ProgrammeForm(),
        "part_form": TakePartForm(user=request.user),
    }
    return render(request, "incubator/members/strategic_partner.html", context)
