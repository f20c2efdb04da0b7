"""Going to pay, and coming back. Whoever knows an attempt's key may pay it; nothing else is told."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.second_try import repeatable
from marketplace.core.states import IllegalMove

from . import actions, providers
from .forms import DemoForm, SlipForm
from .models import AttemptState, PaymentAttempt
from .pages import NO_ANSWER, go_and_pay, private, show_purchase


def attempt_of(key) -> PaymentAttempt:
    return get_object_or_404(PaymentAttempt.objects.select_related("purchase"), key=key)


@repeatable
@require_POST
def pay(request, key):
    """Pay a purchase, for the first time, again, or another way."""
    attempt = attempt_of(key)
    method = request.POST.get("method", attempt.provider)
    if method not in payable_now():
        messages.error(request, _("Please choose a payment method."))
        return redirect(attempt.purchase)
    try:
        current = actions.retry(purchase=attempt.purchase, method=method, at=timezone.now())
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
        return redirect(attempt.purchase)
    return go_and_pay(request, current)


def payable_now() -> set[str]:
    """The ways to pay before the goods are sent."""
    return {each.code for each in providers.all_providers() if each.time_to_pay is not None}


@repeatable
@require_POST
def ask(request, key):
    """Ask the provider whether the money has arrived."""
    return find_out(request, attempt_of(key))


@require_safe
def back(request, key):
    """The buyer comes back from the provider's page. What she brings along is not believed: the provider is asked."""
    return find_out(request, attempt_of(key))


def find_out(request, attempt: PaymentAttempt):
    """Ask, then show the purchase as it stands."""
    try:
        attempt = actions.ask(attempt=attempt, at=timezone.now())
    except providers.Unavailable:
        messages.warning(request, NO_ANSWER)
    else:
        if attempt.state == AttemptState.OPEN:
            messages.info(request, _("There is no answer yet. Please look again in a moment."))
    return redirect(attempt.purchase)


@require_http_methods(["GET", "HEAD", "POST"])
def demo(request, key):
    """The pretended wallet: choose what it answers, until it has paid. Not found where demonstrations are off."""
    attempt = attempt_of(key)
    if not settings.DEMO or attempt.provider != "demo":
        raise Http404
    if attempt.is_paid:
        return private(render(request, "marketplace/payment/demo_paid.html", {"attempt": attempt}))
    form = DemoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pretend(attempt, form.cleaned_data["outcome"])
        return redirect(attempt.purchase)
    return private(render(request, "marketplace/payment/demo.html", {"attempt": attempt}))


def pretend(attempt: PaymentAttempt, outcome: str) -> None:
    """The wallet notes its answer; it reports at once unless it is to answer late."""
    attempt.simulated = outcome
    attempt.save(update_fields=["simulated"])
    if outcome != "late":
        actions.ask(attempt=attempt, at=timezone.now())


@require_POST
def slip(request, key):
    """Take the photo of a transfer slip; a bad one is refused on the same page, in words."""
    attempt = attempt_of(key)
    form = SlipForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_purchase(request, attempt.purchase, slip_form=form)
    try:
        actions.add_slip(attempt=attempt, file=form.cleaned_data["slip"], at=timezone.now())
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("Thank you. We have your slip and will confirm the money."))
    return redirect(attempt.purchase)
