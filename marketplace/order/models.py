"""A purchase 合并付款 is what a buyer pays at once; it holds one order per seller."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractShippingAddress
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder
from phonenumber_field.modelfields import PhoneNumberField

from marketplace.address.chinese import ChineseAddress
from marketplace.core.fields import AreaField
from marketplace.core.images import picture_url
from marketplace.core.money import adds_up
from marketplace.core.text import localized
from marketplace.order.states import ORDER_MOVES, PURCHASE_MOVES, OrderState, PurchaseState


def new_number() -> str:
    """A number to read out on the phone: the day (YYMMDD) and ten random digits, not derived from anything countable."""
    return f"{timezone.localdate():%y%m%d}{secrets.randbelow(10**10):010d}"


def new_token() -> str:
    """An unguessable part of an address, for buyers without an account."""
    return secrets.token_urlsafe(24)


class PurchaseQuerySet(models.QuerySet):
    def overdue(self, now):
        """Unpaid after their time."""
        return self.filter(state=PurchaseState.AWAITING_PAYMENT, pay_by__lte=now)

    def visible_to(self, user):
        """The purchases this person made."""
        return self.filter(buyer=user) if user.is_authenticated else self.none()


class Purchase(models.Model):
    """One basket, paid at once. Its total is the sum of its orders' totals, to the fen.

    A basket becomes at most one purchase: the unique key on ``basket`` is what makes pressing twice harmless.
    """

    number = models.CharField(_("Purchase number"), max_length=20, unique=True, default=new_number)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    basket = models.OneToOneField("basket.Basket", null=True, on_delete=models.SET_NULL, related_name="purchase")
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="purchases"
    )
    mobile = PhoneNumberField(_("Mobile number"), blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    payment_method = models.CharField(_("Payment method"), max_length=20)
    total = models.DecimalField(_("Total"), max_digits=12, decimal_places=2)
    state = models.CharField(max_length=20, choices=PurchaseState.choices, default=PurchaseState.AWAITING_PAYMENT)
    placed_at = models.DateTimeField(_("Order placed at"), default=timezone.now)
    pay_by = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        app_label = "order"
        verbose_name = _("Purchase")
        verbose_name_plural = _("Purchases")
        ordering = ["-placed_at", "-id"]
        constraints = [
            CheckConstraint(condition=Q(total__gte=0), name="purchase_total_not_negative"),
            CheckConstraint(condition=Q(state__in=PurchaseState.values), name="purchase_state_known"),
            CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="purchase_closed_has_date",
            ),
            CheckConstraint(
                condition=~Q(state="awaiting_payment") | Q(pay_by__isnull=False), name="purchase_unpaid_has_deadline"
            ),
        ]
        indexes = [
            models.Index(fields=["pay_by"], condition=Q(state="awaiting_payment"), name="purchase_unpaid_by_deadline"),
            *(models.Index(fields=[of], condition=Q(buyer=None), name=f"guest_by_{of}") for of in ("mobile", "email")),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("checkout:purchase", args=[self.token])

    def move(self, name: str) -> None:
        """Take the named step; raises IllegalMove. The caller holds the row's lock and saves."""
        self.state = PURCHASE_MOVES.target(name, self.state)

    @property
    def is_unpaid(self):
        return self.state == PurchaseState.AWAITING_PAYMENT


class OrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The orders this buyer made."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def of_seller(self, seller):
        """The orders this seller has to fulfil; one never sees the rest of the purchase."""
        return self.filter(seller=seller)

    def in_state(self, state):
        return self.filter(status=state)


