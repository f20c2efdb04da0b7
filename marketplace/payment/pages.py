"""The page of a purchase: what is to be paid and how, or what happens next."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Order, Purchase
from marketplace.order.states import PurchaseState

from . import actions, providers
from .forms import SlipForm
from .models import AttemptState, StripeSession
from .providers.transfer import code_of

TEMPLATES: dict[str, str] = {
    PurchaseState.AWAITING_PAYMENT: "marketplace/checkout/awaiting.html",
    PurchaseState.CONFIRMED: "marketplace/checkout/confirmed.html",
    PurchaseState.CLOSED: "marketplace/checkout/closed.html",
}

NO_ANSWER = _("The payment provider does not answer just now. Your goods are kept; please try again in a few minutes.")


def go_and_pay(request, attempt):
    """To where the buyer pays; where the provider gives no answer, to the purchase, which stays as it is."""
    try:
        return redirect(actions.start(attempt=attempt).url)
    except providers.Unavailable:
        messages.warning(request, NO_ANSWER)
        return redirect(attempt.purchase)


def show_purchase(request, purchase: Purchase, slip_form: SlipForm | None = None):
    """The page of a purchase as it stands; kept by no cache and no search engine."""
    orders = Prefetch("orders", Order.objects.select_related("seller", "shipping_address").prefetch_related("lines"))
    prefetch_related_objects([purchase], orders, "attempts")
    attempts = sorted(purchase.attempts.all(), key=lambda attempt: attempt.pk)
    context = {
        "purchase": purchase,
        "orders": purchase.orders.all(),
        "attempt": attempts[-1] if attempts else None,
        "link": request.build_absolute_uri(purchase.get_absolute_url()),
    }
    if purchase.is_unpaid and attempts:
        context |= how_to_pay(attempts[-1], slip_form)
    return private(render(request, TEMPLATES[purchase.state], context))


def how_to_pay(attempt, slip_form: SlipForm | None) -> dict[str, object]:
    """What the page of an unpaid purchase needs besides the purchase."""
    is_open = attempt.state == AttemptState.OPEN
    return {
        "failed": attempt.state == AttemptState.FAILED,
        "unanswered": is_open and attempt.simulated == "late",
        "may_know_more": is_open and was_asked(attempt),
        "transfer": transfer_of(attempt) if is_open and attempt.provider == "transfer" else None,
        "slip_form": slip_form or SlipForm(),
        "ways": [way for way in providers.all_providers() if way.time_to_pay is not None],
    }


def was_asked(attempt) -> bool:
    """True if the provider has shown its page and may know more by now."""
    return StripeSession.objects.filter(attempt=attempt).exclude(number="").exists()


def transfer_of(attempt) -> dict[str, str]:
    """Payee, bank, account, and the code that tells whose money it is."""
    return {**settings.BANK_ACCOUNT, "code": code_of(attempt)}


def private(response):
    """For one pair of eyes: not stored, not indexed."""
    patch_cache_control(response, no_store=True, private=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
