"""What was agreed when an order was placed: commission rates with their history, and the terms frozen on each line."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..shares import Back, LineShare

HIGHEST_PERCENT = Decimal(50)
"""Up to here refunds in any number of parts never take more from a seller than she got (see docs/money.md)."""


class Scope(models.TextChoices):
    """What a commission rate is for."""

    PLATFORM = "platform", _("Everything")
    CATEGORY = "category", _("Category")
    SELLER = "seller", _("Seller")
    PRODUCT = "product", _("Product")


class CommissionRateQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-since", "-id")

    def in_force(self, at):
        """Those that have begun, newest first: the first of each target counts."""
        return self.filter(since__lte=at).newest_first().select_related("category")


class CommissionRate(models.Model):
    """From ``since`` on this percentage is kept of a target's goods. Rows are added, never changed: they are the history.

    Without ``percent`` the target has no rate of its own any more.
    """

    scope = models.CharField(_("Applies to"), max_length=10, choices=Scope.choices)
    category = models.ForeignKey("catalogue.Category", null=True, blank=True, on_delete=models.CASCADE)
    seller = models.ForeignKey(
        "partner.Partner", verbose_name=_("Seller"), null=True, blank=True, on_delete=models.CASCADE
    )
    product = models.ForeignKey("catalogue.Product", null=True, blank=True, on_delete=models.CASCADE)
    percent = models.DecimalField(
        _("Percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(HIGHEST_PERCENT)],
    )
    since = models.DateTimeField(_("In force from"), default=timezone.now)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    objects = CommissionRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Commission rate")
        ordering = ["-since", "-id"]
        constraints = [
            CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=HIGHEST_PERCENT),
                name="commission_percent_within_bounds",
            ),
            CheckConstraint(
                condition=Q(scope="platform", category=None, seller=None, product=None)
                | Q(scope="category", category__isnull=False, seller=None, product=None)
                | Q(scope="seller", category=None, seller__isnull=False, product=None)
                | Q(scope="product", category=None, seller=None, product__isnull=False),
                name="commission_names_its_target",
            ),
        ]

    def __str__(self):
        return f"{self.scope} {self.percent}"

    @property
    def target(self) -> tuple:
        """What the rate hangs on, as ``commission.targets`` names it."""
        marks = {
            Scope.PRODUCT: self.product_id,
            Scope.SELLER: self.seller_id,
            Scope.CATEGORY: self.category.path if self.category else None,
        }
        return Scope(self.scope), marks.get(Scope(self.scope))


class LineTerms(models.Model):
    """The terms of one order line as they were when it was placed, in fen; later changes of rates change nothing.

    ``refunded_fen`` is what of the price was given back so far; ``is_gone`` says that the sale was undone altogether.
    """

    line = models.OneToOneField("order.Line", on_delete=models.PROTECT, related_name="terms")
    percent = models.DecimalField(_("Percent"), max_digits=5, decimal_places=2, default=0)
    rate = models.ForeignKey(CommissionRate, null=True, on_delete=models.SET_NULL, related_name="+")
    goods_fen = models.BigIntegerField()
    own_discount_fen = models.BigIntegerField(default=0)
    platform_discount_fen = models.BigIntegerField(default=0)
    commission_fen = models.BigIntegerField(default=0)
    refunded_fen = models.BigIntegerField(default=0)
    is_gone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Terms of a line")
        constraints = [
            CheckConstraint(
                condition=Q(own_discount_fen__gte=0, platform_discount_fen__gte=0, commission_fen__gte=0),
                name="terms_not_negative",
            ),
            CheckConstraint(
                condition=Q(goods_fen__gte=F("own_discount_fen") + F("platform_discount_fen")),
                name="terms_discount_within_goods",
            ),
            CheckConstraint(
                condition=Q(
                    refunded_fen__gte=0,
                    refunded_fen__lte=F("goods_fen") - F("own_discount_fen") - F("platform_discount_fen"),
                ),
                name="terms_refund_within_price",
            ),
        ]

    def __str__(self):
        return f"{self.line_id} {self.percent} %"

    @property
    def share(self) -> LineShare:
        return LineShare(self.goods_fen, self.own_discount_fen, self.platform_discount_fen, self.commission_fen)

    @property
    def back(self) -> Back:
        """What has gone back so far."""
        return self.share.back(self.refunded_fen, gone=self.is_gone)

    def give_back(self, fen: int, *, gone: bool = False) -> Back:
        """Note that ``fen`` more goes back to the buyer; returns what that moves. The caller holds the order's lock and saves."""
        before = self.back
        self.refunded_fen += fen
        self.is_gone = self.is_gone or gone
        return self.back - before
