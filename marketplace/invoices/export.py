"""Her requests for invoices, for the copy of a person's data."""

from django.utils.translation import gettext as _

from marketplace.customer.export import Part

from .models import InvoiceRequest


def invoices(user) -> Part:
    columns = {
        "order": _("Order number"),
        "kind": _("Made out to"),
        "title": _("Invoice title"),
        "tax_number": _("Tax number"),
        "email": _("E-mail address"),
        "state": _("Status"),
        "number": _("Invoice number"),
        "asked_at": _("Begun"),
    }
    hers = InvoiceRequest.objects.filter(order__user=user).select_related("order").order_by("pk")
    rows = [
        (
            i.order.number,
            i.get_kind_display(),
            i.title,
            i.tax_number,
            i.email,
            i.get_state_display(),
            i.number,
            i.asked_at,
        )
        for i in hers
    ]
    return Part("invoices", _("Invoice (fapiao)"), columns, rows)
