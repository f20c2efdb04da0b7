"""The list of a seller's goods and what one press does to one of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from marketplace.catalogue.models import Product
from marketplace.core.refusal import Refusal
from marketplace.offering import actions
from marketplace.offering.shelf import SellerShelf, ShelfTab
from marketplace.offering.stock_forms import forms_of
from marketplace.seller.access import SellerPage, seller_page
from marketplace.seller.capabilities import Can


class ProductList(SellerPage):
    """One tab of the goods."""

    capability = Can.LIST

    def get(self, request):
        shelf = SellerShelf.asked(request.seller, request.GET)
        page = shelf.page()
        rows = [] if shelf.shows_drafts else [(product, forms_of(product)) for product in page]
        return render(request, "marketplace/seller/products.html", {"shelf": shelf, "page": page, "rows": rows})


def good_of(request, pk) -> Product:
    """A whole product of the seller she acts for; anything else is not there."""
    wholes = Product.objects.filter(seller=request.seller).exclude(structure=Product.CHILD)
    return get_object_or_404(wholes, pk=pk)


@require_POST
@seller_page(Can.LIST)
def edit(request, pk):
    """Begin to change a good, or go on with it."""
    return redirect(actions.begin_edit(product=good_of(request, pk), by=request.user, at=timezone.now()))


@require_POST
@seller_page(Can.LIST)
def again(request, pk):
    """Sell again like this one."""
    try:
        return redirect(actions.sell_again(product=good_of(request, pk), by=request.user, at=timezone.now()))
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
        return redirect(f"{reverse('seller:products')}?tab={ShelfTab.OFF}")
