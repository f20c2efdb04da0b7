"""The operators' front page: what waits for them, and what came in since yesterday."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from marketplace.accounts.models import User
from marketplace.aftersales.models import Case
from marketplace.aftersales.states import Side
from marketplace.complaints.models import Complaint
from marketplace.core import queue
from marketplace.invoices.models import InvoiceRequest
from marketplace.offering.models import Draft
from marketplace.opening.models import Opening, OpeningState
from marketplace.order.models import Order, Purchase
from marketplace.payment.models import AttemptState, PaymentAttempt, Refund


@dataclass(frozen=True)
class Waiting:
    """So many of something wait behind a door of the dashboard."""

    label: str | Promise
    number: int
    href: str


def waiting(now: datetime) -> list[Waiting]:
    """What operators have to see to; one query each."""
    found = [
        (
            _("Transfers to confirm"),
            "transfer-list",
            PaymentAttempt.objects.filter(provider="transfer", state=AttemptState.OPEN),
        ),
        (_("Refunds to make"), "refund-list", Refund.objects.by_hand(now)),
        (_("After-sale cases"), "case-list", Case.objects.waiting_for(Side.STAFF)),
        (_("Complaints"), "complaints", Complaint.objects.open()),
        (_("Listings to review"), "listing-queue", Draft.objects.waiting()),
        (_("Applications for shops"), "shop-applications", Opening.objects.filter(state=OpeningState.WAITING)),
        (_("Invoices to issue"), "money-invoices", InvoiceRequest.objects.waiting()),
        (_("Failed tasks"), "failed-tasks", queue.failed()),
    ]
    return [Waiting(label, rows.count(), reverse(f"dashboard:{room}")) for label, room, rows in found]


@dataclass(frozen=True)
class Lately:
    """What happened since a moment: orders placed, yuan paid by buyers, people who joined."""

    orders: int
    paid: Decimal
    people: int


def lately(since: datetime) -> Lately:
    paid = Purchase.objects.filter(paid_at__gte=since).aggregate(yuan=Sum("total"))["yuan"]
    return Lately(
        orders=Order.objects.filter(date_placed__gte=since).aggregate(n=Count("pk"))["n"],
        paid=paid or Decimal("0.00"),
        people=User.objects.filter(date_joined__gte=since, closed_at=None).count(),
    )


class Home(TemplateView):
    """The front page."""

    template_name = "oscar/dashboard/index.html"

    def get_context_data(self, **kwargs):
        now = timezone.now()
        shown = {
            "waiting": waiting(now),
            "day": lately(now - timedelta(days=1)),
            "week": lately(now - timedelta(days=7)),
        }
        return super().get_context_data(**kwargs) | shown
