"""来路 of an order: from the buyer's door back to the shop and to the people who grew or made the goods."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.core.templatetags.yanxing import place
from marketplace.order.models import Order
from marketplace.order.states import OrderState


def chain(order: Order) -> list[dict]:
    """Links for the chain component. Asks nothing if lines, products and producers were fetched along."""
    return [*door(order), shop(order), *growers(order)]


def door(order: Order) -> list[dict]:
    """The buyer's end, once goods have set out."""
    if order.state == OrderState.COMPLETED:
        return [{"title": _("With you"), "note": day(order.received_at), "icon": "home", "state": "here"}]
    if order.state == OrderState.AWAITING_RECEIPT:
        return [
            {"title": _("On the way to you"), "note": order.shipping_address.place, "icon": "truck", "state": "here"}
        ]
    return []


def shop(order: Order) -> dict:
    """Who packs it."""
    note = _("Sent on %(day)s") % {"day": day(order.shipped_at)} if order.shipped_at else _("Packs your goods")
    return {
        "title": order.shop_name,
        "note": note if order.state != OrderState.CLOSED else "",
        "icon": "shop",
        "href": order.seller.get_absolute_url() if order.seller else "",
        "state": "" if door(order) else "here",
    }


def growers(order: Order) -> list[dict]:
    """Everybody whose goods are in the order, once; a good whose producer nobody recorded says so."""
    producers = dict.fromkeys(line.product.whole.producer if line.product else None for line in order.lines.all())
    return [
        {
            "title": producer.display_name,
            "note": " · ".join(filter(None, [str(producer.get_kind_display()), place(producer.area)])),
            "icon": "plant",
            "href": producer.get_absolute_url(),
        }
        if producer
        else {"title": _("Producer"), "state": "unknown"}
        for producer in producers
    ]


def day(at) -> str:
    return date_format(localtime(at), "DATE_FORMAT")
