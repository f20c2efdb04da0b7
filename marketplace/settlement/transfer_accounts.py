"""Opening a seller's account with Stripe and finding out whether it can receive. Nothing here runs inside a transaction."""

from django.conf import settings
from django.db import transaction

from marketplace.core import audit
from marketplace.payment import stripe_transfers as gateway

from .models import TransferAccount


@transaction.atomic
def row_for(*, seller, by, at) -> TransferAccount:
    """The seller's row, written before anybody is asked."""
    account, made = TransferAccount.objects.get_or_create(seller=seller, defaults={"opened_at": at, "opened_by": by})
    if made:
        audit.record("transfer_account.opened", of=account, by=by)
    return account


def page_for(*, seller, return_url: str, by, at) -> str:
    """Where the seller tells Stripe who she is. Raises gateway.Unavailable and gateway.Refused."""
    account = row_for(seller=seller, by=by, at=at)
    if not account.number:
        found = gateway.open_account(
            key=f"account-{account.key}", country=settings.TRANSFER_ACCOUNT_COUNTRY, seller=str(account.key)
        )
        note(account, found, at)
    return gateway.account_page(number=account.number, return_url=return_url)


def refresh(*, account: TransferAccount, at) -> TransferAccount:
    """Ask how the account stands. Raises gateway.Unavailable and gateway.Refused."""
    if account.number:
        note(account, gateway.account(account.number), at)
    return account


def note(account: TransferAccount, found: gateway.Account, at) -> None:
    account.number, account.can_receive, account.asked_at = found.number, found.can_receive, at
    account.save(update_fields=["number", "can_receive", "asked_at"])


def refresh_numbered(number: str, at) -> None:
    """The same for the number the provider's news names; one that is not ours is left alone."""
    account = TransferAccount.objects.filter(number=number).exclude(number="").first()
    if account is not None:
        refresh(account=account, at=at)
