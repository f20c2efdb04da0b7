"""Bank transfer to the seller's own account: staff export a file for the bank and note its receipt numbers."""

from django.utils.translation import gettext as _

from ..kinds import Place
from ..models import BankAccount
from .interface import Fate, Returned, Sent


class BankDoor:
    """Slow, and open to every seller with an account at a bank."""

    code = "bank"
    place = Place.BANK
    is_by_hand = True
    can_recall = False

    @property
    def label(self):
        return _("Bank transfer")

    def refuses(self, seller) -> str:
        return "" if BankAccount.objects.current(seller) else _("Please add a bank account first.")

    def send(self, payout) -> Sent:
        """A person sends it."""
        return Sent(Fate.PENDING)

    def recall(self, recall) -> Returned:
        """What is on her bank account is hers; she owes it from the next payout."""
        return Returned(0)
