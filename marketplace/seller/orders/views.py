"""Doors to a seller's orders. Whoever packs may change them; amounts and buyers are shown to those who may see them."""

from urllib.parse import quote

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.aftersales.models import Case
from marketplace.core.states import IllegalMove
from marketplace.order import actions as orders
from marketplace.order.models import Order, Parcel
from marketplace.order.states import OrderState

from ..access import seller_page
from ..capabilities import Can
from . import papers, shelf
from .forms import NumberForm, ParcelForm

MOST_PAPERS = 100


def sight(request) -> dict[str, bool]:
    """What this member may see and do, in words for templates."""
    return {
        "sees_money": request.member.may(Can.MONEY),
        "sees_buyer": request.member.may(Can.BUYERS),
        "ships": request.member.may(Can.SHIP),
    }


@require_safe
@seller_page()
def order_list(request):
    """Orders by what is to be done; a search looks through all of them."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[: shelf.LONGEST_SEARCH]
    state = shelf.ALL if words and "state" not in request.GET else request.GET.get("state", shelf.TO_SHIP)
    if state not in shelf.TABS:
        raise Http404
    context = {
        "page": shelf.page_of(request.member, state, words, request.GET.get("page")),
        "tabs": shelf.tabs(state, shelf.counts_of(request.member)),
        "state": state,
        "words": words,
        "encoded_words": quote(words),
        "most_papers": MOST_PAPERS,
    }
    return render(request, "marketplace/seller/orders/list.html", context | sight(request))


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page()
def order(request, number):
    """One order; its form notes a parcel."""
    found = own(request, number)
    if request.method != "POST":
        return page(request, found, ParcelForm(found))
    if not request.member.may(Can.SHIP):
        raise Http404
    form = ParcelForm(found, request.POST)
    return noted(request, found, form) if form.is_valid() else page(request, found, form)


def own(request, number: str) -> Order:
    """An order of this seller with all its page shows."""
    whole = shelf.of(request.member).select_related("seller", "shipping_address", "purchase")
    return get_object_or_404(whole.prefetch_related("lines", "parcels__lines__line", "refunds"), number=number)


def page(request, found: Order, form: ParcelForm):
    now = timezone.now()
    context = {
        "order": found,
        "form": form,
        "parcels": [(parcel, parcel.can_be_undone(now)) for parcel in found.parcels.all()],
        "can_ship": request.member.may(Can.SHIP) and found.allows("ship") and bool(form.unsent),
        "shows_number": found.status in {OrderState.AWAITING_SHIPMENT, OrderState.AWAITING_RECEIPT},
        "for_courier": for_courier(found),
        "case": Case.objects.open().filter(order=found).first(),
    }
    return render(request, "marketplace/seller/orders/order.html", context | sight(request))


def for_courier(found: Order) -> str:
    """What a courier's form wants pasted: name, number, way to the door."""
    address = found.shipping_address
    return f"{address.recipient} {address.phone_number.as_national} {address.one_line}" if address else ""


def noted(request, found: Order, form: ParcelForm):
    """The parcel leaves; pressing twice notes it once."""
    typed = form.cleaned_data
    try:
        orders.ship(
            order=found,
            carrier=typed["carrier"],
            tracking_number=typed["tracking_number"],
            quantities=form.quantities,
            by=request.user,
            at=timezone.now(),
        )
    except IntegrityError:
        messages.info(request, _("This parcel is noted already."))
    except (IllegalMove, ValueError):
        messages.info(request, _("Nothing of this is waiting to be sent any more. Here is how it stands."))
    else:
        messages.success(request, _("The parcel is on its way; the buyer sees its number."))
        warn(request, form)
    return redirect("seller:order", number=found.number)


def warn(request, form: NumberForm) -> None:
    if form.doubt:
        messages.warning(request, form.doubt)


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page(Can.SHIP)
def parcel(request, number, pk):
    """Mend the number of a parcel."""
    found = own(request, number)
    sent = get_object_or_404(Parcel.objects.filter(order=found), pk=pk)
    known = {"carrier": sent.carrier, "tracking_number": sent.tracking_number}
    form = NumberForm(found, request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        return corrected(request, found, sent, form)
    context = {"order": found, "parcel": sent, "form": form}
    return render(request, "marketplace/seller/orders/parcel.html", context)


def corrected(request, found: Order, sent: Parcel, form: NumberForm):
    typed = form.cleaned_data
    try:
        orders.correct_parcel(
            parcel=sent,
            carrier=typed["carrier"],
            tracking_number=typed["tracking_number"],
            by=request.user,
            at=timezone.now(),
        )
    except IntegrityError:
        messages.error(request, _("Another parcel of this order has this number already."))
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("The number is corrected; the buyer was told."))
        warn(request, form)
    return redirect("seller:order", number=found.number)


@require_POST
@seller_page(Can.SHIP)
def undo(request, number, pk):
    """The parcel was noted by mistake."""
    found = own(request, number)
    sent = get_object_or_404(Parcel.including_undone.filter(order=found), pk=pk)
    try:
        orders.undo_parcel(parcel=sent, by=request.user, at=timezone.now())
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("The parcel is taken back; its goods wait to be sent again."))
    return redirect("seller:order", number=found.number)


def asked_for(request) -> list[Order]:
    """The orders a paper was asked for, by ``n`` in the address; without any all that wait to be sent. 404 for a stranger's."""
    whole = shelf.of(request.member).select_related("seller", "shipping_address").prefetch_related("lines")
    numbers = list(dict.fromkeys(request.GET.getlist("n")))[:MOST_PAPERS]
    if not numbers:
        return list(shelf.in_tab(whole, shelf.TO_SHIP)[:MOST_PAPERS])
    found = {each.number: each for each in whole.filter(number__in=numbers)}
    if len(found) < len(numbers):
        raise Http404
    return [found[number] for number in numbers]


def paper(request, draw, name: str):
    found = asked_for(request)
    if not found:
        messages.info(request, _("There is nothing to print: no order waits to be sent."))
        return redirect("seller:orders")
    return draw(found, request.build_absolute_uri(reverse("seller:orders"))).response(f"{name}.pdf")


@require_safe
@seller_page(Can.SHIP)
def slips(request):
    """Packing slips, one page each."""
    return paper(request, papers.slips, "slips")


@require_safe
@seller_page(Can.SHIP)
def labels(request):
    """A sheet of labels to cut and stick."""
    return paper(request, papers.labels, "labels")
