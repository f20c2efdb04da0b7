"""The public page of a producer."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from marketplace.catalogue.models import Listing

from .models import Producer


@require_safe
def producer(request, slug):
    """Who grew or made it, where, and what of it is on sale."""
    shown = get_object_or_404(Producer, slug=slug)
    listings = Listing.objects.live().filter(producer_id=shown.pk).order_by("-rank", "product_id")
    page = Paginator(listings, settings.PRODUCTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "marketplace/producers/producer.html", {"producer": shown, "page": page})
