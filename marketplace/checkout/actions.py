"""Order before money: one press writes one purchase with an order per seller and reserves the goods, then one pays."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.basket.models import Basket
from oscar.apps.order.models import OrderStatusChange

from marketplace.core import audit
from marketplace.order import actions as order_actions
from marketplace.order.models import Line, Order, Purchase, ShippingAddress, new_number
from marketplace.order.states import OrderState, PurchaseState
from marketplace.partner import stock
from marketplace.payment import actions as payments
from marketplace.payment import providers
from marketplace.promotions import counting as promotions
from marketplace.settlement import terms
from marketplace.sharing import actions as sharing

from .pricing import PricedLine, Quote, SellerGroup, fetch_pictures, price_basket

signer = Signer(salt="checkout.basket")
CHINA = "CN"


@dataclass(frozen=True)
class Address:
    """Where a purchase goes: recipient, mobile (E.164), code of the place, way to the door."""

    name: str
    mobile: str
    area: str
    detail: str


class LookAgain(Exception):
    """What the buyer saw is not what is true now, or something is missing. Nothing was ordered.

    ``quote`` is the basket as it is; ``for_people`` are sentences in the reader's language.
    """

    def __init__(self, quote: Quote, for_people: list[str]):
        super().__init__("; ".join(for_people))
        self.quote, self.for_people = quote, for_people


class UnknownBasket(Exception):
    """The form does not belong to a basket of this person."""


def token_for(basket) -> str:
    """Names a basket in a form; whoever sends it back again is led to the same purchase."""
    return signer.sign(str(basket.pk))


def address_of(basket) -> str:
    """Where a basket that holds one good alone is ordered."""
    return reverse("checkout:index", query={"alone": token_for(basket)})


def bought_alone(token: str, by) -> Basket | None:
    """The basket of a good that is wanted at once, until it is ordered; None if the token names no such basket of hers."""
    with suppress(UnknownBasket):
        return basket_named(token, by, Basket.objects.filter(status=Basket.FROZEN))
    return None


def ordered(token: str, by) -> Purchase | None:
    """What became of a good that was wanted at once, for who comes back to the form; None while it is not ordered."""
    with suppress(UnknownBasket):
        return Purchase.objects.filter(basket=basket_named(token, by, Basket.objects.all())).first()
    return None


def place_purchase(
    *,
    basket_token: str,
    seen: str,
    address: Address,
    notes: Mapping[int, str],
    payment_method: str,
    contact: str,
    exempt_confirmed: bool,
    by,
    at,
    language: str,
    shared: str = "",
) -> Purchase:
    """One purchase for one basket, however often and however many at once it is pressed.

    ``seen`` is the fingerprint of the quote the buyer looked at; ``notes`` are words to sellers by seller id; ``by`` is
    the buyer or None, ``shared`` the code of the share link she came by. Raises LookAgain when prices, freight, stock or shops changed or the exemption is not confirmed,
    UnknownBasket for a token that is not ours or another's basket.
    """
    try:
        with transaction.atomic():
            basket = locked_basket(basket_token, by)
            placed = Purchase.objects.filter(basket=basket).first()
            if placed is not None:
                return placed
            quote = price_basket(basket, address.area[:2], guest=address.mobile)
            refuse_unless_agreed(quote, seen, exempt_confirmed, payment_method)
            fetch_pictures(quote)  # before stock is locked
            reserve(quote)
            purchase = write_purchase(basket, quote, address, payment_method, contact, by, at, language)
            orders = write_orders(purchase, quote, address, notes, at)
            promotions.use(purchase=purchase, orders=orders, used=quote.promoted.used, at=at)
            sharing.carry(purchase=purchase, code=shared, at=at)
            payments.open_attempt(purchase=purchase)
            submit(basket, at)
            settle_without_waiting(purchase, at)
            audit.record("purchase.placed", of=purchase, by=by, orders=len(quote.groups))
    except promotions.UsedUp as gone:  # priced anew once everything above is undone
        raise LookAgain(price_basket(basket, quote.province, guest=address.mobile), [gone.for_people]) from gone
    return purchase


def locked_basket(token: str, by) -> Basket:
    """The basket a form names, locked: other presses of the same form wait here."""
    return basket_named(token, by, Basket.objects.select_for_update())


def basket_named(token: str, by, baskets) -> Basket:
    """The one of these baskets that a token names, if it is this buyer's. Raises UnknownBasket."""
    try:
        basket = baskets.get(pk=int(signer.unsign(token)))
    except (BadSignature, ValueError, Basket.DoesNotExist):
        raise UnknownBasket from None
    if basket.owner_id is not None and basket.owner_id != getattr(by, "pk", None):
        raise UnknownBasket
    return basket


def refuse_unless_agreed(quote: Quote, seen: str, exempt_confirmed: bool, payment_method: str) -> None:
    """Raise LookAgain with everything that stands in the way, so that it can be put right in one go."""
    words = list(quote.problems)
    if not quote.groups:
        words.append(_("Your basket is empty."))
    if quote.fingerprint != seen and not words:
        words.append(_("Prices, freight or quantities have changed. Please check the new total and submit again."))
    if quote.exempt_lines and not exempt_confirmed:
        words.append(_("Please confirm that fresh goods cannot be returned without a reason."))
    words += refused_method(quote, payment_method)
    if words:
        raise LookAgain(quote, words)


