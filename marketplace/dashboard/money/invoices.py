"""Invoices that buyers asked for and sellers have not issued: operators remind the seller; what is on it is not theirs to read."""

from django.views.generic import ListView

from marketplace.invoices.models import InvoiceRequest


class WaitingInvoices(ListView):
    """The oldest first."""

    template_name = "oscar/dashboard/money/invoices.html"
    context_object_name = "requests"
    paginate_by = 50

    def get_queryset(self):
        return InvoiceRequest.objects.waiting().select_related("order__seller").order_by("asked_at", "id")
