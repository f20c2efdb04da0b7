"""Facts that did not reach everybody who has to hear of them."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from marketplace.core import events
from marketplace.core.models import Delivery

NORMAL = timedelta(minutes=5)
"""So long a delivery may wait for the worker before it counts as stuck."""


class Outbox(ListView):
    """Deliveries that are stuck, the oldest first."""

    template_name = "oscar/dashboard/money/outbox.html"
    context_object_name = "deliveries"
    paginate_by = 50

    def get_queryset(self):
        stuck = Delivery.objects.filter(delivered_at=None, event__at__lte=timezone.now() - NORMAL)
        return stuck.select_related("event").order_by("id")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"most_attempts": events.MOST_ATTEMPTS}


@require_POST
def again(request, pk):
    """Deliver it now."""
    delivery = get_object_or_404(Delivery.objects.select_related("event"), pk=pk)
    if delivery.delivered_at is None:
        events.attempt(delivery)
    if delivery.last_error:
        messages.error(request, _("It did not work: %(error)s") % {"error": delivery.last_error})
    else:
        messages.success(request, _("Delivered."))
    return redirect("dashboard:money-outbox")