def refused_method(quote: Quote, payment_method: str) -> list[str]:
    """Why this way to pay is not possible for this basket; empty if it is."""
    try:
        refusal = providers.get(payment_method).refuses(quote.total, quote.province)
    except KeyError:
        return [_("Please choose a payment method.")]
    return [refusal] if refusal else []


def reserve(quote: Quote) -> None:
    """Take the goods from the shelf at the prices of the quote, or tell the buyer which one is gone."""
    wanted = [stock.Wanted(line.stock.pk, line.quantity, line.unit_price) for line in quote.lines if line.stock]
    try:
        stock.reserve(wanted)
    except stock.NotEnough as gone:
        title = next(
            line.product.display_title for line in quote.lines if line.stock and line.stock.pk == gone.stock_id
        )
        words = _("%(title)s was just bought by somebody else or changed its price.") % {"title": title}
        raise LookAgain(quote, [words]) from gone
    stock.tell_shelves(line.product.pk for line in quote.lines)


def write_purchase(basket, quote: Quote, address: Address, method: str, contact: str, by, at, language) -> Purchase:
    """The row that owes the money. Its total is the sum of what its orders will say."""
    time_to_pay = providers.get(method).time_to_pay
    return Purchase.objects.create(
        basket=basket,
        buyer=by,
        mobile=address.mobile,
        email=contact.lower(),  # as accounts know them, so that she finds her orders again
        language=language,
        payment_method=method,
        total=quote.total,
        state=PurchaseState.AWAITING_PAYMENT,
        placed_at=at,
        pay_by=at + time_to_pay if time_to_pay else at,
    )


def write_orders(purchase: Purchase, quote: Quote, address: Address, notes: Mapping[int, str], at) -> list[Order]:
    """One order per seller with address, lines and the terms of each line."""
    addresses = ShippingAddress.objects.bulk_create([address_row(address) for _group in quote.groups])
    orders = Order.objects.bulk_create(
        [
            order_row(purchase, group, row, notes.get(group.seller.pk, ""), at)
            for group, row in zip(quote.groups, addresses, strict=True)
        ]
    )
    OrderStatusChange.objects.bulk_create(
        [OrderStatusChange(order=order, old_status="", new_status=order.status) for order in orders]
    )
    lines = Line.objects.bulk_create(
        [line_row(order, line, at) for order, group in zip(orders, quote.groups, strict=True) for line in group.lines]
    )
    discounts = {row.pk: line.off for row, line in zip(lines, quote.lines, strict=True)}
    terms.freeze(lines, discounts=discounts, at=at)
    return orders


def address_row(address: Address) -> ShippingAddress:
    """A snapshot of where one order goes."""
    row = ShippingAddress(first_name=address.name, phone_number=address.mobile, line1=address.detail, country_id=CHINA)
    row.take_area(address.area)
    return row


def order_row(purchase: Purchase, group: SellerGroup, address: ShippingAddress, note: str, at) -> Order:
    """What one seller sends; prices include what tax there is, so both of Oscar's columns say the same."""
    freight = group.freight or Decimal("0.00")
    return Order(
        number=new_number(),
        purchase=purchase,
        seller=group.seller,
        seller_name=group.seller.name,
        user=purchase.buyer,
        guest_email=purchase.email,
        currency="CNY",
        goods_total=group.goods,
        discount=group.discount,
        shipping_incl_tax=freight,
        shipping_excl_tax=freight,
        total_incl_tax=group.subtotal,
        total_excl_tax=group.subtotal,
        shipping_address=address,
        shipping_method="seller",
        shipping_code="seller",
        status=OrderState.AWAITING_PAYMENT,
        note=note[:200],
        date_placed=at,
    )


def line_row(order: Order, line: PricedLine, at) -> Line:
    """One pack as it is today: renaming or repricing it later changes no order."""
    product, whole = line.product, line.product.whole
    picture = next(iter(whole.images.all()), None)
    return Line(
        order=order,
        partner=order.seller,
        partner_name=order.seller_name,
        partner_sku=line.stock.partner_sku if line.stock else "",
        stockrecord=line.stock,
        product=product,
        title=whole.title,
        title_en=whole.title_en,
        pack=product.pack,
        upc=product.upc,
        net_weight_g=product.net_weight_g,
        picture=picture.original.name if picture else "",
        picture_is_sample=bool(picture and picture.is_sample),
        quantity=line.quantity,
        num_allocated=line.quantity,
        status="",
        ship_by=whole.promised_by(timezone.localdate(at)),
        return_exempt=whole.return_exempt,
        exemption_confirmed_at=at if whole.return_exempt else None,
        unit_price_incl_tax=line.unit_price,
        unit_price_excl_tax=line.unit_price,
        line_price_incl_tax=line.total - line.discount,
        line_price_excl_tax=line.total - line.discount,
        line_price_before_discounts_incl_tax=line.total,
        line_price_before_discounts_excl_tax=line.total,
    )


def submit(basket, at) -> None:
    """The basket is spent; the next thing the buyer puts in opens a new one."""
    basket.status, basket.date_submitted = Basket.SUBMITTED, at
    basket.save(update_fields=["status", "date_submitted"])


def settle_without_waiting(purchase: Purchase, at) -> None:
    """Nothing to wait for: goods paid on delivery are packed at once, and a total of nothing is paid."""
    if providers.get(purchase.payment_method).time_to_pay is None:
        order_actions.confirm(purchase=purchase, at=at)
    elif purchase.total == 0:
        payments.complete(attempt=purchase.attempts.get(), at=at)
