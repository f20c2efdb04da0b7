"""Short ways to say what the ledger should hold."""

from marketplace.core.money import to_yuan
from marketplace.settlement.kinds import AccountKind
from marketplace.settlement.models import Account, Entry


def holds(kind: str, seller=None, place: str = "") -> str:
    """What an account holds, in yuan as text: "153.21"."""
    found = Account.objects.filter(kind=kind, seller=seller, place=place).first()
    return str(to_yuan(found.fen if found else 0))


def books() -> dict[str, str]:
    """Everything that is not zero, by account in words: {"held 甲店": "10.00"}."""
    words = {}
    for account in Account.objects.select_related("seller").exclude(fen=0):
        whose = account.seller.name if account.seller else account.place
        words[f"{account.kind} {whose}".strip()] = str(account.yuan)
    return words


def all_adds_up() -> bool:
    """Entries add up to zero, and kept balances are what the entries say."""
    sums: dict[int, int] = {}
    for account, fen in Entry.objects.order_by().values_list("account", "fen"):
        sums[account] = sums.get(account, 0) + fen
    kept = dict(Account.objects.values_list("pk", "fen"))
    rounding = Account.objects.filter(kind=AccountKind.ROUNDING).exclude(fen=0).exists()
    return sum(sums.values()) == 0 and kept == {pk: sums.get(pk, 0) for pk in kept} and not rounding
