"""Purchases of the demonstration, in every state, made by the same verbs that serve real buyers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from oscar.apps.basket.models import Basket

from marketplace.accounts.models import User
from marketplace.basket import actions as baskets
from marketplace.catalogue.models import Product
from marketplace.checkout import actions as checkout
from marketplace.checkout.pricing import price_basket
from marketplace.order import actions as orders
from marketplace.order.carriers import Carrier
from marketplace.order.models import Purchase
from marketplace.payment import actions as payments
from marketplace.promotions import vouchers

from . import accounts, promotions

GUEST = checkout.Address(name="孙虚构", mobile="+8613800000031", area="420106", detail="示范街 3 号")


@dataclass(frozen=True)
class Story:
    """Who bought what (key of a pack: quantity) how long ago, and what happened then."""

    buyer: str
    goods: dict[str, int]
    ago: timedelta
    then: tuple[str, ...] = ()
    method: str = "demo"
    vouchers: tuple[str, ...] = ()


def days(number: float) -> timedelta:
    return timedelta(days=number)


STORIES = (
    Story("01", {"qqhr-rice-5": 2, "yx-231086-07": 1, "yx-640521-32": 1}, days(34), ("pay", "ship", "receive")),
    Story("21", {"yx-610629-23": 1, "qqhr-rice-10": 1}, days(27), ("pay", "ship", "receive")),
    Story("22", {"yx-140430-11": 2}, days(21), ("ship", "receive"), "cash"),
    Story("01", {"yx-360722-21": 1, "nehe-potato-5": 1}, days(16), ("pay", "ship", "receive")),
    Story("22", {"yx-230184-05": 1, "yx-510117-38": 2}, days(12), ("leave",)),
    Story("21", {"yx-520327-35": 1, "yx-141124-31": 1}, days(9), ("pay", "call off")),
    Story("01", {"yx-640323-39": 1, "yx-140224-10": 1}, days(4), ("pay", "ship")),
    Story("", {"qqhr-rice-2.5": 1, "yx-370828-18": 1}, days(3), ("pay", "ship")),
    Story("21", {"yx-321281-40": 1, "yx-421182-17": 1}, days(1.5), ("pay",)),
    Story("01", {"yx-511722-09": 1, "yx-371102-20": 1}, days(1), ("pay",)),
    Story("22", {"yx-511722-09": 1}, days(0.6), (), "cash"),
    Story("21", {"qqhr-rice-5": 1}, days(0.8), ("pay",), vouchers=(promotions.SELLERS,)),
    Story("22", {"qqhr-rice-10": 1, "yx-371102-20": 1}, days(0.7), ("pay",), vouchers=(promotions.PLATFORMS,)),
    Story("01", {"yx-230129-06": 1, "yx-430923-36": 1}, days(0.2), (), "transfer"),
    Story("01", {"yx-522731-12": 1, "yx-650402-33": 1}, timedelta(minutes=1)),
)
"""Awaiting payment are the last two: one by transfer (72 hours), one online (30 minutes, then it closes by itself)."""


@transaction.atomic
def load() -> int:
    """Tell all stories once; returns how many purchases there are."""
    if not Purchase.objects.exists():
        now = timezone.now()
        for story in STORIES:
            tell(story, now - story.ago)
    return Purchase.objects.count()


def tell(story: Story, at: datetime) -> None:
    """Place the purchase, then do what the story says, one step after the other."""
    purchase = place(story, at)
    for hours, step in enumerate(story.then, start=1):
        STEPS[step](purchase, at + hours * timedelta(hours=9))


def place(story: Story, at: datetime) -> Purchase:
    """Fill a basket and press the button."""
    buyer = accounts.by_ending(story.buyer) if story.buyer else None
    address = address_of(buyer) if buyer else GUEST
    basket = Basket.objects.create(owner=buyer)
    for key, quantity in story.goods.items():
        baskets.add(basket=basket, product=Product.objects.get(upc=key), quantity=quantity)
    for code in story.vouchers:
        vouchers.enter(basket=basket, code=code, at=timezone.now())
    return checkout.place_purchase(
        basket_token=checkout.token_for(basket),
        seen=price_basket(basket, address.area[:2]).fingerprint,
        address=address,
        notes={},
        payment_method=story.method,
        contact="",
        exempt_confirmed=True,
        by=buyer,
        at=at,
        language="zh-hans",
    )


def address_of(buyer: User) -> checkout.Address:
    """Where a demo buyer has things sent: her first address."""
    entry = buyer.addresses.order_by("id")[0]
    return checkout.Address(name=entry.first_name, mobile=str(entry.phone_number), area=entry.area, detail=entry.line1)


def pay(purchase: Purchase, at: datetime) -> None:
    """Minutes after placing: an unpaid purchase would have closed by the next step's time."""
    soon = purchase.placed_at + timedelta(minutes=4)
    payments.complete(attempt=purchase.attempts.get(), at=soon)


def ship(purchase: Purchase, at: datetime) -> None:
    """Each seller sends her parcel; the numbers say that they are samples."""
    for order in purchase.orders.order_by("id"):
        number = f"DEMO{order.pk:08}"
        orders.ship(order=order, carrier=Carrier.ZTO, tracking_number=number, by=None, at=at)


def receive(purchase: Purchase, at: datetime) -> None:
    """Three days on the road; what is paid on delivery is paid then."""
    for order in purchase.orders.order_by("id"):
        received = orders.confirm_receipt(order=order, by=purchase.buyer, at=at + days(3))
        payments.collect_cash(order=received, at=at + days(3))


def leave(purchase: Purchase, at: datetime) -> None:
    """Never paid: the purchase closes when its time is over."""
    payments.close_if_overdue(purchase=purchase, at=purchase.pay_by)


def call_off(purchase: Purchase, at: datetime) -> None:
    """Paid, then one of the orders is cancelled before it was sent; its money goes back."""
    payments.cancel_order(order=purchase.orders.order_by("id")[0], by=purchase.buyer, at=at)


STEPS = {"pay": pay, "ship": ship, "receive": receive, "leave": leave, "call off": call_off}
