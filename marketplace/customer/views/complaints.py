"""Complaints to the platform: making one, reading the answer; by account, or by the link of a purchase."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.pages import own
from marketplace.aftersales.story import left
from marketplace.catalogue.models import Product
from marketplace.complaints import actions, pages
from marketplace.complaints.forms import ComplaintForm
from marketplace.complaints.models import Complaint
from marketplace.core.states import IllegalMove
from marketplace.order.models import Order
from marketplace.partner.models import Partner

from ..pages import show
from .orders import linked_order, own_order, person, ways_by_link, ways_of

PER_PAGE = 10


@dataclass(frozen=True)
class Ways:
    """The addresses of one complaint."""

    page: str
    withdraw: str
    photo: Callable[[int], str]


def ways_to(complaint: Complaint) -> Ways:
    """For her own."""
    number = complaint.number
    return Ways(
        reverse("customer:complaint", args=[number]),
        reverse("customer:complaint-withdraw", args=[number]),
        lambda pk: reverse("customer:complaint-photo", args=[number, pk]),
    )


def ways_by_token(complaint: Complaint) -> Ways:
    """For whoever has the link of the purchase."""
    known = [complaint.order.purchase.token, complaint.number]
    return Ways(
        reverse("checkout:complaint", args=known),
        reverse("checkout:complaint-withdraw", args=known),
        lambda pk: reverse("checkout:complaint-photo", args=[*known, pk]),
    )


@require_safe
@own
def complaint_list(request):
    """Her complaints, the newest first."""
    hers = Complaint.objects.visible_to(request.user)
    page = Paginator(hers, PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "complaints", here="complaints", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def about_product(request, pk):
    """About goods that are, or were, on the shelf."""
    product = get_object_or_404(Product.objects.public().select_related("seller"), pk=pk)
    return made(request, product, product.display_title, product.whole.get_absolute_url(), ways_to)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def about_seller(request, slug):
    """About a shop."""
    seller = get_object_or_404(Partner, slug=slug)
    return made(request, seller, seller.display_name, seller.get_absolute_url(), ways_to)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def about_order(request, number):
    """About one of her orders."""
    order = own_order(request, number)
    return made(request, order, order.number, ways_of(order).page, ways_to)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def about_order_by_link(request, token, number):
    """About an order, for whoever has the link of its purchase; what was said of it before stands below the form."""
    order = linked_order(token, number)
    return made(request, order, order.number, ways_by_link(order).page, ways_by_token)


def made(request, about: Partner | Product | Order, name: str, back: str, ways):
    """The form, or the complaint that came of it."""
    sending = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ComplaintForm(*sending)
    if request.method == "POST" and form.is_valid():
        try:
            complaint = actions.make(about=about, by=person(request), at=timezone.now(), **form.cleaned_data)
        except actions.ComplaintRefused as refusal:
            form.add_error(None, refusal.for_people)
        else:
            return redirect((ways_to if complaint.user_id else ways)(complaint).page)
    context: dict[str, Any] = {"form": form, "subject": name, "back": back, "lost_photos": bool(request.FILES)}
    if ways is ways_by_token:
        context["earlier"] = [(each, ways(each).page) for each in of_order(about)]
    return show(request, "complain", here="complaints", status=422 if form.errors else 200, **context)


def of_order(order: Order):
    return Complaint.objects.filter(order=order, user=None).select_related("order__purchase")


def hers(request, number: str) -> Complaint:
    return get_object_or_404(Complaint.objects.for_page().visible_to(request.user), number=number)


def linked(token: str, number: str) -> Complaint:
    """A guest's; one made by an account stays that account's own."""
    guests = Complaint.objects.for_page().filter(user=None)
    return get_object_or_404(guests, order__purchase__token=token, number=number)


def page_of(request, complaint: Complaint, ways: Ways):
    context: dict[str, Any] = {
        "complaint": complaint,
        "ways": ways,
        "photos": [ways.photo(photo.pk) for photo in complaint.photos.all()],
        "left": left(complaint.due_at, timezone.now()) if complaint.is_open else "",
    }
    return show(request, "complaint", here="complaints", **context)


def withdrawn(request, complaint: Complaint, ways: Ways):
    try:
        actions.withdraw(complaint=complaint, by=person(request), at=timezone.now())
        messages.success(request, _("You have taken the complaint back."))
    except IllegalMove:
        messages.info(request, _("It was answered or withdrawn meanwhile. Here is how it stands."))
    return redirect(ways.page)


@require_safe
@own
def complaint(request, number):
    """One of hers, with the answer."""
    found = hers(request, number)
    return page_of(request, found, ways_to(found))


@require_POST
@own
def withdraw(request, number):
    found = hers(request, number)
    return withdrawn(request, found, ways_to(found))


@require_safe
@own
def photo(request, number, pk):
    return pages.photo_of(hers(request, number), pk)


@require_safe
@never_cache
def complaint_by_link(request, token, number):
    """A guest's, with the answer."""
    found = linked(token, number)
    return page_of(request, found, ways_by_token(found))


@require_POST
def withdraw_by_link(request, token, number):
    found = linked(token, number)
    return withdrawn(request, found, ways_by_token(found))


@require_safe
def photo_by_link(request, token, number, pk):
    return pages.photo_of(linked(token, number), pk)
