"""One row per product as lists, search and facets need it, so that a page of 24 costs one query.

A listing repeats what the product, its packs, seller and certificates say; ``actions.refresh_listing`` is the only
writer. ``FacetCell`` counts live listings by everything one can filter by, so facets do not grow with the catalogue.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from marketplace.core.images import picture_url
from marketplace.core.text import localized


class ListingQuerySet(models.QuerySet):
    def live(self):
        """What buyers may see."""
        return self.filter(is_live=True)


class Listing(index.Indexed, models.Model):
    """A product on the shelf, flattened. Key and product are the same number."""

    product = models.OneToOneField(
        "catalogue.Product", on_delete=models.CASCADE, primary_key=True, related_name="listing"
    )
    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="listings")
    producer_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    is_live = models.BooleanField(default=False)
    slug = models.SlugField(max_length=255, allow_unicode=True)
    title = models.CharField(max_length=255)
    title_en = models.CharField(max_length=255, blank=True)
    seller_name = models.CharField(max_length=128)
    pinyin = models.CharField(max_length=400, blank=True)
    places = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    cover = models.CharField(max_length=255, blank=True)
    cover_is_sample = models.BooleanField(default=False)
    pack = models.CharField(max_length=60, blank=True)
    packs = models.PositiveSmallIntegerField(default=1)
    cheapest_pack = models.BigIntegerField(null=True, blank=True)
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit_price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    weight_is_about = models.BooleanField(default=False)
    is_in_stock = models.BooleanField(default=False)
    sold = models.PositiveIntegerField(default=0)
    listed_at = models.DateTimeField()
    # What one can filter by.
    category_path = models.CharField(max_length=255, blank=True)
    province = models.CharField(max_length=2, blank=True)
    origin = models.CharField(max_length=12, blank=True)
    certificates = models.PositiveSmallIntegerField(default=0)
    season = models.PositiveSmallIntegerField(default=0)
    all_year = models.BooleanField(default=True)
    ship_mode = models.CharField(max_length=10)
    price_band = models.PositiveSmallIntegerField(default=0)
    rank = models.IntegerField(default=0)

    objects = ListingQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=5),
        index.SearchField("title_en"),
        index.SearchField("pinyin"),
        index.SearchField("places"),
        index.SearchField("seller_name"),
        index.SearchField("words"),
        index.FilterField("is_live"),
    ]

    class Meta:
        app_label = "catalogue"
        verbose_name = _("Listing")
        indexes = [
            models.Index(fields=["is_live", "-rank", "product"], name="listing_by_rank"),
            models.Index(fields=["is_live", "-sold", "product"], name="listing_by_sold"),
            models.Index(fields=["is_live", "-listed_at", "product"], name="listing_by_date"),
            models.Index(fields=["is_live", "price", "product"], name="listing_by_price"),
            models.Index(fields=["is_live", "category_path", "-rank"], name="listing_by_category"),
            models.Index(fields=["seller", "is_live", "-rank"], name="listing_by_seller"),
        ]

    def __str__(self):
        return self.title

    @property
    def display_title(self):
        return localized(self, "title")

    @property
    def cover_url(self):
        return picture_url(self.cover, small=True)


class FacetCell(models.Model):
    """How many live listings share this combination of everything one can filter by."""

    category_path = models.CharField(max_length=255, blank=True)
    province = models.CharField(max_length=2, blank=True)
    certificates = models.PositiveSmallIntegerField(default=0)
    season = models.PositiveSmallIntegerField(default=0)
    ship_mode = models.CharField(max_length=10)
    price_band = models.PositiveSmallIntegerField(default=0)
    is_in_stock = models.BooleanField(default=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "catalogue"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "category_path",
                    "province",
                    "certificates",
                    "season",
                    "ship_mode",
                    "price_band",
                    "is_in_stock",
                ],
                name="facet_cell_once",
            )
        ]

    def __str__(self):
        return f"{self.category_path} {self.province}: {self.count}"
