"""What buyers, sellers, staff and time do with a case. Every verb locks the order first and the case second.

Money moves only through ``payments.refund_lines``, once per case and never above what was paid.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.states import IllegalMove
from marketplace.order import actions as orders
from marketplace.order.models import Order
from marketplace.order.states import OrderState
from marketplace.partner import stock
from marketplace.payment import actions as payments
from marketplace.payment.actions import Shares

from . import paying, rules
from .models import Case, CaseEntry, CaseLine
from .rules import Wish
from .states import TURNS, CaseState, Kind, Side
from .steps import AlreadyOpen, CaseRefused, locked_case, note, step

ZERO = Decimal("0.00")
AGREED = {
    Kind.REFUND: "agree_refund",
    Kind.COMPENSATION: "agree_refund",
    Kind.RETURN: "agree_return",
    Kind.RESEND: "agree_resend",
}


@transaction.atomic
def open_case(
    *,
    order: Order,
    kind: str,
    reason: str,
    text: str,
    wishes: Iterable[Wish],
    freight: Decimal = ZERO,
    photos: Iterable[ContentFile] = (),
    by,
    at,
) -> Case:
    """The buyer asks. ``by`` is None for a guest, ``photos`` are safe copies (core.images).

    One open case per order, however often and however many at once it is pressed: raises AlreadyOpen with that one,
    CaseRefused for what the rules or the amounts do not allow.
    """
    order = orders.locked_order(order.pk)
    existing = order.cases.open().first()
    if existing is not None:
        raise AlreadyOpen(existing)
    wishes, photos = list(wishes), list(photos)[: rules.MOST_PHOTOS]
    refuse_unless_allowed(order, kind, reason, wishes, freight, len(photos), at)
    due = at + TURNS[CaseState.ASKED].within
    case = Case.objects.create(order=order, kind=kind, reason=reason, freight_asked=freight, opened_at=at, due_at=due)
    CaseLine.objects.bulk_create(
        [CaseLine(case=case, line=wish.line, quantity=wish.quantity, asked=wish.amount) for wish in wishes]
    )
    orders.hold_receipt(order=order)
    note(case, "open", Side.BUYER, by, at, text, photos)
    audit.record("case.opened", of=case, by=by, kind=kind, reason=reason)
    return case


def refuse_unless_allowed(order, kind, reason, wishes: list[Wish], freight: Decimal, photos: int, at) -> None:
    """Raise CaseRefused for what the rules forbid, and for more money than was paid and is left."""
    sent = order.parcels.exists()
    why_not = rules.refusal(order, kind, reason, wishes, something_sent=sent, photos=photos, at=at)
    if why_not:
        raise CaseRefused(why_not)
    if kind == Kind.RESEND:
        if freight or any(wish.amount for wish in wishes):
            raise CaseRefused(_("Goods that are sent again are not refunded as well."))
        return
    refuse_unless_left(order, Shares({wish.line.pk: wish.amount for wish in wishes}, freight))


def refuse_unless_left(order: Order, wanted: Shares) -> None:
    """Raise CaseRefused unless the order was paid and has these amounts left."""
    left = payments.refundable(order)
    if not left.total and order.purchase.paid_at is None and order.status != OrderState.COMPLETED:
        raise CaseRefused(_("Nothing was paid yet. If you paid the courier, confirm receipt first and ask again."))
    if not wanted.total:
        raise CaseRefused(_("Please give an amount above zero."))
    if not left.holds(wanted):
        raise CaseRefused(_("This is more than was paid for these goods and not yet refunded."))


@transaction.atomic
def agree(*, case: Case, by, at, text: str = "", return_address: str = "") -> Case:
    """The shop gives what is asked for: the money at once, or once the goods are back; or it will send again.

    Goods can only come back to an address: raises CaseRefused without.
    """
    case = locked_case(case)
    move = AGREED[Kind(case.kind)]
    refuse_unless(case, move)
    if move == "agree_return":
        take_address(case, return_address)
    if move == "agree_refund":
        paying.pay(case, paying.asked(case), by, at)
    elif move == "agree_return":
        paying.remember(case, paying.asked(case))
    step(case, move, Side.SELLER, by, at, text)
    return case


def take_address(case: Case, address: str) -> None:
    """Where goods go back to. The caller saves the case."""
    if not address.strip():
        raise CaseRefused(_("Please say where the goods should be sent."))
    case.return_address = address.strip()[:200]


@transaction.atomic
def name_address(*, case: Case, address: str, by, at) -> Case:
    """The shop says where goods go back to, or mends it, while they are still to be sent."""
    case = locked_case(case)
    refuse_unless(case, "send_back")
    take_address(case, address)
    case.save(update_fields=["return_address"])
    audit.record("case.return_address", of=case, by=by, at=at)
    return case


@transaction.atomic
def offer(*, case: Case, amounts: Mapping[int, Decimal], freight: Decimal = ZERO, by, at, text: str = "") -> Case:
    """The shop proposes these amounts in yuan by order line, to be paid without sending anything back.

    It can be changed until the buyer answers. Raises CaseRefused for more than is left to refund.
    """
    case = locked_case(case)
    refuse_unless(case, "offer")
    offered = Shares({line.line_id: amounts.get(line.line_id, ZERO) for line in case.lines.all()}, freight)
    refuse_unless_left(case.order, offered)
    paying.remember(case, offered)
    step(case, "offer", Side.SELLER, by, at, text)
    return case


@transaction.atomic
def accept(*, case: Case, by, at, side: Side = Side.BUYER) -> Case:
    """The buyer takes the offer and is paid."""
    case = locked_case(case)
    refuse_unless(case, "accept")
    paying.pay(case, paying.agreed(case), by, at)
    step(case, "accept", side, by, at)
    return case


@transaction.atomic
def refuse(*, case: Case, by, at, text: str) -> Case:
    """The shop says no, and why. The buyer may ask staff to decide."""
    return plain_step(case, "refuse", Side.SELLER, by, at, required(text))


@transaction.atomic
def send_back(*, case: Case, carrier: str, tracking_number: str, by, at) -> Case:
    """The buyer has handed the goods to a courier."""
    case = locked_case(case)
    case.return_carrier, case.return_number = carrier, tracking_number
    step(case, "send_back", Side.BUYER, by, at)
    return case


@transaction.atomic
def take_back(*, case: Case, restock: bool, by, at, text: str = "") -> Case:
    """The goods are back: the buyer is paid; with ``restock`` they are for sale again."""
    case = locked_case(case)
    refuse_unless(case, "take_back")
    paying.pay(case, paying.agreed(case), by, at)
    if restock:
        put_back(case)
    step(case, "take_back", Side.SELLER, by, at, text)
    return case


def put_back(case: Case) -> None:
    """Returned pieces go to the shelf they came from."""
    returned = [(each.line, each.quantity) for each in case.lines.select_related("line")]
    stock.put_back(stock.Wanted(line.stockrecord_id, n) for line, n in returned if line.stockrecord_id)
    stock.tell_shelves(line.product_id for line, _n in returned if line.product_id)
    case.restocked = True


@transaction.atomic
def refuse_return(*, case: Case, by, at, text: str) -> Case:
    """What came back is not what was sent, says the shop, and why."""
    return plain_step(case, "refuse_return", Side.SELLER, by, at, required(text))


@transaction.atomic
def resend(*, case: Case, carrier: str, tracking_number: str, by, at) -> Case:
    """The goods are sent once more. Raises CaseRefused when there are not enough left."""
    case = locked_case(case)
    refuse_unless(case, "resend")
    quantities = {line.line_id: line.quantity for line in case.lines.all()}
    try:
        case.resend = orders.send_again(
            order=case.order, carrier=carrier, tracking_number=tracking_number, quantities=quantities, by=by, at=at
        )
    except stock.NotEnough as gone:
        raise CaseRefused(_("There is not enough stock to send it again. Offer a refund instead.")) from gone
    step(case, "resend", Side.SELLER, by, at)
    return case


@transaction.atomic
def confirm_resend(*, case: Case, by, at) -> Case:
    """What was sent again has arrived; all is well."""
    return plain_step(case, "confirm_resend", Side.BUYER, by, at)


@transaction.atomic
def withdraw(*, case: Case, by, at) -> Case:
    """The buyer gives up her request; she may ask again later."""
    return plain_step(case, "withdraw", Side.BUYER, by, at)


@transaction.atomic
def escalate(*, case: Case, by, at, text: str) -> Case:
    """The two do not agree: platform staff shall decide."""
    return plain_step(case, "escalate", Side.BUYER, by, at, required(text))


@transaction.atomic
def decide(
    *, case: Case, outcome: str, amounts: Mapping[int, Decimal], freight: Decimal = ZERO, by, at, text: str
) -> Case:
    """Staff end a case with reasons: ``outcome`` is "refund", "return" (paid once the goods are back) or "rejection".

    ``amounts`` in yuan by order line count for the first two. Raises CaseRefused for more than is left to refund.
    """
    case = locked_case(case)
    move = f"decide_{outcome}"
    refuse_unless(case, move)
    text = required(text)
    shares = Shares({line.line_id: amounts.get(line.line_id, ZERO) for line in case.lines.all()}, freight)
    if outcome != "rejection":
        refuse_unless_left(case.order, shares)
    if outcome == "refund":
        paying.pay(case, shares, by, at)
    elif outcome == "return":
        paying.remember(case, shares)
    step(case, move, Side.STAFF, by, at, text)
    return case


@transaction.atomic
def say(*, case: Case, side: Side, text: str, photos: Iterable[ContentFile] = (), by, at) -> CaseEntry:
    """A word or a picture in between; nothing moves. Closed cases hear nothing more: raises IllegalMove."""
    case = locked_case(case)
    if not case.is_open:
        raise IllegalMove("say", case.state)
    photos = list(photos)[: rules.MOST_PHOTOS]
    return note(case, "", side, by, at, text if photos and not text else required(text), photos)


def plain_step(case: Case, move: str, side: Side, by, at, text: str = "") -> Case:
    """A move that only changes the state."""
    case = locked_case(case)
    step(case, move, side, by, at, text)
    return case


def required(text: str) -> str:
    """Reasons are part of the deed: raises CaseRefused without."""
    if not text.strip():
        raise CaseRefused(_("Please say why."))
    return text.strip()


def refuse_unless(case: Case, move: str) -> None:
    """Raise IllegalMove before anything is written."""
    if not case.allows(move):
        raise IllegalMove(move, case.state)
