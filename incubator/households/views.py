"""Pages of households: their own permission, their own place, every reading noted; never kept by a browser."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incubator.matching.words import place
from incubator.shell import staff_only
from marketplace.core.tables import csv_answer

from . import actions
from .forms import ExportForm, HouseholdForm
from .models import PERMISSION, Household, HouseholdLink

PER_PAGE = 30


def readers_only(view):
    """Decorator: incubator staff with the permission of their own; nobody else finds anything here."""

    @staff_only
    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@readers_only
@require_safe
def households(request):
    """Households by place and links, without saying who they are."""
    mine = Household.objects.visible_to(request.user).prefetch_related("links__cooperative")
    page = Paginator(mine.defer("name", "phone", "identity_number"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "incubator/households/households.html", {"page": page, "form": ExportForm()})


@sensitive_post_parameters()
@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def register(request):
    """Record a household that agreed."""
    form = HouseholdForm(request.POST or None, user=request.user, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = actions.register(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Recorded."))
        return redirect(made)
    return render(request, "incubator/households/register.html", {"form": form})


def household_of(request, key) -> Household:
    """A household of one of this person's places."""
    return get_object_or_404(Household.objects.visible_to(request.user), key=key)


@readers_only
@require_safe
def household(request, key):
    """One household; who it is stands there, and that it was read is noted."""
    shown = actions.reveal(household=household_of(request, key), by=request.user)
    links = shown.links.select_related("cooperative")
    return render(request, "incubator/households/household.html", {"household": shown, "links": links})


@readers_only
@require_POST
def withdraw(request, key):
    """The household takes its consent back."""
    chosen = household_of(request, key)
    actions.withdraw(household=chosen, by=request.user, at=timezone.now())
    messages.success(request, _("Erased. Only the number of linked households still counts it."))
    return redirect("incubator:households:households")


@readers_only
@require_POST
def end_link(request, pk):
    """A link ends today."""
    mine = Household.objects.visible_to(request.user)
    link = get_object_or_404(HouseholdLink.objects.select_related("household"), pk=pk, household__in=mine)
    actions.end_link(link=link, on=timezone.localdate(), by=request.user)
    return redirect(link.household)


@readers_only
@require_POST
def export(request):
    """Records of one's places for a purpose; each is noted."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say for which purpose."))
        return redirect("incubator:households:households")
    found = list(Household.objects.visible_to(request.user).filter(erased_at=None))
    actions.note_export(households=found, by=request.user, purpose=form.cleaned_data["purpose"])
    headers = [_("Key"), _("Place"), _("Head of household"), _("Telephone"), _("People")]
    rows = [[str(each.key), place(each.area), each.name, each.phone, each.people] for each in found]
    return csv_answer("households.csv", headers, rows)
