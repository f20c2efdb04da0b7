"""Where staff change bodies, memberships and programmes."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from incubator.members import actions
from incubator.members.forms import (
    BodyForm,
    CooperativeShopForm,
    JoinForm,
    MoveForm,
    ProgrammeForm,
    ShopForm,
    StrategicPartnerForm,
    TakePartForm,
)
from incubator.members.models import Body, Cooperative, EcommercePartner, Membership, Programme, StrategicPartner
from incubator.shell import staff_only
from marketplace.core.forms import first_error
from marketplace.core.refusal import Refusal

METHODS = ["GET", "HEAD", "POST"]


@staff_only
@require_http_methods(METHODS)
def new_body(request):
    """Found a federation or an association."""
    form = BodyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.found_body(by=request.user, **form.cleaned_data))
    context = {"form": form, "heading": _("New federation or association"), "back": reverse("incubator:members:bodies")}
    return render(request, "incubator/members/form.html", context)


@staff_only
@require_http_methods(METHODS)
def new_strategic_partner(request):
    """A strategic partner we begin to work with."""
    form = StrategicPartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.enlist(by=request.user, **form.cleaned_data))
    context = {
        "form": form,
        "heading": _("New strategic partner"),
        "back": reverse("incubator:members:strategic-partners"),
    }
    return render(request, "incubator/members/form.html", context)


@staff_only
@require_http_methods(METHODS)
def cooperative_shop(request, pk):
    """Where a cooperative sells on our storefront, and as whom buyers know it."""
    member = get_object_or_404(Cooperative.objects.for_staff(request.user), pk=pk)
    return shop_of(request, member, CooperativeShopForm)


@staff_only
@require_http_methods(METHODS)
def partner_shop(request, pk):
    """Where an e-commerce partner sells on our storefront."""
    return shop_of(request, get_object_or_404(EcommercePartner.objects.for_staff(request.user), pk=pk), ShopForm)


def shop_of(request, member: Cooperative | EcommercePartner, kind: type[ShopForm]):
    form = kind(request.POST or None, member=member, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.link_shop(member=member, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("producer", refusal.for_people)
        else:
            return redirect(member)
    heading = _("%(member)s on our storefront") % {"member": member.display_name}
    context = {"form": form, "heading": heading, "back": member.get_absolute_url()}
    return render(request, "incubator/members/form.html", context)


@staff_only
@require_POST
def join(request, pk):
    """A member applies."""
    body = get_object_or_404(Body.objects.visible_to(request.user), pk=pk)
    form = JoinForm(request.POST, user=request.user, body=body)
    try:
        if not form.is_valid():
            raise Refusal(first_error(form))
        actions.join(body=body, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(body)


@staff_only
@require_POST
def move_membership(request, pk):
    """One step of a membership."""
    mine = Membership.objects.filter(body__in=Body.objects.visible_to(request.user)).select_related("body")
    membership = get_object_or_404(mine, pk=pk)
    form = MoveForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(first_error(form))
        on = form.cleaned_data["on"] or timezone.localdate()
        actions.move(membership=membership, move=request.POST.get("move", ""), on=on, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect(membership.body)


@staff_only
@require_POST
def offer(request, pk):
    """A programme of a strategic partner."""
    partner = get_object_or_404(StrategicPartner, pk=pk)
    form = ProgrammeForm(request.POST)
    if form.is_valid():
        actions.offer(partner=partner, by=request.user, **form.cleaned_data)
    else:
        messages.error(request, first_error(form))
    return redirect(partner)


@staff_only
@require_POST
def take_part(request, pk):
    """A member of one's places takes part in a programme, or no more."""
    programme = get_object_or_404(Programme.objects.select_related("partner"), pk=pk)
    form = TakePartForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(programme.partner)
    verb = actions.leave_programme if request.POST.get("leave") else actions.take_part
    for member in (form.cleaned_data["cooperative"], form.cleaned_data["ecommerce_partner"]):
        if member is not None:
            verb(programme=programme, member=member, by=request.user)
    return redirect(programme.partner)


def members_of(programme: Programme, user) -> list[Cooperative | EcommercePartner]:
    """Who of this person's places takes part."""
    cooperatives = programme.cooperatives.filter(pk__in=Cooperative.objects.for_staff(user))
    partners = programme.ecommerce_partners.filter(pk__in=EcommercePartner.objects.for_staff(user))
    return [*cooperatives, *partners]
