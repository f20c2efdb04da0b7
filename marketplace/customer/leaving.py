"""Closing an account: what stands in the way, and what becomes of everything that names the person.

Orders and what was paid stay, as the law asks of a shop, without her name, her numbers and the way to her door.
"""

from django.db import transaction
from django.db.models import Count, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from oscar.apps.basket.models import Basket

from marketplace.accounts import contacts
from marketplace.accounts.models import OneTimeCode, User
from marketplace.aftersales.models import Case
from marketplace.core import audit, events
from marketplace.core.models import Notice, NoticePreference
from marketplace.favourites.models import Favourite
from marketplace.order.models import Order, Purchase, ShippingAddress
from marketplace.order.states import OrderState
from marketplace.payment.models import Refund, RefundState
from marketplace.seller.capabilities import TeamRole
from marketplace.seller.models import Membership

from . import pictures

UNFINISHED = (OrderState.AWAITING_PAYMENT, OrderState.AWAITING_SHIPMENT, OrderState.AWAITING_RECEIPT)
HERE = "marketplace.customer.leaving"
OBSTACLES = [f"{HERE}.{name}" for name in ("orders_under_way", "open_cases", "refunds_owed", "shops", "duties")]
"""Functions by dotted name; each takes the person and returns sentences that say why she cannot leave yet. Others add theirs."""


class CannotClose(Exception):
    """Something of hers is not finished; ``reasons`` says what, in her language."""

    def __init__(self, reasons: list[str]):
        super().__init__("the account cannot be closed yet")
        self.reasons = reasons


def reasons(user: User) -> list[str]:
    """What has to be finished first; empty if nothing."""
    return [reason for name in OBSTACLES for reason in import_string(name)(user)]


def orders_under_way(user: User) -> list[str]:
    n = Order.objects.visible_to(user).filter(status__in=UNFINISHED).count()
    words = ngettext(
        "%(n)s order is not finished: pay it or cancel it, and confirm receipt once the goods are there.",
        "%(n)s orders are not finished: pay or cancel them, and confirm receipt once the goods are there.",
        n,
    )
    return [words % {"n": n}] if n else []


def open_cases(user: User) -> list[str]:
    n = Case.objects.visible_to(user).open().count()
    words = ngettext(
        "%(n)s after-sale case is still open.",
        "%(n)s after-sale cases are still open.",
        n,
    )
    return [words % {"n": n}] if n else []


def refunds_owed(user: User) -> list[str]:
    owed = Refund.objects.filter(attempt__purchase__buyer=user, state=RefundState.OWED).exists()
    return [_("A refund is still on its way to you.")] if owed else []


def shops(user: User) -> list[str]:
    """A shop must not be left with money, orders or goods and without an owner."""
    found = []
    for member in user.memberships.filter(role=TeamRole.OWNER).select_related("seller"):
        seller = member.seller
        if Membership.objects.filter(seller=seller, role=TeamRole.OWNER).exclude(user=user).exists():
            continue
        what = seller.accounts.aggregate(money=Count("pk", filter=~Q(fen=0)))["money"]
        if what:
            found.append(_("Your shop %(shop)s has money that is not settled yet.") % {"shop": seller.display_name})
        if Order.objects.of_seller(seller).filter(status__in=UNFINISHED).exists():
            found.append(_("Your shop %(shop)s has orders that are not finished.") % {"shop": seller.display_name})
        if seller.listings.live().exists():
            found.append(
                _("Your shop %(shop)s has goods on sale. Take them off the shelf, or make somebody else its owner.")
                % {"shop": seller.display_name}
            )
    return found


def duties(user: User) -> list[str]:
    has_duties = user.is_superuser or user.is_staff or user.role_grants.exists() or user.groups.exists()
    return [_("You hold a role as staff. Ask an operator to take it back first.")] if has_duties else []


@transaction.atomic
def close(*, user: User, by: User, at) -> None:
    """The account ends: nothing names the person any more, her contacts are free, her orders stay. Raises CannotClose."""
    user = User.objects.select_for_update().get(pk=user.pk)
    standing = reasons(user)
    if standing:
        raise CannotClose(standing)
    forget_what_was_hers(user)
    pictures.forget(user)
    unname_orders(user)
    unname(user, at)
    audit.record("account.closed", of=user, by=by)
    events.announce("account_closed", user=user.pk)


def forget_what_was_hers(user: User) -> None:
    """What served only herself is deleted."""
    hers = [contact.address for contact in contacts.of(user)]
    OneTimeCode.objects.filter(address__in=hers).delete()
    Notice.objects.filter(Q(user=user) | Q(address__in=hers)).delete()
    for things in (user.sessions, user.addresses, user.memberships, user.authenticator_set, user.recovery_codes):
        things.all().delete()
    for model in (Favourite, NoticePreference):
        model.objects.filter(user=user).delete()
    Basket.objects.filter(owner=user, purchase=None).delete()


def unname_orders(user: User) -> None:
    """Her orders keep goods, amounts, dates and the county they went to."""
    hers = Order.objects.visible_to(user)
    ShippingAddress.objects.filter(order__in=hers).update(
        first_name="", last_name="", line1="", phone_number="", notes="", search_text=""
    )
    hers.update(note="", guest_email="")
    Purchase.objects.visible_to(user).update(mobile="", email="")


def unname(user: User, at) -> None:
    """The row stays, so that orders keep their buyer; agreements end and stay as proof that they were given."""
    user.consents.filter(withdrawn_at=None).update(withdrawn_at=at)
    user.mobile = user.email = user.mobile_verified_at = user.email_verified_at = None
    user.nickname = user.first_name = user.last_name = ""
    user.is_active, user.closed_at = False, at
    user.set_unusable_password()
    user.save()
