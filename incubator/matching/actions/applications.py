"""Registrations by the public form: sent, corrected, accepted or returned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.members.models import Cooperative, EcommercePartner
from marketplace.accounts import limits
from marketplace.accounts.visitors import network_of
from marketplace.core import audit, notices
from marketplace.core.models import NoticeKind
from marketplace.core.refusal import Refusal
from marketplace.core.states import IllegalMove

from ..models import APPLICATION_MOVES, Fair, FairApplication, FairPartner, FairProduct, FairState, Side
from .fairs import free_code, locked, open_for_changes

FROM_ONE_VISITOR = limits.Limit("fair-visitor", 20, timedelta(hours=1))
FROM_ONE_NETWORK = limits.Limit("fair-network", 60, timedelta(days=1))
FROM_ONE_PHONE = limits.Limit("fair-phone", 10, timedelta(days=1))
"""A village sends its forms from one office; one telephone stands for one cooperative with several goods."""
FROM_ONE_PERSON = limits.Limit("fair-person", 60, timedelta(days=1))
"""Who has signed in is counted alone: no stranger behind the same mast, or with her telephone, uses up what she may send."""
MOST_WAITING = 500
"""Forms of strangers; whoever has signed in with a number of her own is never turned away by them."""
CODES = {Side.PRODUCTS: "WP", Side.PARTNERS: "WE"}


def is_open(fair: Fair, on) -> bool:
    """True while anybody may register."""
    return fair.state == FairState.REGISTRATION and fair.held_on >= on


def counted_by(user, visitor: str, phone: str) -> list[tuple[limits.Limit, str]]:
    """What limits how many forms somebody sends."""
    if user is not None:
        return [(FROM_ONE_PERSON, f"user:{user.pk}")]
    return [(FROM_ONE_VISITOR, visitor), (FROM_ONE_NETWORK, network_of(visitor)), (FROM_ONE_PHONE, phone)]


@transaction.atomic
def send_application(
    *,
    fair: Fair,
    side: str,
    key: UUID,
    name: str,
    contact: str,
    phone: str,
    values: dict[str, Any],
    user,
    visitor: str,
    at,
    on,
) -> FairApplication:
    """Somebody asks to take part. The same form twice is one application. Raises Refusal, and limits.TooMany."""
    known = FairApplication.objects.filter(key=key, fair=fair, side=side).first()
    if known is not None:
        return known
    fair = locked(fair)
    if not is_open(fair, on):
        raise Refusal(_("Registration for this fair is closed."))
    if user is None and fair.applications.waiting().filter(user=None).count() >= MOST_WAITING:
        raise Refusal(
            _("Too many registrations are waiting to be checked. Sign in to register, or call the staff of the fair.")
        )
    limits.take(*counted_by(user, visitor, phone), at=at)
    made = FairApplication.objects.create(
        fair=fair, side=side, key=key, name=name, contact=contact, phone=phone, values=values, user=user, sent_at=at
    )
    audit.record("fair_application.sent", of=made, by=user, side=side)
    return made


def held(application: FairApplication) -> FairApplication:
    """The application as it stands, and nobody else decides it meanwhile."""
    return FairApplication.objects.select_for_update(of=("self",)).select_related("fair", "user").get(pk=application.pk)


def advance(application: FairApplication, move: str) -> None:
    try:
        application.state = APPLICATION_MOVES.target(move, application.state)
    except IllegalMove:
        raise Refusal(_("This registration has been decided meanwhile. Please look at it again.")) from None


@transaction.atomic
def correct_application(
    *, application: FairApplication, name: str, contact: str, phone: str, values: dict[str, Any], by, on
) -> FairApplication:
    """She sends it again with other words; it waits to be checked."""
    application = held(application)
    if not is_open(application.fair, on):
        raise Refusal(_("Registration for this fair is closed."))
    advance(application, "correct")
    application.name, application.contact, application.phone, application.values = name, contact, phone, values
    application.save()
    audit.record("fair_application.corrected", of=application, by=by)
    return application


@transaction.atomic
def withdraw_application(*, application: FairApplication, by) -> FairApplication:
    """She takes it back."""
    application = held(application)
    advance(application, "withdraw")
    application.save()
    audit.record("fair_application.withdrawn", of=application, by=by)
    return application


@transaction.atomic
def return_application(*, application: FairApplication, words: str, by, at, read: str | None = None) -> FairApplication:
    """Staff ask for a correction, and say which. ``read`` is the mark of what they read. Raises Refusal."""
    application = held(application)
    advance(application, "return")
    application.refuse_unread(read)
    if not words.strip():
        raise Refusal(_("Say what is to be corrected."))
    application.words, application.decided_by, application.decided_at = words.strip()[:300], by, at
    application.save()
    audit.record("fair_application.returned", of=application, by=by)
    tell(application, gettext_lazy("Your registration for %(fair)s needs a correction"))
    return application


@transaction.atomic
def accept_application(
    *,
    application: FairApplication,
    member: Cooperative | EcommercePartner | None,
    over: FairProduct | FairPartner | None,
    by,
    at,
    read: str | None = None,
) -> FairApplication:
    """It becomes an entry of the fair, of this member if one is named; ``over`` an entry that is there it only changes
    that one, so that a double is none. ``read`` is the mark of what staff read. Raises Refusal."""
    application = held(application)
    fair = open_for_changes(application.fair)
    advance(application, "accept")
    application.refuse_unread(read)
    entry = write_entry(application, fair, member, over)
    if application.side == Side.PRODUCTS:
        application.product = entry
    else:
        application.partner = entry
    application.decided_by, application.decided_at = by, at
    application.save()
    audit.record("fair_application.accepted", of=application, by=by, entry=entry.pk, over=over is not None)
    tell(application, gettext_lazy("You are registered for %(fair)s"))
    return application


def write_entry(application: FairApplication, fair: Fair, member, over):
    """The product or partner at the fair, checked once more."""
    is_product = application.side == Side.PRODUCTS
    model, column = (FairProduct, "cooperative") if is_product else (FairPartner, "partner")
    rows = fair.products if is_product else fair.partners
    if over is not None and over.fair_id != fair.pk:
        raise Refusal(_("This is an entry of another fair."))
    entry = over or model(fair=fair, code=free_code(rows, f"{CODES[Side(application.side)]}{application.pk:05}"))
    for name, value in application.values.items():
        setattr(entry, name, value)
    if member is not None:
        setattr(entry, column, member)
    try:
        entry.full_clean()
    except ValidationError as error:
        raise Refusal(next(iter(error.messages))) from None
    entry.save()
    return entry


def tell(application: FairApplication, words) -> None:
    """A notice to whoever sent it with an account; the others look at their page."""
    if application.user is not None:
        notices.tell(
            user=application.user,
            cause=f"fair_application:{application.pk}:{application.decided_at:%s}",
            subject=notices.saying(words, fair=lambda: application.fair.display_name),
            body=application.words,
            link=application.get_absolute_url(),
            kind=NoticeKind.TALK,
        )
