"""A share link 分享链接: a short address of a shop or its goods that remembers who passed it on; and the orders it carried."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Count, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core import areas
from marketplace.core.fields import AreaField
from marketplace.core.text import is_english
from marketplace.order.states import OrderState

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Nothing one could mix up when it is read out."""
LENGTH = 8


def new_code() -> str:
    """Says nothing about who shares what, and cannot be guessed from another one."""
    return "".join(secrets.choice(ALPHABET) for _n in range(LENGTH))


class ShareLinkQuerySet(models.QuerySet):
    def of_seller(self, seller):
        return self.filter(seller=seller)

    def with_orders(self):
        """``orders``: how many orders that were paid, or are to be paid to the courier, each link carried."""
        gone = {OrderState.AWAITING_PAYMENT, OrderState.CLOSED}
        return self.annotate(orders=Count("carried", filter=~Q(carried__order__status__in=gone)))


class ShareLink(models.Model):
    """One way a shop, or one of its goods, is passed on. ``label`` is the seller's own word for who shares; it is in no address."""

    class Sharer(models.TextChoices):
        PERSON = "person", _("A person")
        COUNTY = "county", _("A county")
        CAMPAIGN = "campaign", _("A campaign")

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    key = models.UUIDField()
    seller = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="share_links")
    product = models.ForeignKey(
        "catalogue.Product", null=True, blank=True, on_delete=models.CASCADE, related_name="share_links"
    )
    sharer = models.CharField(_("Who shares?"), max_length=10, choices=Sharer.choices)
    label = models.CharField(_("Name of it"), max_length=40)
    area = AreaField(_("County"), blank=True, help_text="of a county that shares, down to the county")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    visits = models.PositiveIntegerField(default=0)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("Share link")
        verbose_name_plural = _("Share links")
        ordering = ["-id"]
        constraints = [
            UniqueConstraint(fields=["seller", "key"], name="share_link_made_once"),
            CheckConstraint(condition=Q(sharer__in=["person", "county", "campaign"]), name="share_link_sharer_known"),
            CheckConstraint(condition=Q(sharer="county") | Q(area=""), name="share_link_area_of_a_county"),
        ]

    def __str__(self):
        return self.code

    @property
    def who(self) -> str:
        """Who shares: a named county, or what kind of sharer it is."""
        if not self.area:
            return str(self.get_sharer_display())
        return areas.full_name(self.area, language="en" if is_english() else "zh")

    @property
    def address(self) -> str:
        """What is passed on."""
        return reverse("sharing:go", args=[self.code])

    @property
    def target(self) -> str:
        """Where it leads: a page of ours, from this row alone."""
        return (self.product or self.seller).get_absolute_url()


class Carried(models.Model):
    """An order came after somebody followed a share link. A remark about the order; it is counted in no sum of sales."""

    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, related_name="carried")
    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="carried")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Order carried")
        verbose_name_plural = _("Orders carried")

    def __str__(self):
        return f"{self.order_id} ← {self.link_id}"
