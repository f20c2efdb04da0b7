"""Federations, associations and strategic partners."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from incubator.members.models import Body, StrategicPartner
from incubator.shell import staff_only


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
    return render(request, "incubator/members/body.html", {"body": shown, "day": day, "roster": roster})


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
    shown = get_object_or_404(StrategicPartner.objects.prefetch_related("programmes"), pk=pk)
    return render(request, "incubator/members/strategic_partner.html", {"partner": shown})
