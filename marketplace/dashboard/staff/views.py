"""Operators see who holds which role, and give and take them."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from marketplace.accounts import contacts, second_factor, staffing
from marketplace.accounts.models import User
from marketplace.accounts.staffing import OPERATOR, Duty
from marketplace.core import audit, tables
from marketplace.core.forms import first_error
from marketplace.core.refusal import Refusal

from .forms import GiveForm, ReasonForm, StaffFilter, TakeForm

MOST_EXPORTED = 5000


def people(wanted: dict):
    """Who holds a role; with words to look for, anybody they fit, so that somebody new can be given one."""
    found = User.objects.filter(closed_at=None).prefetch_related("role_grants", "authenticator_set").order_by("pk")
    words, role = wanted.get("q", "").strip(), wanted.get("role", "")
    if words:
        found = found.filter(contacts.fits(words))
    else:
        found = found.filter(Q(is_superuser=True) | Q(role_grants__isnull=False)).distinct()
    if role == OPERATOR:
        return found.filter(is_superuser=True)
    return found.filter(role_grants__role=role).distinct() if role else found


def row_of(user: User) -> dict:
    """One person as the list shows her; asks the database nothing."""
    grants = sorted(user.role_grants.all(), key=lambda each: (each.role, each.area))
    held = [Duty(OPERATOR)] if user.is_superuser else []
    held += [Duty(each.role, each.area, each.until) for each in grants]
    return {"user": user, "duties": held, "has_app": any(each.confirmed for each in user.authenticator_set.all())}


class StaffList(ListView):
    """Who works here, and a search for who is to."""

    template_name = "oscar/dashboard/staff/list.html"
    paginate_by = 30

    def get_queryset(self):
        self.form = StaffFilter(self.request.GET)
        return people(self.form.cleaned_data if self.form.is_valid() else {})

    def get_context_data(self, **kwargs):
        shown = super().get_context_data(**kwargs)
        return shown | {"form": self.form, "rows": [row_of(user) for user in shown["object_list"]]}


@require_safe
def export(request):
    """The list as a table, noted in the audit trail."""
    form = StaffFilter(request.GET)
    found = people(form.cleaned_data if form.is_valid() else {})[:MOST_EXPORTED]
    headers = [_("Name"), _("Contact"), _("Role"), _("Place"), _("Until"), _("Second step")]
    rows = [
        (
            str(user),
            user.masked_contact,
            duty.label,
            duty.place,
            duty.until or "",
            _("Yes") if row["has_app"] else _("No"),
        )
        for row in map(row_of, found)
        for user in [row["user"]]
        for duty in row["duties"]
    ]
    audit.record("staff.exported", of=request.user, by=request.user, n=len(rows))
    return tables.csv_answer(f"staff-{timezone.localdate()}.csv", headers, rows)


class Person(View):
    """What one person is entrusted with, what was done about it, and a form for more."""

    def get(self, request, pk):
        return self.page(request, somebody(pk), GiveForm())

    def post(self, request, pk):
        person, form = somebody(pk), GiveForm(request.POST)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                staffing.give(user=person, duty=form.duty, reason=reason, by=request.user, at=timezone.now())
            except Refusal as refusal:
                form.add_error(None, refusal.for_people)
            else:
                messages.success(request, _("Given; she is told."))
                return redirect("dashboard:staff-person", pk=pk)
        return self.page(request, person, form, status=422)

    def page(self, request, person, form, status=200):
        shown = {
            "person": person,
            "duties": staffing.duties(person),
            "app": second_factor.of(person),
            "entries": [
                (entry, Duty(entry.role, entry.area)) for entry in person.staff_entries.select_related("by")[:50]
            ],
            "is_herself": person.pk == request.user.pk,
            "form": form,
        }
        return render(request, "oscar/dashboard/staff/person.html", shown, status=status)


def somebody(pk) -> User:
    return get_object_or_404(User, pk=pk, closed_at=None)


@require_POST
def take(request, pk):
    """Take a role back."""
    person, form = somebody(pk), TakeForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("dashboard:staff-person", pk=pk)
    duty = Duty(form.cleaned_data["role"], form.cleaned_data["area"])
    try:
        staffing.take(user=person, duty=duty, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, _("Taken back; she is told."))
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect("dashboard:staff-person", pk=pk)


@require_POST
def reset_second_factor(request, pk):
    """She lost her phone and her recovery codes."""
    person, form = somebody(pk), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please write why."))
        return redirect("dashboard:staff-person", pk=pk)
    try:
        staffing.reset_second_factor(user=person, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Reset. Her sessions have ended, and she is told."))
    except Refusal as refusal:
        messages.error(request, refusal.for_people)
    return redirect("dashboard:staff-person", pk=pk)
