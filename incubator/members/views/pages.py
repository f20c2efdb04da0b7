"""One member's page."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incubator import shell
from incubator.agreements.models import Agreement
from incubator.households.counting import told_to
from incubator.members.models import Cooperative, EcommercePartner
from marketplace.accounts import roles
from marketplace.accounts.models import Role


@login_required
@require_safe
def cooperative(request, pk):
    """A cooperative, for staff of its place and for its own people; only staff see why it needs help."""
    shown = get_object_or_404(
        Cooperative.objects.visible_to(request.user)
        .select_related("seller", "producer")
        .prefetch_related("supplies", "certificates", "memberships__body"),
        pk=pk,
    )
    offered = shown.fair_products.order_by("name").values_list("name", flat=True).distinct()
    context = {"member": shown, "for_staff": works_for(request, shown), "offered": list(offered)}
    context["agreements"] = (
        Agreement.objects.visible_to(request.user).filter(cooperative=shown).select_related("partner")
    )
    if context["for_staff"]:
        context["recorded"] = told_to(request.user, shown, timezone.localdate())
    return render(request, "incubator/members/cooperative.html", context)


@login_required
@require_safe
def partner(request, pk):
    """An e-commerce partner, for staff of its place and for its own people."""
    shown = get_object_or_404(
        EcommercePartner.objects.visible_to(request.user)
        .select_related("seller")
        .prefetch_related("memberships__body"),
        pk=pk,
    )
    return render(request, "incubator/members/partner.html", {"member": shown, "for_staff": works_for(request, shown)})


def works_for(request, member) -> bool:
    """True if the reader is staff of this member's place."""
    return shell.is_staff(request.user) and roles.holds(request.user, Role.INCUBATOR, member.area)
