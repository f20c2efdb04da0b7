"""Where a seller's money goes by bank: replaced, never changed, with the consent of who typed it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, consent, notices
from marketplace.core.models import NoticeKind
from marketplace.partner.models import Partner

from .models import BankAccount

PURPOSE, TEXT_VERSION = "bank_account", "2026-11"


@transaction.atomic
def replace(*, seller, holder: str, bank: str, number: str, by, at) -> BankAccount:
    """From now on payouts go there; a payout in a file already made goes where the file says. The same account changes nothing."""
    Partner.objects.select_for_update().get(pk=seller.pk)  # where there is no account yet, no row of it can be locked
    current = BankAccount.objects.select_for_update().filter(seller=seller, replaced_at=None).first()
    if current and (current.holder, current.bank, current.number) == (holder, bank, number):
        return current
    if current:
        current.replaced_at = at
        current.save(update_fields=["replaced_at"])
    consent.give(purpose=PURPOSE, version=TEXT_VERSION, user=by, at=at)
    account = BankAccount.objects.create(
        seller=seller, holder=holder, bank=bank, number=number, last_four=number[-4:], added_at=at, added_by=by
    )
    audit.record("bank_account.replaced" if current else "bank_account.added", of=account, by=by)
    notices.tell(
        user=by,
        cause=f"bank_account:{account.pk}",
        subject=_("The payout account of your shop has changed"),
        body=notices.saying(
            _("Payouts now go to the account that ends in %(digits)s. If it was not you, write to us at once."),
            digits=account.last_four,
        ),
        kind=NoticeKind.SAFETY,
    )
    return account
