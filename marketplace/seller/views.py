"""The front door of the seller centre."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from . import access
from . import home as front
from .capabilities import Can


@require_safe
@access.seller_page()
def home(request):
    """What to do first, and how the last seven days went."""
    overview = front.overview(request.member, timezone.localdate())
    may = {f"can_{can}": request.member.may(can) for can in (Can.LIST, Can.SHOP, Can.TEAM)}
    shown = {"overview": overview} | may
    return render(request, "marketplace/seller/home.html", shown)


@require_POST
@login_required
def act_for(request):
    """Act for another of the sellers whose team one is in."""
    wanted = request.POST.get("seller", "")
    if not (wanted.isdecimal() and access.choose(request, int(wanted))):
        raise Http404
    return redirect("seller:home")
