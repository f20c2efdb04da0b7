"""Promotions 优惠活动: what a seller or the platform takes off the price, for which goods, when, and how often.

With a code it is a voucher 优惠券 that a buyer enters; without one it is an offer that applies by itself. Its terms never
change: who wants others ends it and makes another one. So what an order says about it stays true.
"""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Exists, F, OuterRef, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.catalogue.models import Category
from marketplace.core.money import to_fen
from marketplace.core.text import localized

from .cuts import Terms
from .states import PROMOTION_MOVES, PromotionState

FEN = 100
"""Fen in a yuan."""
LEAST = MinValueValidator(Decimal("0.01"))


class Gives(models.TextChoices):
    AMOUNT = "amount", _("An amount off")
    PERCENT = "percent", _("A percentage off")


class Reach(models.TextChoices):
    """Which goods it is for; a seller's is for hers only."""

    ALL = "all", _("All goods")
    CATEGORY = "category", _("Goods of a category")
    PRODUCTS = "products", _("Chosen products")


class PromotionQuerySet(models.QuerySet):
    def of_seller(self, seller):
        """Those this seller pays for."""
        return self.filter(seller=seller)

    def of_platform(self):
        """Those the platform pays for."""
        return self.filter(seller=None)

    def running(self, day):
        """Active, on one of its days, and not used up."""
        left = Q(max_uses=None) | Q(used__lt=F("max_uses"))
        money_left = Q(budget=None) | Q(given_fen__lt=F("budget") * FEN)
        return self.filter(left, money_left, state=PromotionState.ACTIVE, starts_on__lte=day, ends_on__gte=day)

    def offers(self):
        """Those that need no code."""
        return self.filter(code="")

    def covering(self, product):
        """Those whose goods this is one of."""
        shelves = Category.objects.filter(product=product, path__startswith=OuterRef("category__path"))
        chosen = Q(reach=Reach.PRODUCTS, pk__in=product.promotion_set.values("pk"))
        return self.filter(Q(reach=Reach.ALL) | Q(Exists(shelves), reach=Reach.CATEGORY) | chosen)

    def with_figures(self):
        """Counted: ``uses_made``, ``saved_sum`` and ``sales`` (goods of the orders it cut, before discounts)."""
        kept = Q(uses__returned_at=None)
        return self.annotate(
            uses_made=models.Count("uses", filter=kept, distinct=True),
            saved_sum=models.Sum("uses__discounts__amount", filter=kept),
            sales=models.Sum("uses__discounts__order__goods_total", filter=kept),
        )


