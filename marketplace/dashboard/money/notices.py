"""Messages that did not go out: to whom, by which way, what went wrong; tried again by hand, or put aside."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from marketplace.accounts import contacts
from marketplace.core import audit, notices
from marketplace.core.models import Notice

NORMAL = timedelta(minutes=5)
"""So long a message may wait for the worker before it counts as stuck."""


def stuck():
    """Not sent long after it was written, or tried in vain."""
    return Notice.objects.filter(sent_at=None, created_at__lte=timezone.now() - NORMAL)


class StuckNotices(ListView):
    """The oldest first. Addresses are masked, and what a message says is not shown."""

    template_name = "oscar/dashboard/money/notices.html"
    context_object_name = "notices"
    paginate_by = 50

    def get_queryset(self):
        return stuck().order_by("id")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["rows"] = [{"notice": each, "address": masked(each.address)} for each in context["notices"]]
        return context | {"most_attempts": notices.MOST_ATTEMPTS}


def masked(address: str) -> str:
    """138****0001 or w***@example.org."""
    contact = contacts.read(address)
    return contact.masked if contact else address


@require_POST
def again(request, pk):
    """Send it now, however often it was tried."""
    notice = get_object_or_404(Notice, pk=pk)
    if notice.sent_at is None:
        notices.send(notice)
        audit.record("notice.retried", of=notice, by=request.user, sent=notice.sent_at is not None)
    if notice.last_error:
        messages.error(request, _("It did not work: %(error)s") % {"error": notice.last_error})
    else:
        messages.success(request, _("Sent."))
    return redirect("dashboard:stuck-notices")


@require_POST
def all_again(request):
    """Give every stuck message its tries back; the worker sends them."""
    given = stuck().update(attempts=0, last_error="")
    audit.record("notices.retried", of=request.user, by=request.user, n=given)
    messages.success(request, _("The worker tries %(n)s messages again.") % {"n": given})
    return redirect("dashboard:stuck-notices")
