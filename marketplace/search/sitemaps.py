"""What search engines may find, in both languages."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from marketplace.catalogue.models import Category, Listing
from marketplace.partner.models import Partner
from marketplace.producers.models import Producer


class Pages(Sitemap):
    """Every page with its translation beside it."""

    i18n = True
    alternates = True
    limit = 5000


class Products(Pages):
    def items(self):
        return Listing.objects.live().only("slug").order_by("pk")

    def location(self, listing):
        return reverse("catalogue:detail", kwargs={"product_slug": listing.slug, "pk": listing.pk})


class Categories(Pages):
    def items(self):
        return Category.objects.browsable()


class Shops(Pages):
    def items(self):
        return Partner.objects.order_by("pk")


class Producers(Pages):
    def items(self):
        return Producer.objects.order_by("pk")


SITEMAPS = {"products": Products, "categories": Categories, "shops": Shops, "producers": Producers}