class Promotion(models.Model):
    """Who pays, what it gives, from which amount, for which goods, on which days, how often.

    ``used`` and ``given_fen`` are kept only where ``max_uses`` or ``budget`` is set, by conditional UPDATEs (see counting.py).
    """

    seller = models.ForeignKey(
        "partner.Partner",
        verbose_name=_("Seller"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="promotions",
    )
    name = models.CharField(_("Name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    code = models.CharField(_("Voucher code"), max_length=20, blank=True)
    gives = models.CharField(_("What it gives"), max_length=10, choices=Gives.choices, default=Gives.AMOUNT)
    amount = models.DecimalField(
        _("Yuan off"), max_digits=8, decimal_places=2, null=True, blank=True, validators=[LEAST]
    )
    percent = models.DecimalField(
        _("Percent off"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[LEAST, MaxValueValidator(100)],
    )
    most = models.DecimalField(
        _("At most, in yuan"), max_digits=8, decimal_places=2, null=True, blank=True, validators=[LEAST]
    )
    minimum = models.DecimalField(
        _("From goods for, in yuan"), max_digits=8, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    reach = models.CharField(_("For which goods"), max_length=10, choices=Reach.choices, default=Reach.ALL)
    category = models.ForeignKey(
        "catalogue.Category", verbose_name=_("Category"), null=True, blank=True, on_delete=models.PROTECT
    )
    products: models.ManyToManyField = models.ManyToManyField(
        "catalogue.Product", verbose_name=_("Products"), blank=True
    )
    starts_on = models.DateField(_("First day"), default=timezone.localdate)
    ends_on = models.DateField(_("Last day"))
    max_uses = models.PositiveIntegerField(
        _("Times it can be used in all"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    max_per_buyer = models.PositiveSmallIntegerField(
        _("Times per buyer"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    budget = models.PositiveIntegerField(
        _("Budget in whole yuan"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000_000)],
    )
    used = models.PositiveIntegerField(default=0)
    given_fen = models.BigIntegerField(default=0)
    is_shown = models.BooleanField(_("Show it on the shop's page"), default=True)
    state = models.CharField(max_length=8, choices=PromotionState.choices, default=PromotionState.ACTIVE)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Promotion")
        verbose_name_plural = _("Promotions")
        ordering = ["-id"]
        constraints = [
            UniqueConstraint(fields=["code"], condition=~Q(code=""), name="promotion_code_once"),
            CheckConstraint(
                condition=Q(gives="amount", amount__gt=0, percent=None, most=None)
                | Q(gives="percent", percent__gt=0, percent__lte=100, amount=None),
                name="promotion_gives_one_thing",
            ),
            CheckConstraint(
                condition=Q(minimum__gte=0) & (Q(most=None) | Q(most__gt=0)), name="promotion_amounts_not_negative"
            ),
            CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="promotion_begins_before_it_ends"),
            CheckConstraint(
                condition=Q(reach="category", category__isnull=False) | (~Q(reach="category") & Q(category=None)),
                name="promotion_names_its_category",
            ),
            CheckConstraint(
                condition=Q(max_uses=None) | Q(max_uses__gt=0, used__lte=F("max_uses")),
                name="promotion_used_within_limit",
            ),
            CheckConstraint(
                condition=Q(given_fen__gte=0) & (Q(budget=None) | Q(budget__gt=0, given_fen__lte=F("budget") * FEN)),
                name="promotion_given_within_budget",
            ),
            CheckConstraint(condition=Q(state__in=PromotionState.values), name="promotion_state_known"),
        ]
        indexes = [
            models.Index(fields=["seller", "ends_on"], condition=Q(state="active"), name="promotion_running"),
        ]

    def __str__(self):
        return f"{self.name} {self.code}".strip()

    @property
    def display_name(self):
        return localized(self, "name")

    @property
    def is_voucher(self):
        return bool(self.code)

    @property
    def is_counted(self):
        """True if a limit has to be watched for all buyers together."""
        return self.max_uses is not None or self.budget is not None

    @property
    def is_used_up(self):
        """True once nobody can use it any more."""
        out_of_uses = self.max_uses is not None and self.used >= self.max_uses
        return out_of_uses or (self.budget is not None and self.given_fen >= self.budget * FEN)

    def move(self, name: str) -> None:
        """Take the named step; raises IllegalMove. The caller holds the row's lock and saves."""
        self.state = PROMOTION_MOVES.target(name, self.state)

    def allows(self, name: str) -> bool:
        return PROMOTION_MOVES.allows(name, self.state)

    def terms(self) -> Terms:
        """What ``cuts`` reckons with. Chosen products and the category come loaded."""
        chosen = self.reach == Reach.PRODUCTS
        return Terms(
            key=self.pk,
            seller=self.seller_id,
            has_code=self.is_voucher,
            fen=to_fen(self.amount) if self.amount is not None else 0,
            basis_points=int(self.percent * 100) if self.percent is not None else 0,
            most=to_fen(self.most) if self.most is not None else None,
            minimum=to_fen(self.minimum),
            left=self.budget * FEN - self.given_fen if self.budget is not None else None,
            category=self.category.path if self.category else None,
            products=frozenset(product.pk for product in self.products.all()) if chosen else None,
        )


class EnteredCode(models.Model):
    """A voucher a buyer has entered for a basket. Whether it takes anything off is reckoned anew each time."""

    basket = models.ForeignKey("basket.Basket", on_delete=models.CASCADE, related_name="entered_codes")
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="entered")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [UniqueConstraint(fields=["basket", "promotion"], name="voucher_entered_once")]

    def __str__(self):
        return f"{self.basket_id} {self.promotion_id}"


class Use(models.Model):
    """One purchase used one promotion. Returned when the purchase was never paid or nothing of it was sent.

    ``nth`` counts a buyer's uses where there is a limit for each; its unique key is the guard of that limit.
    """

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="uses")
    purchase = models.ForeignKey("order.Purchase", on_delete=models.PROTECT, related_name="promotion_uses")
    buyer = models.CharField(max_length=64, blank=True, help_text="Account, or the keyed hash of a guest's number.")
    nth = models.PositiveSmallIntegerField(null=True, blank=True)
    saved = models.DecimalField(max_digits=10, decimal_places=2)
    used_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            UniqueConstraint(fields=["promotion", "purchase"], name="promotion_once_per_purchase"),
            UniqueConstraint(
                fields=["promotion", "buyer", "nth"],
                condition=Q(returned_at=None, nth__isnull=False),
                name="promotion_uses_of_a_buyer",
            ),
            CheckConstraint(condition=Q(saved__gt=0), name="promotion_use_saves_something"),
        ]

    def __str__(self):
        return f"{self.promotion_id} {self.purchase_id}"


class Discount(models.Model):
    """What one use took off one order; lines have their part of it in their terms (settlement)."""

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="discounts")
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="promotion_discounts")
    amount = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["id"]
        constraints = [
            UniqueConstraint(fields=["use", "order"], name="promotion_discount_once_per_order"),
            CheckConstraint(condition=Q(amount__gt=0), name="promotion_discount_positive"),
        ]

    def __str__(self):
        return f"{self.order_id} -{self.amount}"
