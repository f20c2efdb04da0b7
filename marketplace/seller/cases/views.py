"""Doors to the cases of one seller."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.aftersales import pages, story
from marketplace.aftersales.deeds import SELLER
from marketplace.aftersales.models import Case
from marketplace.aftersales.pages import Look, Ways
from marketplace.aftersales.states import Side

from ..access import seller_page
from ..capabilities import Can

PER_PAGE = 20
TABS = {"": _("Your turn"), "open": _("All open"), "closed": _("Settled and closed")}


def ways_to(case: Case) -> Ways:
    return Ways(
        page=reverse("seller:case", args=[case.number]),
        order=reverse("seller:order", args=[case.order.number]),
        deed=lambda name: reverse("seller:case-deed", args=[case.number, name]),
        photo=lambda pk: reverse("seller:case-photo", args=[case.number, pk]),
    )


def look_of(request, case: Case) -> Look:
    return Look(Side.SELLER, ways_to(case), SELLER, sees_money=request.member.may(Can.MONEY))


@require_safe
@seller_page(Can.TALK)
def case_list(request):
    """Cases by whose turn it is, the most pressing first."""
    state = request.GET.get("state", "")
    if state not in TABS:
        raise Http404
    all_cases = Case.objects.of_seller(request.seller)
    waiting = all_cases.waiting_for(Side.SELLER)
    shown = {
        "": waiting.order_by("due_at", "id"),
        "open": all_cases.open().order_by("due_at", "id"),
        "closed": all_cases.exclude(closed_at=None).order_by("-closed_at", "-id"),
    }[state]
    shown = shown.select_related("order").prefetch_related("lines__line")
    page, now = Paginator(shown, PER_PAGE).get_page(request.GET.get("page")), timezone.now()
    page.object_list = [
        {"case": case, "left": story.left(case.due_at, now), "is_mine": is_turn_of_shop(case)}
        for case in page.object_list
    ]
    context = {
        "page": page,
        "state": state,
        "tabs": [
            {"text": text, "href": f"?state={name}" if name else "?", "current": name == state, "count": None}
            for name, text in TABS.items()
        ],
        "sees_money": request.member.may(Can.MONEY),
    }
    context["tabs"][0]["count"] = waiting.count()
    return render(request, "marketplace/seller/cases/list.html", context)


def is_turn_of_shop(case: Case) -> bool:
    return case.turn is not None and case.turn.side == Side.SELLER


def own(request, number: str) -> Case:
    return get_object_or_404(Case.objects.for_page().of_seller(request.seller), number=number)


def page_of(request, case: Case, bound=None):
    context = pages.context_of(case, look_of(request, case), bound)
    return render(request, "marketplace/seller/cases/case.html", context)


@require_safe
@seller_page(Can.TALK)
def case(request, number):
    """One case, with what the shop can do now."""
    return page_of(request, own(request, number))


@require_POST
@seller_page(Can.TALK)
def deed(request, number, name):
    """Answer it."""
    found = own(request, number)
    answer = pages.do(request, found, name, look_of(request, found), by=request.user)
    return answer if hasattr(answer, "status_code") else page_of(request, found, {name: answer})


@require_safe
@seller_page(Can.TALK)
def photo(request, number, pk):
    """A photo somebody showed in it."""
    return pages.photo_of(own(request, number), pk)
