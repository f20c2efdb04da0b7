"""What the bank is given to pay sellers out: one row per payout of a batch."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from .models import BankAccount, BankBatch


def headers() -> list[str]:
    return [
        _("Payout number"),
        _("Account holder"),
        _("Bank and branch"),
        _("Account number"),
        _("Amount"),
        _("Seller"),
    ]


def rows(batch: BankBatch) -> Iterator[list[str]]:
    """To the account each seller had when the batch was made; one changed later changes nothing here."""
    accounts = accounts_at(batch)
    for payout in batch.payouts.select_related("seller").order_by("pk"):
        account = accounts.get(payout.seller_id)
        to = [account.holder, account.bank, account.number] if account else ["", "", ""]
        yield [payout.number, *to, str(payout.amount), payout.seller.name]


def accounts_at(batch: BankBatch) -> dict[int, BankAccount]:
    """By seller, the account in use when the batch was made."""
    used = Q(added_at__lte=batch.made_at) & (Q(replaced_at=None) | Q(replaced_at__gt=batch.made_at))
    found = BankAccount.objects.filter(used, seller__payouts__batch=batch).order_by("added_at")
    return {account.seller_id: account for account in found}
