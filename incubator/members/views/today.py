"""Where one comes in."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Value
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incubator import shell
from incubator.board import Board
from incubator.members.models import Cooperative, EcommercePartner
from incubator.members.own import own_member


@login_required
@require_safe
def today(request):
    """Staff find what waits for them; a member is led to her own page; everybody else finds nothing here."""
    if shell.is_staff(request.user):
        board = Board(request.user, timezone.localdate())
        return render(request, "incubator/members/today.html", {"counts": members_of(request.user), "board": board})
    own = own_member(request.user)
    if own is None:
        raise Http404
    return redirect(own)


def members_of(user) -> dict[str, int]:
    """How many cooperatives and e-commerce partners take part; one query."""
    sides = {"cooperatives": Cooperative.objects.for_staff(user), "partners": EcommercePartner.objects.for_staff(user)}
    one, other = (
        rows.active().order_by().annotate(side=Value(side)).values("side").annotate(n=Count("pk"))
        for side, rows in sides.items()
    )
    return dict.fromkeys(sides, 0) | dict(one.union(other, all=True).values_list("side", "n"))
