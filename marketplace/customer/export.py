"""Everything the site keeps about a person, for herself: once for machines (JSON), once for people (a page to read).

Packages above add their own parts by name to ``SOURCES``. Whatever the number of orders, each part costs the same few queries.
"""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.accounts import devices
from marketplace.aftersales.models import Case
from marketplace.core import audit
from marketplace.core.models import Notice, NoticePreference
from marketplace.favourites.models import Favourite
from marketplace.order.carriers import name_of
from marketplace.order.models import Line, Order, Parcel
from marketplace.order.templatetags.order_words import order_state, payment_method
from marketplace.payment.models import Refund

HERE = "marketplace.customer.export"
ABOUT_HER = (
    "account addresses orders order_lines parcels refunds cases favourites notices notice_ways consents sessions"
)
WORDS = "marketplace.customer.words"
SOURCES = [f"{HERE}.{name}" for name in ABOUT_HER.split()]
SOURCES += ["marketplace.complaints.export.complaints", "marketplace.invoices.export.invoices"]
SOURCES += [f"{WORDS}.{name}" for name in ("reviews", "questions", "messages")]
"""Functions by dotted name; each takes the person and returns a Part."""


@dataclass(frozen=True)
class Part:
    """One table: ``columns`` maps the name of each column to its heading, rows hold plain values in the same order."""

    name: str
    title: str
    columns: dict[str, str]
    rows: list[tuple]

    @property
    def records(self) -> list[dict]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def archive(*, user, at) -> bytes:
    """A ZIP with both, noted in the audit trail."""
    parts = [import_string(source)(user) for source in SOURCES]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        records = {"made_at": at} | {part.name: part.records for part in parts}
        file.writestr("yanxing.json", json.dumps(records, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        file.writestr("yanxing.html", render_to_string("marketplace/customer/export.html", {"parts": parts, "at": at}))
    audit.record("account.exported", of=user, by=user)
    return packed.getvalue()


def text(value) -> str:
    return str(value or "")


def account(user) -> Part:
    columns = {
        "mobile": _("Mobile number"),
        "mobile_verified_at": _("Mobile number verified"),
        "email": _("E-mail address"),
        "email_verified_at": _("E-mail address verified"),
        "nickname": _("Nickname"),
        "real_name": _("Real name"),
        "joined_at": _("Joined"),
    }
    verified = user.mobile_verified_at, user.email_verified_at
    row = (
        text(user.mobile),
        verified[0],
        text(user.email),
        verified[1],
        user.nickname,
        user.first_name,
        user.date_joined,
    )
    return Part("account", _("Account"), columns, [row])


def addresses(user) -> Part:
    columns = {
        "recipient": _("Recipient"),
        "mobile": _("Mobile number"),
        "address": _("Delivery address"),
        "label": _("Label"),
        "is_default": _("Default"),
    }
    rows = [
        (each.recipient, text(each.phone_number), each.one_line, each.label, each.is_default_for_shipping)
        for each in user.addresses.order_by("pk")
    ]
    return Part("addresses", _("Address book"), columns, rows)


def orders(user) -> Part:
    columns = {
        "number": _("Order number"),
        "placed_at": _("Order placed at"),
        "state": _("Status"),
        "shop": _("Shop"),
        "goods": _("Subtotal"),
        "discount": _("Discount"),
        "freight": _("Delivery fee"),
        "total": _("Total"),
        "payment_method": _("Payment method"),
        "recipient": _("Recipient"),
        "mobile": _("Mobile number"),
        "address": _("Delivery address"),
        "note": _("Note to seller"),
    }
    hers = Order.objects.visible_to(user).select_related("purchase", "shipping_address").order_by("pk")
    return Part("orders", _("My orders"), columns, [order_row(order) for order in hers])


def order_row(order: Order) -> tuple:
    to = order.shipping_address
    way = payment_method(order.purchase.payment_method) if order.purchase else ""
    paid = order.goods_total, order.discount, order.freight, order.total, text(way)
    there = (to.recipient, text(to.phone_number), to.one_line) if to else ("", "", "")
    return (
        order.number,
        order.date_placed,
        text(order_state(order.status)),
        order.seller_name,
        *paid,
        *there,
        order.note,
    )


def order_lines(user) -> Part:
    columns = {
        "order": _("Order number"),
        "title": _("Product"),
        "pack": _("Specification"),
        "price": _("Price"),
        "quantity": _("Quantity"),
    }
    hers = Line.objects.filter(order__user=user).select_related("order").order_by("order", "pk")
    rows = [(each.order.number, each.title, each.pack, each.unit_price_incl_tax, each.quantity) for each in hers]
    return Part("order_lines", _("Goods ordered"), columns, rows)


def parcels(user) -> Part:
    columns = {
        "order": _("Order number"),
        "courier": _("Courier"),
        "number": _("Tracking number"),
        "shipped_at": _("Sent"),
    }
    hers = Parcel.objects.filter(order__user=user).select_related("order").order_by("pk")
    rows = [(each.order.number, name_of(each.carrier), each.tracking_number, each.shipped_at) for each in hers]
    return Part("parcels", _("Parcels"), columns, rows)


def refunds(user) -> Part:
    columns = {
        "order": _("Order number"),
        "amount": _("Amount"),
        "state": _("Status"),
        "asked_at": _("Begun"),
        "done_at": _("Made"),
    }
    hers = Refund.objects.filter(attempt__purchase__buyer=user).select_related("order").order_by("pk")
    rows = [
        (
            each.order.number if each.order else "",
            each.amount,
            text(each.get_state_display()),
            each.created_at,
            each.done_at,
        )
        for each in hers
    ]
    return Part("refunds", _("Refunds"), columns, rows)


def cases(user) -> Part:
    columns = {
        "number": _("Case number"),
        "order": _("Order number"),
        "kind": _("What you ask for"),
        "reason": _("Reason for refund"),
        "state": _("Status"),
        "opened_at": _("Begun"),
        "said": _("What was said"),
    }
    hers = Case.objects.visible_to(user).select_related("order").prefetch_related("entries").order_by("pk")
    return Part("cases", _("Refunds and after-sales"), columns, [case_row(case) for case in hers])


def case_row(case: Case) -> tuple:
    said = " / ".join(f"{entry.get_side_display()}: {entry.text}" for entry in case.entries.all() if entry.text)
    words = text(case.get_kind_display()), text(case.get_reason_display()), text(case.get_state_display())
    return case.number, case.order.number, *words, case.opened_at, said


def favourites(user) -> Part:
    columns = {"product": _("Product"), "added_at": _("Kept since")}
    rows = [(each.product.title, each.added_at) for each in Favourite.objects.of(user).select_related("product")]
    return Part("favourites", _("Favourites"), columns, rows)


def notices(user) -> Part:
    columns = {
        "at": pgettext("moment", "Time"),
        "way": _("Way"),
        "address": _("Sent to"),
        "subject": _("Subject"),
        "body": _("Text"),
        "read_at": _("Read"),
    }
    rows: Iterable[Notice] = Notice.objects.filter(user=user).order_by("pk")
    told = [(e.created_at, text(e.get_channel_display()), e.address, *e.said.values(), e.read_at) for e in rows]
    return Part("notices", _("Notices"), columns, told)


def notice_ways(user) -> Part:
    known = getattr(user, "notice_preference", None) or NoticePreference()
    rows = [("email", ", ".join(known.by_email)), ("sms", ", ".join(known.by_sms))]
    return Part("notice_ways", _("How you want to be told"), {"way": _("Way"), "kinds": _("Kinds")}, rows)


def consents(user) -> Part:
    columns = {
        "purpose": _("Purpose"),
        "version": _("Version"),
        "given_at": _("Agreed on"),
        "withdrawn_at": _("Withdrawn on"),
    }
    rows = [(each.purpose, each.text_version, each.given_at, each.withdrawn_at) for each in user.consents.all()]
    return Part("consents", _("Agreements"), columns, rows)


def sessions(user) -> Part:
    columns = {"device": _("Device"), "began_at": _("Signed in")}
    rows = [(devices.called(each.agent), each.began_at) for each in user.sessions.order_by("began_at")]
    return Part("sessions", _("Where you are signed in"), columns, rows)
