"""Doors of the team: for owners to invite and let go, for the invited to come in, for everybody to leave."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from marketplace.core.qr import qr_svg

from .. import access, team
from ..access import SellerPage, seller_page
from ..capabilities import WHAT_THEY_DO, Can, TeamRole
from ..models import Invitation, Membership
from . import letters
from .forms import InviteForm, RoleForm

ROLES = [(role, role.label, WHAT_THEY_DO[role]) for role in TeamRole]


@method_decorator(never_cache, name="dispatch")
class Team(SellerPage):
    """Who works here, who is invited, and the form that invites."""

    capability = Can.TEAM

    def get(self, request):
        return self.page(request, InviteForm())

    def post(self, request):
        form = InviteForm(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        typed, now = form.cleaned_data, timezone.now()
        to = typed["contact"]
        try:
            invitation, token = team.invite(
                seller=request.seller,
                role=TeamRole(typed["role"]),
                key=typed["key"],
                sent_to=to.masked if to else "",
                by=request.user,
                at=now,
            )
        except team.TeamRefused as refusal:
            form.add_error(None, refusal.for_people)
            return self.page(request, form, status=422)
        return invited(request, invitation, token, to)

    def page(self, request, form, status=200):
        members = Membership.objects.filter(seller=request.seller).select_related("user")
        waiting = Invitation.objects.of_seller(request.seller).open(timezone.now())
        context = {"members": members, "waiting": waiting, "form": form, "roles": ROLES}
        return render(request, "marketplace/seller/people/team.html", context, status=status)


def invited(request, invitation: Invitation, token: str, to=None):
    """The page with the link: the only one that ever shows it."""
    link = request.build_absolute_uri(reverse("seller:join", args=[token]))
    said = {"invitation": invitation, "link": link, "qr": qr_svg(link, label=_("Invitation")), "to": to}
    if to is not None:
        try:
            letters.send(invitation=invitation, link=link, to=to, at=timezone.now())
        except letters.NotSent as refusal:
            said["not_sent"] = refusal.for_people
    return render(request, "marketplace/seller/people/invitation.html", said)


def own(request, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.filter(seller=request.seller), pk=pk)


def own_invitation(request, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.of_seller(request.seller).select_related("seller"), pk=pk)


@require_POST
@never_cache
@seller_page(Can.TEAM)
def new_link(request, pk):
    """The first link was lost, or went to the wrong person."""
    found = own_invitation(request, pk)
    try:
        return invited(request, found, team.new_link(invitation=found, by=request.user, at=timezone.now()))
    except team.TeamRefused as refusal:
        messages.info(request, refusal.for_people)
        return redirect("seller:team")


@require_POST
@seller_page(Can.TEAM)
def withdraw(request, pk):
    """Nobody is to come in by it any more."""
    try:
        team.withdraw(invitation=own_invitation(request, pk), by=request.user, at=timezone.now())
        messages.success(request, _("The invitation is withdrawn; its link leads nowhere."))
    except team.TeamRefused as refusal:
        messages.info(request, refusal.for_people)
    return redirect("seller:team")


@require_POST
@seller_page(Can.TEAM)
def role(request, pk):
    """Somebody does something else from now on."""
    member, form = own(request, pk), RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a role."))
        return redirect("seller:team")
    try:
        team.change_role(member=member, role=TeamRole(form.cleaned_data["role"]), by=request.user, at=timezone.now())
        messages.success(request, _("The role is changed from now on."))
    except team.TeamRefused as refusal:
        messages.error(request, refusal.for_people)
    return redirect("seller:team")


@require_POST
@seller_page(Can.TEAM)
def remove(request, pk):
    """Somebody no longer works here."""
    member = own(request, pk)
    try:
        team.part(member=member, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s can open nothing of this shop any more.") % {"name": member.user})
    except team.TeamRefused as refusal:
        messages.error(request, refusal.for_people)
    return redirect("seller:team")


class Leave(SellerPage):
    """A member goes of her own accord."""

    def get(self, request):
        return render(request, "marketplace/seller/people/leave.html")

    def post(self, request):
        try:
            team.part(member=request.member, by=request.user, at=timezone.now())
        except team.TeamRefused as refusal:
            messages.error(request, refusal.for_people)
            return redirect("seller:leave")
        messages.success(request, _("You no longer work for %(shop)s.") % {"shop": request.seller.display_name})
        return redirect("customer:account")


@method_decorator(never_cache, name="dispatch")
class Join(View):
    """Where the link of an invitation leads; it needs no account to be read, and one to be accepted."""

    def get(self, request, token):
        invitation = team.invitation_of(token, timezone.now())
        if invitation is None:
            return render(request, "marketplace/seller/people/join_old.html", status=410)
        context = {"invitation": invitation, "does": WHAT_THEY_DO[TeamRole(invitation.role)], "here": request.path}
        return render(request, "marketplace/seller/people/join.html", context)

    def post(self, request, token):
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        try:
            member = team.accept(token=token, user=request.user, at=timezone.now())
        except team.TeamRefused as refusal:
            messages.info(request, refusal.for_people)
            return redirect("seller:home") if request.user.memberships.exists() else self.get(request, token)
        access.choose(request, member.seller_id)
        messages.success(request, _("Welcome to the team of %(shop)s.") % {"shop": member.seller.display_name})
        return redirect("seller:home")
