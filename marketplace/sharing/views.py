"""Following a link, and posters to pass on."""

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.catalogue.models import Listing
from marketplace.partner.models import Partner

from . import actions, facts, memory, poster
from .facts import Facts
from .models import ShareLink


@require_safe
@never_cache
def go(request, code):
    """To the page the link stands for, and nowhere else; the browser remembers the link, and one browser counts once."""
    link = get_object_or_404(ShareLink.objects.select_related("product", "seller"), code=code.lower())
    answer = redirect(link.target)
    if link.ended_at is not None or request.method == "HEAD":
        return answer
    if memory.remembered(request) != link.code:
        actions.count_visit(link)
    return memory.remember(answer, link.code, secure=request.is_secure())


def page_of(listing: Listing) -> str:
    return reverse("catalogue:detail", kwargs={"product_slug": listing.slug, "pk": listing.pk})


def listing_of(pk: int) -> Listing:
    return get_object_or_404(Listing.objects.live().select_related("seller"), pk=pk)


def facts_of_link(request, link: ShareLink) -> Facts:
    """For the poster of a link; goods that left the shelf have none."""
    address = request.build_absolute_uri(link.address)
    if link.product_id:
        return facts.of_listing(listing_of(link.product_id), address)
    return facts.of_shop(link.seller, address)


def answer(request, found: Facts, extension: str) -> HttpResponse:
    """The picture; a browser that has it already is told so."""
    if extension not in poster.FORMATS:
        raise Http404
    tag = f'"{found.digest[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    made = HttpResponse(poster.picture(found, extension), content_type=poster.TYPES[extension])
    made.headers["ETag"] = tag
    made.headers["Cache-Control"] = "public, max-age=300"
    return made


@require_safe
def link_poster(request, code, extension):
    """With the link's own code on it."""
    link = get_object_or_404(ShareLink.objects.select_related("seller"), code=code.lower())
    return answer(request, facts_of_link(request, link), extension)


@require_safe
def product_poster(request, pk, extension):
    """For anybody who likes the goods."""
    listing = listing_of(pk)
    return answer(request, facts.of_listing(listing, request.build_absolute_uri(page_of(listing))), extension)


@require_safe
def shop_poster(request, slug, extension):
    seller = get_object_or_404(Partner, slug=slug)
    return answer(request, facts.of_shop(seller, request.build_absolute_uri(seller.get_absolute_url())), extension)


def page(request, name: str, target: str, base: str, args: list):
    """A page with the poster to press and hold, and the address to copy."""
    pictures = {extension: reverse(base, args=[*args, extension]) for extension in poster.FORMATS}
    context = {"name": name, "target": target, "link": request.build_absolute_uri(target), "pictures": pictures}
    return render(request, "marketplace/sharing/share.html", context)


@require_safe
def product(request, pk):
    """Share goods."""
    listing = listing_of(pk)
    return page(request, listing.display_title, page_of(listing), "sharing:product-poster", [pk])


@require_safe
def shop(request, slug):
    """Share a shop."""
    seller = get_object_or_404(Partner, slug=slug)
    return page(request, seller.display_name, seller.get_absolute_url(), "sharing:shop-poster", [slug])
