"""Invoices buyers ask a seller for. Whoever sees amounts may open them: title and tax number are shown, no address."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core import audit
from marketplace.core.forms import first_error
from marketplace.core.states import IllegalMove
from marketplace.invoices import actions, files, rules
from marketplace.invoices.forms import DeclineForm, IssueForm
from marketplace.invoices.models import InvoiceRequest, InvoiceState
from marketplace.seller.access import seller_page
from marketplace.seller.capabilities import Can
from marketplace.seller.home import Todo
from marketplace.seller.models import Membership

PER_PAGE = 20
TABS = (InvoiceState.ASKED, InvoiceState.ISSUED, InvoiceState.DECLINED)


def hers(request):
    return InvoiceRequest.objects.of_seller(request.seller).select_related("order__seller")


@require_safe
@never_cache
@seller_page(Can.MONEY)
def invoice_list(request):
    """Those that wait first."""
    state = request.GET.get("state", InvoiceState.ASKED)
    if state not in TABS:
        raise Http404
    page = Paginator(hers(request).filter(state=state), PER_PAGE).get_page(request.GET.get("page"))
    waiting = hers(request).waiting().count()
    tabs = [
        {
            "text": each.label,
            "href": f"?state={each}",
            "current": each == state,
            "count": waiting if each == InvoiceState.ASKED else None,
        }
        for each in TABS
    ]
    return render(request, "marketplace/seller/invoices/list.html", {"page": page, "tabs": tabs, "state": state})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@seller_page(Can.MONEY)
def invoice(request, pk):
    """One request; its form says that it was issued."""
    asked = get_object_or_404(hers(request), pk=pk)
    if request.method != "POST":
        return shown(request, asked, IssueForm(), DeclineForm())
    form = IssueForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, asked, form, DeclineForm())
    try:
        actions.issue(invoice=asked, by=request.user, at=timezone.now(), **form.cleaned_data)
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("Noted. The buyer has been told."))
    return redirect("seller:invoice", pk=pk)


def shown(request, asked: InvoiceRequest, form: IssueForm, declining: DeclineForm):
    is_stale = rules.has_to_be_cancelled(asked)
    context = {
        "asked": asked,
        "form": form if asked.state == InvoiceState.ASKED or is_stale else None,
        "declining": declining if asked.state == InvoiceState.ASKED else None,
        "amount": rules.amount_of(asked.order),
        "is_tax_free": rules.is_tax_free(request.seller),
        "has_to_be_cancelled": is_stale,
    }
    return render(request, "marketplace/seller/invoices/invoice.html", context)


@require_POST
@seller_page(Can.MONEY)
def decline(request, pk):
    """There will be none, and why."""
    asked, form = get_object_or_404(hers(request), pk=pk), DeclineForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return shown(request, asked, IssueForm(), form)
    try:
        actions.decline(invoice=asked, by=request.user, at=timezone.now(), **form.cleaned_data)
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
    return redirect("seller:invoice", pk=pk)


@require_safe
@seller_page(Can.MONEY)
def file(request, pk):
    """What she uploaded."""
    asked = get_object_or_404(hers(request).exclude(file=""), pk=pk)
    audit.record("invoice.file_read", of=asked, by=request.user)
    return files.handed_out(asked)


def to_issue(member: Membership) -> list[Todo]:
    """For the seller centre's front page: buyers who wait for an invoice."""
    if not member.may(Can.MONEY):
        return []
    counted = (
        InvoiceRequest.objects.of_seller(member.seller).waiting().aggregate(number=Count("id"), oldest=Min("asked_at"))
    )
    if not counted["number"]:
        return []
    days = (timezone.now() - counted["oldest"]).days
    waits = ngettext("The oldest waits for %(days)s day", "The oldest waits for %(days)s days", days) % {"days": days}
    return [
        Todo(
            title=_("Invoices to issue"),
            note=waits if days else "",
            number=counted["number"],
            href=reverse("seller:invoices"),
            is_late=days > 1,
        )
    ]