class Order(AbstractOrder):
    """What one seller sends to one buyer. ``total_incl_tax`` = goods − discount + freight, all in yuan.

    Oscar's tax-free columns hold the same amounts: prices include what tax there is.
    """

    purchase = models.ForeignKey(Purchase, null=True, on_delete=models.PROTECT, related_name="orders")
    seller = models.ForeignKey("partner.Partner", null=True, on_delete=models.PROTECT, related_name="orders")
    seller_name = models.CharField(max_length=128, blank=True)
    goods_total = models.DecimalField(_("Subtotal"), max_digits=12, decimal_places=2, default=0)
    discount = models.DecimalField(_("Discount"), max_digits=12, decimal_places=2, default=0)
    note = models.CharField(_("Note to seller"), max_length=200, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    confirm_receipt_by = models.DateTimeField(null=True, blank=True)
    receipt_on_hold = models.BooleanField(
        default=False, help_text="While something is being settled, time alone confirms no receipt."
    )

    objects = OrderQuerySet.as_manager()
    status: str

    class Meta(AbstractOrder.Meta):
        app_label = "order"
        constraints = [
            UniqueConstraint(fields=["purchase", "seller"], name="order_one_per_seller_and_purchase"),
            CheckConstraint(condition=Q(status__in=[*OrderState.values, ""]), name="order_state_known"),
            CheckConstraint(
                condition=adds_up("total_incl_tax", F("goods_total") - F("discount") + F("shipping_incl_tax")),
                name="order_total_adds_up",
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "status", "-date_placed"], name="order_by_seller_and_state"),
            models.Index(fields=["user", "-date_placed"], name="order_by_buyer"),
            models.Index(
                fields=["confirm_receipt_by"], condition=Q(status="awaiting_receipt"), name="order_to_confirm"
            ),
        ]

    def get_absolute_url(self):
        return reverse("customer:order", args=[self.number])

    def move(self, name: str) -> None:
        """Take the named step and note it; raises IllegalMove. The caller holds the row's lock and saves."""
        self.step(name).save()

    def step(self, name: str) -> models.Model:
        """Take the named step; returns the note of it, not saved yet. For many orders at once."""
        before, self.status = self.status, ORDER_MOVES.target(name, self.status)
        return self.status_changes.model(order=self, old_status=before, new_status=self.status)

    def allows(self, name: str) -> bool:
        return ORDER_MOVES.allows(name, self.status)

    @property
    def state(self):
        return OrderState(self.status)

    @property
    def shop_name(self):
        """The shop as it calls itself in the reader's language; the name on the order if it is gone."""
        return self.seller.display_name if self.seller else self.seller_name

    @property
    def freight(self):
        return self.shipping_incl_tax

    @property
    def total(self):
        return self.total_incl_tax


class Line(AbstractLine):
    """One pack in an order, as it was when it was bought."""

    pack = models.CharField(_("Specification"), max_length=60, blank=True)
    title_en = models.CharField(max_length=255, blank=True)
    net_weight_g = models.PositiveIntegerField(null=True, blank=True)
    picture = models.CharField(max_length=255, blank=True)
    picture_is_sample = models.BooleanField(default=False)
    return_exempt = models.BooleanField(default=False)
    exemption_confirmed_at = models.DateTimeField(null=True, blank=True)
    ship_by = models.DateField(_("Pre-sale: sent by"), null=True, blank=True)

    class Meta(AbstractLine.Meta):
        app_label = "order"
        constraints = [
            CheckConstraint(condition=Q(quantity__gt=0), name="order_line_quantity_positive"),
            CheckConstraint(
                condition=Q(return_exempt=False) | Q(exemption_confirmed_at__isnull=False),
                name="order_line_exemption_confirmed",
            ),
        ]

    @property
    def picture_url(self):
        return picture_url(self.picture, small=True) if self.picture else ""

    @property
    def display_title(self):
        return localized(self, "title")


class ShippingAddress(ChineseAddress, AbstractShippingAddress):
    """Where one order goes: a snapshot, not a link into the address book."""

    area = AreaField(_("Region"), blank=True)

    class Meta(AbstractShippingAddress.Meta):
        abstract = False
        app_label = "order"


class SentParcels(models.Manager["Parcel"]):
    """Parcels on their way or arrived; those that were a mistake are left out."""

    def get_queryset(self):
        return super().get_queryset().filter(undone_at__isnull=True)


class Parcel(models.Model):
    """Some or all goods of an order on their way, with a carrier's number.

    One that was a mistake is taken back: it keeps its row for those who heard of it, and no list shows it.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="parcels")
    carrier = models.CharField(_("Courier"), max_length=20)
    tracking_number = models.CharField(_("Tracking number"), max_length=30)
    shipped_at = models.DateTimeField()
    shipped_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_resend = models.BooleanField(_("Re-send"), default=False)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = SentParcels()
    including_undone = models.Manager()

    class Meta:
        app_label = "order"
        verbose_name = _("Parcel")
        verbose_name_plural = _("Parcels")
        ordering = ["id"]
        base_manager_name = "including_undone"
        constraints = [
            UniqueConstraint(
                fields=["order", "carrier", "tracking_number"],
                condition=Q(undone_at__isnull=True),
                name="parcel_number_once_per_order",
            )
        ]
        indexes = [models.Index(fields=["tracking_number"], name="parcel_by_number")]

    def __str__(self):
        return f"{self.carrier} {self.tracking_number}"

    def can_be_undone(self, now) -> bool:
        """True while a mistake may still be taken back."""
        window = timedelta(minutes=settings.PARCEL_UNDO_MINUTES)
        return self.undone_at is None and not self.is_resend and now <= self.shipped_at + window


class ParcelLine(models.Model):
    """How many of an order line lie in a parcel."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="parcel_lines")
    quantity = models.PositiveIntegerField()

    class Meta:
        app_label = "order"
        constraints = [
            UniqueConstraint(fields=["parcel", "line"], name="parcel_line_once"),
            CheckConstraint(condition=Q(quantity__gt=0), name="parcel_line_quantity_positive"),
        ]

    def __str__(self):
        return f"{self.line} × {self.quantity}"


from oscar.apps.order.models import *  # noqa: E402,F403
