"""Every payment, and everything that hangs on one."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from marketplace.payment.models import PaymentAttempt, ProviderEvent, StripeSession
from marketplace.settlement.models import Entry

from .forms import PaymentFilter


class PaymentList(ListView):
    """Newest first, by state and by number."""

    template_name = "oscar/dashboard/money/payments.html"
    context_object_name = "attempts"
    paginate_by = 30

    def get_queryset(self):
        self.form = PaymentFilter(self.request.GET)
        found = PaymentAttempt.objects.select_related("purchase").order_by("-id")
        if not self.form.is_valid():
            return found
        words, state = self.form.cleaned_data["q"].strip(), self.form.cleaned_data["state"]
        if words:
            found = found.filter(Q(purchase__number=words) | Q(reference=words) | Q(purchase__orders__number=words))
        return (found.filter(state=state) if state else found).distinct()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"form": self.form}


@require_safe
def payment(request, key):
    """One payment: its purchase, its refunds, what the provider told us, and what the ledger says."""
    attempt = get_object_or_404(PaymentAttempt.objects.select_related("purchase"), key=key)
    session = StripeSession.objects.filter(attempt=attempt).first()
    context = {
        "attempt": attempt,
        "orders": attempt.purchase.orders.order_by("id"),
        "refunds": attempt.refunds.select_related("order").order_by("id"),
        "session": session,
        "news": news_of(attempt, session),
        "entries": entries_of(attempt),
    }
    return render(request, "oscar/dashboard/money/payment.html", context)


def news_of(attempt: PaymentAttempt, session: StripeSession | None):
    """What the provider told us about its page and its money, newest first."""
    about = [number for number in (session.number, session.intent) if number] if session else []
    return ProviderEvent.objects.filter(Q(about__in=about) | Q(body__data__object__metadata__attempt=str(attempt.key)))


def entries_of(attempt: PaymentAttempt):
    """The ledger's entries for the purchase's orders and this payment, oldest first."""
    mine = Q(order__purchase=attempt.purchase_id) | Q(posting__cause=f"surplus:{attempt.pk}")
    fee = Q(posting__cause=f"fee:{attempt.reference}") if attempt.reference else Q(pk=None)
    found = Entry.objects.filter(mine | fee).select_related("posting", "account__seller", "order")
    return found.order_by("at", "id")
