"""A small shop to buy from: sellers with goods and freight, and buyers who press buttons."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from django.db import connection
from django.utils import timezone
from oscar.apps.address.models import Country
from oscar.apps.basket.models import Basket
from oscar.apps.catalogue.models import ProductClass

from marketplace.basket import actions as baskets
from marketplace.catalogue.models import Product
from marketplace.checkout import actions as checkout
from marketplace.checkout.pricing import price_basket
from marketplace.partner.models import Partner, StockRecord
from marketplace.shipping.models import FreightTemplate, FreightZone

HOME = checkout.Address(name="王样例", mobile="+8613800000001", area="230281", detail="示例路 8 号")


def country():
    """The country orders go to; transactional tests empty its table."""
    return Country.objects.get_or_create(iso_3166_1_a2="CN", defaults={"printable_name": "中国", "name": "中国"})[0]


def seller(name="样例粮铺", *, fee=None, **fields):
    """A seller; with ``fee`` she charges that much for the first kilogram and 2 yuan for each further one."""
    partner = Partner.objects.create(name=name, code=f"s{Partner.objects.count() + 1}", **fields)
    if fee is not None:
        template = FreightTemplate.objects.create(seller=partner, name="普通")
        FreightZone.objects.create(template=template, first_fee=Decimal(fee), extra_fee=Decimal("2.00"))
    return partner


def product(of, title="齐齐哈尔新米", *, price="59.90", stock=10, grams=5000, **fields):
    """A standalone product with one pack."""
    kind, _made = ProductClass.objects.get_or_create(name="农产品", defaults={"track_stock": True})
    goods = Product.objects.create(
        structure="standalone", title=title, seller=of, product_class=kind, net_weight_g=grams, pack="5kg/袋", **fields
    )
    StockRecord.objects.create(
        product=goods, partner=of, partner_sku=f"SKU-{goods.pk}", price=Decimal(price), num_in_stock=stock
    )
    return goods


def basket(*goods, owner=None, quantity=1):
    """An open basket holding ``quantity`` of each."""
    filled = Basket.objects.create(owner=owner)
    for each in goods:
        baskets.add(basket=filled, product=each, quantity=quantity)
    return filled


def order_form(of, *, address=HOME, **changes):
    """What the checkout form sends for a basket whose buyer has just looked at it."""
    return {
        "basket_token": checkout.token_for(of),
        "seen": price_basket(of, address.area[:2]).fingerprint,
        "address": address,
        "notes": {},
        "payment_method": "demo",
        "contact": "",
        "exempt_confirmed": False,
        "by": of.owner,
        "at": timezone.now(),
        "language": "zh-hans",
    } | changes


def buy(*goods, quantity=1, owner=None, **changes):
    """A purchase, placed."""
    country()
    return checkout.place_purchase(**order_form(basket(*goods, quantity=quantity, owner=owner), **changes))


def at_once(calls, workers=50):
    """Run the calls at the same time, each on a connection of its own; returns what each returned or raised."""

    def run(call):
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, calls))
