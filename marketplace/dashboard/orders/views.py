"""Operators' pages: every order, parcels, transfers to confirm, refunds to make."""

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Q
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from marketplace.core import audit, tables
from marketplace.core.states import IllegalMove
from marketplace.order import actions as orders
from marketplace.order.models import Order
from marketplace.payment import actions as payments
from marketplace.payment.models import AttemptState, PaymentAttempt, Refund
from marketplace.payment.providers.transfer import code_of

from .forms import OrderFilter, ParcelForm, ReceiptForm

MOST_EXPORTED = 50_000


def wanted(form: OrderFilter):
    """The orders a filter asks for, the newest first; none for a filter that was filled in wrongly."""
    found = Order.objects.select_related("seller", "purchase").order_by("-date_placed", "-id")
    if not form.is_valid():
        return found.none()
    asked = form.cleaned_data
    if words := asked["q"].strip():
        found = found.filter(Q(number=words) | Q(purchase__number=words) | Q(seller__name__icontains=words))
    days = {
        "date_placed__date__gte": asked["since"],
        "date_placed__date__lte": asked["until"],
        "status": asked["state"],
    }
    return found.filter(**{name: value for name, value in days.items() if value})


class OrderList(ListView):
    """All orders, newest first, by state, days and number or seller."""

    template_name = "oscar/dashboard/orders/list.html"
    context_object_name = "orders"
    paginate_by = 30

    def get_queryset(self):
        self.form = OrderFilter(self.request.GET)
        return wanted(self.form).select_related("shipping_address")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"form": self.form}


@require_safe
def export(request):
    """The orders of the list as a table without buyers, noted in the audit trail."""
    found = wanted(OrderFilter(request.GET))[:MOST_EXPORTED]
    headers = [
        _("Order number"),
        _("Purchase number"),
        _("Seller"),
        _("Order placed at"),
        _("Status"),
        _("Freight"),
        _("Total"),
    ]
    rows = [
        (
            order.number,
            order.purchase.number if order.purchase else "",
            order.shop_name,
            timezone.localtime(order.date_placed).strftime("%Y-%m-%d %H:%M"),
            str(order.state.label),
            order.shipping_incl_tax,
            order.total_incl_tax,
        )
        for order in found
    ]
    audit.record("orders.exported", of=request.user, by=request.user, n=len(rows))
    return tables.csv_answer(f"orders-{timezone.localdate()}.csv", headers, rows)


class OrderDetail(View):
    """One order: its goods, its parcels, and the form that sends the rest of it."""

    def get(self, request, number):
        return self.page(request, self.load(number), ParcelForm())

    def post(self, request, number):
        order, form = self.load(number), ParcelForm(request.POST)
        if not form.is_valid():
            return self.page(request, order, form)
        try:
            orders.ship(order=order, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The parcel is on its way; the buyer sees its number."))
        except (IllegalMove, IntegrityError, ValueError):
            messages.error(request, _("Nothing of this order is waiting to be sent."))
        return redirect("dashboard:order-detail", number=number)

    def load(self, number):
        found = Order.objects.select_related("seller", "shipping_address", "purchase", "user")
        return get_object_or_404(
            found.prefetch_related("lines", "parcels__lines__line", "status_changes"), number=number
        )

    def page(self, request, order, form):
        return render(request, "oscar/dashboard/orders/detail.html", {"order": order, "form": form})


class TransferList(ListView):
    """Purchases waiting for a bank transfer, those with a slip first."""

    template_name = "oscar/dashboard/money/transfers.html"
    context_object_name = "attempts"
    paginate_by = 30

    def get_queryset(self):
        waiting = PaymentAttempt.objects.filter(provider="transfer", state=AttemptState.OPEN)
        return waiting.select_related("purchase").order_by("-slip_at", "-id")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for attempt in context["attempts"]:
            attempt.code = code_of(attempt)
        return context


@require_POST
def confirm_transfer(request, pk):
    """The money is on our account, under this receipt number."""
    attempt = get_object_or_404(PaymentAttempt, pk=pk, provider="transfer")
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please type the bank's receipt number."))
        return redirect("dashboard:transfer-list")
    try:
        payments.complete(attempt=attempt, at=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, _("The transfer is confirmed; the sellers can send the goods."))
    except IntegrityError:
        messages.error(request, _("This receipt number was already used for another transfer."))
    return redirect("dashboard:transfer-list")


@require_safe
def slip(request, pk):
    """The picture a buyer sent of her transfer; nobody else's door leads to it."""
    attempt = get_object_or_404(PaymentAttempt.objects.exclude(slip=""), pk=pk)
    return FileResponse(attempt.slip.open(), content_type="image/webp", filename=f"{attempt.key}.webp")


class RefundList(ListView):
    """Money that only a person can give back."""

    template_name = "oscar/dashboard/money/refunds.html"
    context_object_name = "refunds"
    paginate_by = 30

    def get_queryset(self):
        return Refund.objects.by_hand(timezone.now()).select_related("attempt__purchase", "order").order_by("id")


@require_POST
def refund_made(request, pk):
    """The operator sent the money; the receipt number proves it."""
    refund = get_object_or_404(Refund, pk=pk)
    form = ReceiptForm(request.POST)
    if not Refund.objects.by_hand(timezone.now()).filter(pk=refund.pk).exists():
        messages.error(request, _("This refund is on its way already, or was made."))
    elif form.is_valid():
        payments.mark_refunded(refund=refund, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The refund is noted."))
    else:
        messages.error(request, _("Please type the bank's receipt number."))
    return redirect("dashboard:refund-list")
