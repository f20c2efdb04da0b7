"""The ledger against the facts it writes down, and against itself."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import F, Q, Sum

from marketplace.core.money import to_fen, to_yuan
from marketplace.order.models import Order
from marketplace.order.states import OrderState
from marketplace.settlement import ledger
from marketplace.settlement.kinds import AccountKind, Place
from marketplace.settlement.models import Account, Entry, Payable, PayableState, Payout, Posting

from ..models import AttemptState, PaymentAttempt, Refund, RefundState
from .differences import Difference, Kind
from .orders import YUAN, exact, sum_of

PAID_BEFORE_CLOSING = Q(closed_at=None) | Q(closed_at__gte=F("purchase__paid_at"))


def paid_orders():
    """Orders whose money has arrived and was theirs."""
    paid = Q(purchase__paid_at__isnull=False) & PAID_BEFORE_CLOSING
    collected = Q(purchase__payment_method="cash", status=OrderState.COMPLETED)
    return Order.objects.filter(paid | collected).order_by("pk")


def refunded_and_closed() -> list[Order]:
    """Closed orders whose buyers have everything back while their sellers still have a share: the platform's discount."""
    closed = Order.objects.filter(status=OrderState.CLOSED, payable__due_fen__gt=0)
    given = closed.annotate(given=sum_of(Refund.objects.all(), "order", "amount", YUAN)).order_by("pk")
    return [order for order in given if exact(order.given) >= order.total]


def money_of(causes: str) -> dict[int, int]:
    """By the number in their cause, what postings moved from or to places, in fen: ``paid:order:7`` → {7: -4300}."""
    legs = Entry.objects.filter(account__kind=AccountKind.CLEARING, posting__cause__startswith=causes)
    sums = legs.order_by().values_list("posting__cause").annotate(fen=Sum("fen"))
    return {int(cause.removeprefix(causes)): fen for cause, fen in sums}


def orders() -> Iterator[Difference]:
    """Every paid order is written down, with what its buyer paid, and nothing else is."""
    written = money_of("paid:order:")
    free = set(Posting.objects.filter(cause__startswith="paid:order:").values_list("cause", flat=True))
    for pk, number, total in paid_orders().values_list("pk", "number", "total_incl_tax"):
        found = -written.pop(pk, 0)
        if found != to_fen(total) or f"paid:order:{pk}" not in free and total:
            yield Difference(Kind.LEDGER_ORDER, number, str(total), str(to_yuan(found)))
    for pk, fen in written.items():
        number = Order.objects.filter(pk=pk).values_list("number", flat=True).first() or str(pk)
        yield Difference(Kind.LEDGER_ORDER, number, "0.00", str(to_yuan(-fen)))


def refunds() -> Iterator[Difference]:
    """Every refund of an order was decided in the ledger; those that left, left there too."""
    owed = Entry.objects.filter(account__kind=AccountKind.BUYERS, posting__cause__startswith="refund:")
    decided = dict(owed.order_by().values_list("posting__cause").annotate(fen=Sum("fen")))
    sent = Counter[int]()
    for causes in ("refund-sent:", "reversal:refund-sent:", "refund-sent-again:"):
        sent.update(money_of(causes))
    for refund in Refund.objects.select_related("order", "attempt__purchase").order_by("pk"):
        fen = to_fen(refund.amount)
        name = refund.order.number if refund.order else refund.attempt.purchase.number
        if refund.order_id and decided.get(f"refund:{refund.pk}", 0) != fen:
            yield difference(Kind.LEDGER_REFUND, name, fen, decided.get(f"refund:{refund.pk}", 0))
        left = fen if refund.state == RefundState.DONE else 0
        if sent.get(refund.pk, 0) != left:
            yield difference(Kind.LEDGER_REFUND, name, left, sent.get(refund.pk, 0))


def surplus() -> Iterator[Difference]:
    """Money that was not owed lies with the buyers."""
    written = money_of("surplus:")
    found = PaymentAttempt.objects.filter(state=AttemptState.SURPLUS).select_related("purchase")
    for attempt in found.order_by("pk"):
        if -written.get(attempt.pk, 0) != to_fen(attempt.amount):
            fen = -written.get(attempt.pk, 0)
            yield difference(Kind.LEDGER_SURPLUS, attempt.purchase.number, to_fen(attempt.amount), fen)


def balances() -> Iterator[Difference]:
    """Kept balances are what the entries say, and nothing was rounded away."""
    true = ledger.recomputed()
    for account in Account.objects.order_by("pk"):
        if account.fen != true.get(account.pk, 0):
            yield difference(Kind.LEDGER_BALANCE, str(account), true.get(account.pk, 0), account.fen)
        if account.kind == AccountKind.ROUNDING and account.fen:
            yield difference(Kind.LEDGER_ROUNDING, str(account), 0, account.fen)


def sellers() -> Iterator[Difference]:
    """Held and available are what the shares say, leaving is what payouts under way say."""
    expected: dict[tuple[str, int | None], int] = defaultdict(int)
    states = {PayableState.HELD: AccountKind.HELD, PayableState.AVAILABLE: AccountKind.AVAILABLE}
    shares = Payable.objects.filter(state__in=states).order_by().values_list("state", "seller")
    for state, seller, fen in shares.annotate(fen=Sum("due_fen")):
        expected[states[PayableState(state)], seller] = fen
    for seller, fen in Payout.objects.under_way().order_by().values_list("seller").annotate(sum=Sum("fen")):
        expected[AccountKind.LEAVING, seller] = fen
    kinds = [AccountKind.HELD, AccountKind.AVAILABLE, AccountKind.LEAVING]
    for account in Account.objects.filter(kind__in=kinds).select_related("seller").order_by("pk"):
        due = expected.pop((account.kind, account.seller_id), 0)
        if due != account.fen:
            yield difference(
                Kind.LEDGER_SELLER, f"{account.seller.name} {account.get_kind_display()}", due, account.fen
            )
    for (kind, seller), fen in expected.items():
        if fen:
            yield difference(Kind.LEDGER_SELLER, f"{seller} {AccountKind(kind).label}", fen, 0)


def places() -> Iterator[Difference]:
    """What is owed to buyers is what refunds still have to send; couriers hold what they collected and did not hand over."""
    owed = fen_of(Refund.objects.filter(state=RefundState.OWED), "amount")
    buyers = ledger.balance(AccountKind.BUYERS)
    if buyers != owed:
        yield difference(Kind.LEDGER_BUYERS, "", owed, buyers)
    cash = fen_of(Payable.objects.filter(place=Place.COURIER, remittance=None), "order__total_incl_tax")
    courier = -ledger.balance(AccountKind.CLEARING, place=Place.COURIER)
    if courier != cash:
        yield difference(Kind.LEDGER_COURIER, "", cash, courier)


def fen_of(rows, column: str) -> int:
    """The sum of a column of yuan."""
    found = rows.aggregate(sum=Sum(column))["sum"]
    return to_fen(exact(found)) if found is not None else 0


def difference(kind: Kind, subject: str, expected: int, found: int) -> Difference:
    return Difference(kind, subject, str(to_yuan(expected)), str(to_yuan(found)))
