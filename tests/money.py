"""Short ways to say what the ledger should hold."""

from typing import ClassVar

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.money import to_yuan
from marketplace.settlement import adjustments
from marketplace.settlement.doors import Fate, Returned, Sent
from marketplace.settlement.kinds import AccountKind
from marketplace.settlement.models import Account, BankAccount, Entry


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


class PretendDoor:
    """A provider's door for tests: what ``fates`` and ``covers`` say is what it answers; ``asked`` is what it was asked."""

    code, place, is_by_hand, can_recall, label = "pretend", "pretend", False, True, "Pretend"
    fates: ClassVar[list] = []
    covers: ClassVar[list] = []
    asked: ClassVar[list] = []

    def refuses(self, seller):
        return ""

    def send(self, payout):
        self.asked.append(("send", payout.key))
        fate = self.fates.pop(0) if self.fates else Fate.SENT
        parts = {item.pk: f"tr_{item.pk}" for item in payout.items.all() if item.fen}
        return Sent(fate, f"po_{payout.pk}", parts if fate is Fate.SENT else {}, "refused by the provider")

    def recall(self, recall):
        self.asked.append(("recall", recall.fen))
        return Returned(self.covers.pop(0) if self.covers else recall.fen, f"trr_{recall.pk}")


def pretend(settings, *, fates=(), covers=()):
    """Make the pretended door the only way out."""
    settings.PAYOUT_DOORS = ["tests.money.PretendDoor"]
    PretendDoor.fates[:], PretendDoor.covers[:], PretendDoor.asked[:] = fates, covers, []


def owe(seller, fen: int):
    """Let a seller have ``fen`` available, by an adjustment of two persons."""
    one, another = (
        User.objects.get_or_create(mobile=f"+861390000004{n}", defaults={"nickname": f"示例财务{n}"})[0]
        for n in range(2)
    )
    proposed = adjustments.propose(seller=seller, fen=fen, reason="样例", by=one, at=timezone.now())
    return adjustments.decide(adjustment=proposed, agree=True, by=another, at=timezone.now())


def give_account(seller):
    """Let a seller have an account at a bank."""
    BankAccount.objects.create(
        seller=seller,
        holder="王样例",
        bank="示例银行讷河支行",
        number="6222000000000001",
        last_four="0001",
        added_at=timezone.now(),
    )
    return seller
