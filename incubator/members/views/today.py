"""Where one comes in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incubator import shell
from incubator.board import Board
from incubator.members.models import Cooperative, EcommercePartner


@login_required
@require_safe
def today(request):
    """Staff find what waits for them; a member is led to her own page; everybody else finds nothing here."""
    if shell.is_staff(request.user):
        counts = {
            "cooperatives": Cooperative.objects.for_staff(request.user).active().count(),
            "partners": EcommercePartner.objects.for_staff(request.user).active().count(),
        }
        board = Board(request.user, timezone.localdate())
        return render(request, "incubator/members/today.html", {"counts": counts, "board": board})
    own = own_member(request.user)
    if own is None:
        raise Http404
    return redirect(own)


def own_member(user):
    """The cooperative or e-commerce partner this person belongs to; None for others."""
    return Cooperative.objects.run_by(user).first() or EcommercePartner.objects.run_by(user).first()
