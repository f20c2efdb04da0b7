"""Paying sellers out: begin, a file for the bank, receipt numbers, or back."""

from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from marketplace.core import audit, tables
from marketplace.core.states import IllegalMove
from marketplace.dashboard.orders.forms import ReceiptForm
from marketplace.settlement import bank_files, doors, payouts
from marketplace.settlement.models import BankBatch, Payout, PayoutState

from .forms import PayoutFilter, ReasonForm


class PayoutList(ListView):
    """Newest first, by state; with the files for the bank and who could be paid out now."""

    template_name = "oscar/dashboard/money/payouts.html"
    context_object_name = "payouts"
    paginate_by = 30

    def get_queryset(self):
        self.form = PayoutFilter(self.request.GET)
        state = self.form.cleaned_data["state"] if self.form.is_valid() else ""
        found = Payout.objects.select_related("seller", "batch").order_by("-id")
        return found.filter(state=state) if state else found

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "batches": BankBatch.objects.order_by("-id")[:10],
            "waiting": Payout.objects.filter(state=PayoutState.ASKED, door__in=doors.by_hand()).count(),
            "ready": payouts.ready().count(),
        }


@require_POST
def begin(request):
    """A payout to every seller who has something available and can be reached."""
    begun, refused = payouts.begin_all(by=request.user, at=timezone.now())
    messages.success(request, ngettext("%(n)d payout begun.", "%(n)d payouts begun.", begun) % {"n": begun})
    for seller, why in refused:
        messages.warning(request, f"{seller.name}: {why}")
    return redirect("dashboard:money-payouts")


@require_POST
def export(request):
    """All payouts that wait for the bank, in one file."""
    batch = payouts.export(by=request.user, at=timezone.now())
    if batch is None:
        messages.info(request, _("No payout is waiting for the bank."))
    return redirect("dashboard:money-payouts")


@require_safe
def bank_file(request, pk):
    """The file of a batch. It holds account numbers, so reading it leaves a row in the audit trail."""
    batch = get_object_or_404(BankBatch, pk=pk)
    audit.record("payout.file_read", of=batch, by=request.user)
    return tables.csv_answer(f"{batch.number}.csv", bank_files.headers(), bank_files.rows(batch))


@require_safe
def payout(request, pk):
    """One payout with its shares."""
    found = get_object_or_404(Payout.objects.select_related("seller", "batch", "asked_by", "finished_by"), pk=pk)
    context = {
        "payout": found,
        "items": found.items.select_related("payable__order", "payable__adjustment").order_by("id"),
        "is_by_hand": found.door in doors.by_hand(),
    }
    return render(request, "oscar/dashboard/money/payout.html", context)


@require_POST
def arrived(request, pk):
    """The bank sent it, under this number."""
    found, form = get_object_or_404(Payout, pk=pk, door__in=doors.by_hand()), ReceiptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please type the bank's receipt number."))
        return redirect("dashboard:money-payout", pk=pk)
    try:
        payouts.arrive(payout=found, by=request.user, at=timezone.now(), **form.cleaned_data)
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
    except IntegrityError:
        messages.error(request, _("This receipt number was already used for another payout."))
    return redirect("dashboard:money-payout", pk=pk)


@require_POST
def taken_back(request, pk):
    """It has not left and will not."""
    found, form = get_object_or_404(Payout, pk=pk), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please give a reason."))
        return redirect("dashboard:money-payout", pk=pk)
    try:
        payouts.take_back(payout=found, by=request.user, at=timezone.now(), **form.cleaned_data)
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
    return redirect("dashboard:money-payout", pk=pk)
