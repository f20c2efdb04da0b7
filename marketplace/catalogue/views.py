"""Pages of the catalogue: lists, search, suggestions, products."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marketplace.core.replica import read_there
from marketplace.core.text import localized
from marketplace.favourites.models import Favourite
from marketplace.promotions.presence import shown_beside
from marketplace.reviews import board
from marketplace.talk.views import latest

from . import goods, offer
from .models import Category, Product
from .search import best_first, find
from .shelf import Shelf

SUGGESTIONS = 8


@require_safe
@read_there
def listings(request):
    """Everything on sale, or what a search finds."""
    return list_page(request, Shelf(request.GET))


@require_safe
@read_there
def category(request, category_slug, pk):
    """One shelf; an old name of it leads to the present one."""
    shelf = get_object_or_404(Category.objects.browsable(), pk=pk)
    if shelf.get_absolute_url() != request.path:
        return redirect(shelf.get_absolute_url(), permanent=True)
    return list_page(request, Shelf(request.GET, category=shelf))


def list_page(request, shelf: Shelf):
    return render(request, "marketplace/catalogue/list.html", {"shelf": shelf, "page": shelf.page})


@require_safe
@read_there
def suggest(request):
    """Titles for what has been typed so far, as JSON; at most eight, none for nothing."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    _found, first = find(typed, lambda found: list(best_first(found, typed)[:SUGGESTIONS]))
    return JsonResponse({"titles": list(dict.fromkeys(localized(listing, "title") for listing in first))})


@require_safe
def product(request, product_slug, pk):
    """A good with its packs; a pack's own number leads to the good with that pack chosen."""
    today = timezone.localdate()
    whole = goods.find(pk)
    if whole is None:
        return off_the_shelf(request, pk)
    if whole.is_child:
        return redirect(f"{whole.parent.get_absolute_url()}?pack={whole.pk}")
    if whole.get_absolute_url() != request.path:
        return redirect(whole.get_absolute_url(), permanent=True)
    shown = offer.of(whole, asked=request.GET.get("pack", ""), province=request.COOKIES.get("province", ""))
    is_favourite = Favourite.objects.holds(request.user, whole)
    standing = board.standing_of(whole)
    context = {
        "offer": shown,
        "same_place": goods.of_same_place(whole),
        "is_favourite": is_favourite,
        "standing": standing,
        "vouchers": shown_beside(whole, today),
        "questions": latest(whole),
        "reviews": board.latest(whole) if standing.count else [],
    }
    return render(request, "marketplace/catalogue/product.html", context)


def off_the_shelf(request, pk):
    """Goods that are not sold now: whose they were, for those who come by an old link. Raises Http404 where there never were any."""
    gone = get_object_or_404(Product.objects.filter(seller__isnull=False).select_related("seller"), pk=pk)
    return render(request, "marketplace/catalogue/off_the_shelf.html", {"shop": gone.seller}, status=404)
