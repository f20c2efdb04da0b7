"""People with an account: find one, see what she has here, shut her out or let her in again."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from marketplace.accounts import barring, contacts
from marketplace.accounts.models import User
from marketplace.core import audit
from marketplace.core.refusal import Refusal

from .forms import Search, Why

LATEST_ORDERS = 20


def people(wanted: dict):
    """Whom a filter asks for, who joined last first."""
    found = User.objects.order_by("-date_joined", "-pk")
    if words := wanted.get("q", "").strip():
        found = found.filter(contacts.fits(words))
    states = {"barred": Q(is_active=False, closed_at=None), "closed": Q(closed_at__isnull=False)}
    return found.filter(states.get(wanted.get("state", ""), Q()))


class People(ListView):
    """The list."""

    template_name = "oscar/dashboard/users/index.html"
    paginate_by = 30

    def get_queryset(self):
        self.form = Search(self.request.GET)
        return people(self.form.cleaned_data if self.form.is_valid() else {})

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"form": self.form}


@require_safe
def person(request, pk):
    """One person, her contacts in full; that they were looked at is noted."""
    found = get_object_or_404(User, pk=pk)
    audit.record("account.seen", of=found, by=request.user)
    context = {
        "person": found,
        "orders": found.orders.select_related("seller").order_by("-date_placed")[:LATEST_ORDERS],
        "form": Why(),
        "is_operator": found.is_superuser,
    }
    return render(request, "oscar/dashboard/users/detail.html", context)


@require_POST
def bar(request, pk):
    """Shut her out."""
    return done(request, pk, barring.bar, _("She is shut out, and her sessions have ended."))


@require_POST
def readmit(request, pk):
    """Let her in again."""
    return done(request, pk, barring.readmit, _("She can sign in again."))


def done(request, pk, verb, said: str):
    """Do it for the reason that was chosen, and say how it went."""
    found, form = get_object_or_404(User, pk=pk), Why(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a reason."))
        return redirect("dashboard:user-detail", pk=pk)
    try:
        verb(user=found, reason=barring.Reason(form.cleaned_data["reason"]), by=request.user)
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect("dashboard:user-detail", pk=pk)
