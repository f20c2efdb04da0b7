"""Pictures a person showed us privately: once she leaves, nobody needs them, and they may show her, her name or her bank.

Cases are over by then (leaving.py waits for them) and transfers are booked; what was said and decided stays in words. Papers of a
shop that was opened stay with the shop: the law asks who sold, for three years.
"""

from functools import partial

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.aftersales.models import Case, CasePhoto
from marketplace.complaints.models import Complaint, ComplaintPhoto
from marketplace.core.private_files import private_storage
from marketplace.opening.models import Opening, OpeningState, Paper
from marketplace.order.models import Purchase
from marketplace.payment.models import PaymentAttempt
from marketplace.talk.models import MessagePhoto


def forget(user: User) -> int:
    """Delete them, in the caller's transaction; the files go when it is sure. Returns how many."""
    unopened = Opening.objects.filter(applicant=user).exclude(state=OpeningState.OPENED)
    photos = (
        CasePhoto.objects.filter(entry__case__in=Case.objects.visible_to(user), entry__side="buyer"),
        MessagePhoto.objects.filter(message__thread__buyer=user, message__side="buyer"),
        ComplaintPhoto.objects.filter(complaint__in=Complaint.objects.visible_to(user)),
        Paper.objects.filter(opening__in=unopened),
    )
    slips = PaymentAttempt.objects.filter(purchase__in=Purchase.objects.visible_to(user)).exclude(slip="")
    names = [name for shown in photos for name in shown.values_list("file", flat=True)]
    names += slips.values_list("slip", flat=True)
    for shown in photos:
        shown.delete()
    slips.update(slip="")
    unopened.delete()
    transaction.on_commit(partial(delete_files, names))
    return len(names)


def delete_files(names: list[str]) -> None:
    for name in names:
        private_storage().delete(name)
