"""The public page of a seller."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marketplace.core.replica import read_there
from marketplace.promotions.presence import shown_by
from marketplace.reviews import board

from . import origins
from .models import Partner


@require_safe
@read_there
def shop(request, slug):
    """Who sells, under which licence, whether the shop is open, and its goods."""
    seller = get_object_or_404(Partner, slug=slug)
    listings = seller.listings.live().order_by("-rank", "product_id")
    page = Paginator(listings, settings.PRODUCTS_PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "seller": seller,
        "page": page,
        "standing": board.standing_of_seller(seller),
        "vouchers": shown_by(seller, today),
        "certificates": [paper for paper in seller.certificates.all() if paper.is_valid_on(today)],
        "origins": origins.of_shop(seller),
    }
    return render(request, "marketplace/sellers/shop.html", context)
