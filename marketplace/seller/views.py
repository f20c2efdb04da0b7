"""The front door of the seller centre."""

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from . import access
from . import home as front
from .capabilities import Can

WORKER = Path(__file__).with_name("worker.js")


@require_safe
@access.seller_page()
def home(request):
    """What to do first, and how the last seven days went."""
    overview = front.overview(request.member, timezone.localdate())
    may = {f"can_{can}": request.member.may(can) for can in (Can.LIST, Can.SHOP, Can.TEAM)}
    shown = {"overview": overview} | may
    return render(request, "marketplace/seller/home.html", shown)


@require_safe
@cache_control(no_cache=True)
def worker(request):
    """The script that keeps the listing in hand. It stands below /seller/, so it has power over nothing else."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@require_POST
@login_required
def act_for(request):
    """Act for another of the sellers whose team one is in."""
    wanted = request.POST.get("seller", "")
    if not (wanted.isdecimal() and access.choose(request, int(wanted))):
        raise Http404
    return redirect("seller:home")
