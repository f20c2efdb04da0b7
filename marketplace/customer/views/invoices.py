"""Asking for an invoice, and fetching it; by account, or by the link of the purchase."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.pages import own
from marketplace.invoices import actions, files, rules
from marketplace.invoices.forms import AskForm
from marketplace.invoices.models import InvoiceRequest, InvoiceState
from marketplace.order.models import Order

from ..pages import show
from .orders import linked_order, own_order, person, ways_by_link, ways_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@own
def invoice(request, number):
    return page(request, own_order(request, number), ways_of)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invoice_by_link(request, token, number):
    return page(request, linked_order(token, number), ways_by_link)


@require_safe
@own
def file(request, number):
    return handed_out(own_order(request, number))


@require_safe
@never_cache
def file_by_link(request, token, number):
    return handed_out(linked_order(token, number))


def page(request, order: Order, ways):
    """How the request stands, and the form while it can be asked or put right."""
    asked = InvoiceRequest.objects.filter(order=order).first()
    if request.method != "POST":
        return shown(request, order, ways, asked, AskForm(initial=known(request, order, asked)))
    form = AskForm(request.POST)
    if not form.is_valid():
        return shown(request, order, ways, asked, form)
    try:
        actions.ask(order=order, by=person(request), at=timezone.now(), **form.cleaned_data)
    except actions.InvoiceRefused as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("The shop has your request. You hear from us as soon as it answers."))
    return redirect(ways(order).invoice)


def known(request, order: Order, asked: InvoiceRequest | None) -> dict:
    """What the form begins with: what was asked before, else her e-mail address."""
    if asked is not None:
        return {name: getattr(asked, name) for name in ("kind", "title", "tax_number", "email")}
    return {"email": order.purchase.email or getattr(request.user, "email", ""), "kind": "person"}


def shown(request, order: Order, ways, asked: InvoiceRequest | None, form: AskForm):
    is_issued = asked is not None and asked.state == InvoiceState.ISSUED
    return show(
        request,
        "invoice",
        here="orders",
        order=order,
        ways=ways(order),
        asked=asked,
        form=form if not is_issued and rules.may_be_asked(order) else None,
        amount=rules.amount_of(order),
        is_tax_free=rules.is_tax_free(order.seller),
        has_to_be_cancelled=asked is not None and rules.has_to_be_cancelled(asked),
    )


def handed_out(order: Order):
    asked = InvoiceRequest.objects.select_related("order").filter(order=order, state=InvoiceState.ISSUED).first()
    if asked is None or not asked.file:
        raise Http404
    return files.handed_out(asked)
