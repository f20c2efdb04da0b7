"""A favourite 收藏: a good somebody wants to find again."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.catalogue.models import Listing


class FavouriteQuerySet(models.QuerySet):
    def of(self, user):
        """What this person keeps, the latest first; nothing, and no question, for nobody."""
        return self.filter(user=user).order_by("-added_at", "-pk") if user.is_authenticated else self.none()

    def holds(self, user, product) -> bool:
        """Whether this person keeps this good."""
        return user.is_authenticated and self.of(user).filter(product=product).exists()

    def for_list(self):
        """With all a list shows of each, in one query."""
        return self.select_related("product__listing__seller", "product__seller")


class Favourite(models.Model):
    """One good one person keeps. The good may be sold out or gone from the shelf; then the list says so."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        verbose_name = _("Favourite")
        verbose_name_plural = _("Favourites")
        constraints = [UniqueConstraint(fields=["user", "product"], name="favourite_once_per_person_and_good")]
        indexes = [models.Index(fields=["user", "-added_at"], name="favourite_by_person")]

    def __str__(self):
        return f"{self.user} ♥ {self.product_id}"

    @property
    def cover_url(self) -> str:
        """The good's picture, also after it left the shelf."""
        listing = getattr(self.product, "listing", None)
        return listing.cover_url if listing is not None else ""

    @property
    def listing(self) -> Listing | None:
        """The good as it stands on the shelf; None once it is off it. Asks nothing if it was fetched ``for_list``."""
        listing = getattr(self.product, "listing", None)
        return listing if listing is not None and listing.is_live else None
