"""Which pages show goods, where operators are about to delete them. The shop's own code knows nothing of pages."""

from django import template
from django.urls import reverse
from wagtail.models import Page

from cms import usage
from marketplace.catalogue.models import Listing

register = template.Library()


@register.simple_tag
def pages_showing(product) -> list[dict]:
    """Title of each, and where it is changed."""
    listing = Listing.objects.filter(pk=product.pk).first()
    return [shown(each) for each, _where in usage.uses(listing)] if listing else []


def shown(thing) -> dict:
    href = reverse("wagtailadmin_pages:edit", args=[thing.pk]) if isinstance(thing, Page) else ""
    language = getattr(thing, "locale", None)
    return {"title": f"{thing} ({language})" if language else str(thing), "href": href}
