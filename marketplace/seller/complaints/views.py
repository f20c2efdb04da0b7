"""Complaints staff spoke of with this seller: what they asked, what she says, how it ended."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.complaints import actions
from marketplace.complaints.forms import WordsForm
from marketplace.complaints.models import Complaint

from ..access import seller_page
from ..capabilities import Can
from ..home import Todo
from ..models import Membership

PER_PAGE = 20


@require_safe
@seller_page(Can.SHOP)
def complaint_list(request):
    """The latest first."""
    told = Complaint.objects.told_to(request.seller).order_by("-told_seller_at", "-id")
    page = Paginator(told, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "marketplace/seller/complaints/list.html", {"page": page})


@require_POST
@seller_page(Can.SHOP)
def speak(request, number):
    """Say how she sees it."""
    found = get_object_or_404(Complaint.objects.told_to(request.seller), number=number)
    form = WordsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please write something, within 1,000 characters."))
        return redirect("seller:complaints")
    try:
        actions.speak(complaint=found, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
        messages.success(request, _("The platform has your answer."))
    except actions.ComplaintRefused as refusal:
        messages.info(request, refusal.for_people)
    return redirect("seller:complaints")


def to_answer(member: Membership) -> list[Todo]:
    """Staff who wait for a word of the owner."""
    if not member.may(Can.SHOP):
        return []
    waiting = Complaint.objects.told_to(member.seller).open().filter(seller_said="").count()
    return [Todo(title=_("Complaints to answer"), number=waiting, href=reverse("seller:complaints"))] if waiting else []
