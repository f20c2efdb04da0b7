"""Price, stock and season of one good, and its place on or off the shelf."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.catalogue.models import Product
from marketplace.core.refusal import Refusal
from marketplace.offering import stocktaking
from marketplace.offering.fields import TypedInteger
from marketplace.offering.packs import source_choices
from marketplace.offering.shelf import ShelfTab
from marketplace.offering.stock_forms import SeasonForm, forms_of
from marketplace.partner.actions import CannotSupply
from marketplace.partner.models import BelowFloor
from marketplace.seller.access import SellerPage, seller_page
from marketplace.seller.capabilities import Can

SEASON = ("sale_from", "sale_until", "ship_by")


def season_of(product: Product) -> dict:
    """What the form of the season says before anybody types."""
    return {name: getattr(product, name) for name in SEASON}


class StockPage(SellerPage):
    """What can change without review. The list of goods posts the packs here too, without the season."""

    capability = Can.LIST

    def get(self, request, pk):
        product = self.load(request, pk)
        season = SeasonForm(initial=season_of(product))
        return self.page(request, product, forms_of(product, sources=source_choices(request.seller)), season)

    def post(self, request, pk):
        product = self.load(request, pk)
        packs = forms_of(product, request.POST, source_choices(request.seller))
        season = SeasonForm(request.POST, initial=season_of(product)) if "season" in request.POST else None
        if not all(form.is_valid() for form in [*packs, *filter(None, [season])]):
            return self.page(request, product, packs, season, status=422)
        try:
            self.write(request, product, packs, season)
        except (BelowFloor, CannotSupply) as refusal:
            messages.error(request, refusal.for_people)
            return self.page(request, product, packs, season, status=422)
        messages.success(request, _("Saved. Buyers see it now."))
        return redirect("seller:products")

    @transaction.atomic
    def write(self, request, product, packs, season):
        """All of it or nothing."""
        chosen = {form.pack.pk: form.cleaned_data["source"] for form in packs if form.chooses_source}
        prices = {form.pack.pk: form.cleaned_data["price"] for form in packs}
        stocktaking.choose_sources(product=product, sources=chosen, prices=prices, by=request.user)
        stocktaking.take_stock(product=product, counts=[form.count() for form in packs], by=request.user)
        if season:
            stocktaking.set_season(product=product, by=request.user, **season.cleaned_data)

    def load(self, request, pk) -> Product:
        wholes = Product.objects.filter(seller=request.seller).exclude(structure=Product.CHILD)
        return get_object_or_404(wholes.with_packs(), pk=pk)

    def page(self, request, product, packs, season, status=200):
        shown = {"product": product, "packs": packs, "season": season}
        return render(request, "marketplace/seller/stock.html", shown, status=status)


@require_POST
@seller_page(Can.LIST)
def shelf(request, pk):
    """Take a good off the shelf, or put it back."""
    wholes = Product.objects.filter(seller=request.seller).exclude(structure=Product.CHILD)
    product = get_object_or_404(wholes, pk=pk)
    on = request.POST.get("on") == "1"
    try:
        stocktaking.put_on_shelf(product=product, on=on, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
        return redirect(f"{reverse('seller:products')}?tab={ShelfTab.OFF}")
    messages.success(request, _("It is on the shelf again.") if on else _("It is off the shelf; nobody can order it."))
    return redirect("seller:products")


class LowStockForm(forms.Form):
    """From how few on the shop wants to be told; empty means the usual number."""

    low_stock = TypedInteger(required=False, min_value=0, max_value=9999)


@require_POST
@seller_page(Can.LIST)
def low_stock(request):
    """The shop's own number for packs that have none."""
    form = LowStockForm(request.POST)
    if form.is_valid():
        stocktaking.choose_low_stock(seller=request.seller, number=form.cleaned_data["low_stock"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Please write a whole number of packs."))
    return redirect(f"{reverse('seller:products')}?low=1")
