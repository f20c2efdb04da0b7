"""The basket: look at it, put goods in, change how many, say where they would go."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.checkout import actions as checkout
from marketplace.checkout.pricing import fetch_pictures, price_basket
from marketplace.core.forms import first_error
from marketplace.core.links import ours
from marketplace.core.text import pack_words
from marketplace.promotions.forms import VoucherForm
from marketplace.promotions.pages import change_vouchers

from . import actions, cookies
from .forms import AddForm, ChangeForm, ProvinceForm


@require_safe
@never_cache
def summary(request):
    """Goods by seller at today's prices, with freight as soon as the province is known."""
    return show(request, VoucherForm())


def show(request, voucher_form: VoucherForm, status: int = 200):
    """The basket with what was typed as a voucher."""
    province = cookies.remembered_province(request)
    quote = price_basket(request.basket, province or None)
    fetch_pictures(quote)
    context = {
        "quote": quote,
        "province_form": ProvinceForm(initial={"province": province}),
        "voucher_form": voucher_form,
    }
    return cookies.remember_count(
        render(request, "marketplace/basket/summary.html", context, status=status), quote.count
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def voucher(request):
    """Enter a voucher, or take one out. A code that does not work stays in its field, with the reason."""
    if request.method != "POST":
        return redirect("basket:summary")
    form = change_vouchers(request, request.basket)
    if form.is_valid():
        return redirect("basket:summary")
    return show(request, form, status=422)


@require_POST
def add(request):
    """Put a pack in. Scripts are answered in JSON, forms are led on."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return refused(request, first_error(form))
    try:
        line = actions.add(basket=request.basket, **form.cleaned_data)
    except actions.CannotAdd as refusal:
        return refused(request, refusal.for_people)
    return added(request, line)


@require_POST
def buy(request):
    """Order this pack and nothing else, now: on to its own checkout. The basket stays as it is."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return refused(request, first_error(form))
    owner = request.user if request.user.is_authenticated else None
    try:
        alone = actions.buy_alone(owner=owner, **form.cleaned_data)
    except actions.CannotAdd as refusal:
        return refused(request, refusal.for_people)
    return redirect(checkout.address_of(alone))


def added(request, line):
    """The good is in; say so where the reader is."""
    product = line.product
    said = _("%(title)s %(pack)s is in your basket.") % {
        "title": product.display_title,
        "pack": pack_words(product.pack),
    }
    count = cookies.count_of(request.basket)
    if wants_json(request):
        way = {"href": reverse("basket:summary"), "text": _("See the basket")}
        return cookies.remember_count(JsonResponse({"count": count, "message": said, "action": way}), count)
    messages.success(request, said)
    return cookies.remember_count(redirect(way_on(request)), count)


def refused(request, words: str):
    """Nothing changed; say why, where the reader is."""
    if wants_json(request):
        return JsonResponse({"count": cookies.count_of(request.basket), "message": str(words)}, status=422)
    messages.error(request, words)
    return redirect(way_back(request))


def wants_json(request) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def way_on(request) -> str:
    """The page the form asked for, if it is ours."""
    return ours(request, request.POST.get("next", "")) or "basket:summary"


def way_back(request) -> str:
    """The page the reader came from, if it is ours."""
    return ours(request, request.META.get("HTTP_REFERER", "")) or "basket:summary"


@require_POST
def change(request, pk):
    """Have more, fewer or none of a line of one's own basket."""
    if request.basket.pk is None:
        raise Http404
    line = get_object_or_404(request.basket.lines.select_related("product__seller", "product__parent__seller"), pk=pk)
    form = ChangeForm(request.POST)
    try:
        if not form.is_valid():
            raise actions.CannotAdd(first_error(form))
        actions.change_quantity(line=line, quantity=form.wanted())
    except actions.CannotAdd as refusal:
        messages.error(request, refusal.for_people)
    return redirect("basket:summary")


@require_POST
def province(request):
    """Remember where the goods would go."""
    form = ProvinceForm(request.POST)
    response = redirect("basket:summary")
    if form.is_valid():
        cookies.remember_province(response, form.cleaned_data["province"])
    return response
