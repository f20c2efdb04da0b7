"""Asking a seller for an invoice 发票: to whom it is made out, and what she did about it."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from marketplace.core.private_files import private_storage
from marketplace.core.states import Workflow


class InvoiceState(models.TextChoices):
    """Where a request stands."""

    ASKED = "asked", _("Invoice to be issued")
    ISSUED = "issued", _("Invoice issued")
    DECLINED = "declined", _("Invoice declined")


INVOICE_MOVES = Workflow(
    {
        "issue": (frozenset({InvoiceState.ASKED, InvoiceState.ISSUED}), InvoiceState.ISSUED),
        "decline": (frozenset({InvoiceState.ASKED}), InvoiceState.DECLINED),
    }
)


class InvoiceRequestQuerySet(models.QuerySet):
    def of_seller(self, seller):
        return self.filter(order__seller=seller)

    def waiting(self):
        return self.filter(state=InvoiceState.ASKED)

    def current(self, order):
        """The order's request that was not declined, or None."""
        return self.filter(order=order).exclude(state=InvoiceState.DECLINED).first()


class InvoiceRequest(models.Model):
    """One per order, unless the one before was declined. ``amount`` is what the invoice was made out for."""

    class Title(models.TextChoices):
        PERSON = "person", _("Personal")
        COMPANY = "company", _("Company or organisation")

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(_("Made out to"), max_length=10, choices=Title.choices, default=Title.PERSON)
    title = models.CharField(_("Invoice title"), max_length=100)
    tax_number = models.CharField(_("Tax number"), max_length=18, blank=True)
    email = models.EmailField(_("E-mail address"))
    state = models.CharField(max_length=10, choices=InvoiceState.choices, default=InvoiceState.ASKED)
    asked_at = models.DateTimeField()
    number = models.CharField(_("Invoice number"), max_length=40, blank=True)
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    file = models.FileField(upload_to="invoices/", storage=private_storage, blank=True, max_length=120)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InvoiceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Invoice request")
        ordering = ["-id"]
        constraints = [
            UniqueConstraint(fields=["order"], condition=~Q(state="declined"), name="invoice_once_per_order"),
            CheckConstraint(
                condition=Q(kind="person", tax_number="") | (Q(kind="company") & ~Q(tax_number="")),
                name="invoice_company_has_tax_number",
            ),
            CheckConstraint(
                condition=Q(state="asked", decided_at=None, amount=None, number="", reason="")
                | (Q(state="issued", decided_at__isnull=False, amount__gte=0, reason="") & ~Q(number=""))
                | (Q(state="declined", decided_at__isnull=False, amount=None, number="") & ~Q(reason="")),
                name="invoice_says_what_was_decided",
            ),
        ]

    def __str__(self):
        return f"{self.order_id} {self.state}"

    def move(self, name: str) -> None:
        """Take the named step; raises IllegalMove. The caller holds the row's lock and saves."""
        self.state = INVOICE_MOVES.target(name, self.state)
