"""All reviews of a product, for everybody."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from marketplace.catalogue.models import Product

from . import board


@require_safe
def product_reviews(request, pk):
    """Every shown review of a good, newest first."""
    product = get_object_or_404(Product.objects.public().exclude(structure="child"), pk=pk)
    context = {
        "product": product,
        "standing": board.standing_of(product),
        "page": board.page_of(product, request.GET.get("page")),
    }
    return render(request, "marketplace/reviews/product.html", context)
