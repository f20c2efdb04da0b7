"""Ordering on one screen, and the page of a purchase afterwards."""

from contextlib import suppress

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.address import actions as book
from marketplace.address import pasting
from marketplace.basket import cookies
from marketplace.basket.middleware import ShopRequest
from marketplace.core import areas
from marketplace.core.links import ours
from marketplace.core.second_try import repeatable
from marketplace.core.states import IllegalMove
from marketplace.order.models import Purchase
from marketplace.payment import actions as payments
from marketplace.payment.pages import go_and_pay, show_purchase
from marketplace.promotions.forms import VoucherForm
from marketplace.promotions.pages import change_vouchers
from marketplace.sharing import memory

from . import actions
from .forms import CheckoutForm
from .pricing import fetch_pictures, price_basket


@method_decorator([never_cache, repeatable], name="dispatch")
class Checkout(View):
    """The form of a purchase. Everything typed stays, whatever the answer is. A basket becomes one purchase however often it comes."""

    request: ShopRequest
    template = "marketplace/checkout/index.html"

    def get(self, request):
        ordered = None if self.is_alone else actions.ordered(request.GET.get("alone", ""), self.buyer())
        if ordered:
            return next_page(request, ordered)
        if self.basket.pk is None or not self.basket.lines.exists():
            return redirect("basket:summary")
        return self.show(self.form(initial=self.known_province()))

    def post(self, request):
        if "parse" in request.POST:
            return self.parse()
        form = self.form(request.POST)
        if "take_out" in request.POST or request.POST.get("voucher", "").strip() or "enter" in request.POST:
            return self.vouchers(form)
        if "refresh" in request.POST:
            return self.show(self.untested(form))
        form.take_sent_notes()
        if not form.is_valid():
            return self.show(form)
        return self.place(form)

    @cached_property
    def basket(self):
        """The good that is wanted alone, if address or form name one; else everything that was collected."""
        named = self.request.POST.get("basket") or self.request.GET.get("alone", "")
        return actions.bought_alone(named, self.buyer()) or self.request.basket

    @property
    def is_alone(self) -> bool:
        return self.basket is not self.request.basket

    def form(self, *args, **kwargs) -> CheckoutForm:
        return CheckoutForm(*args, buyer=self.buyer(), **kwargs)

    def buyer(self):
        return self.request.user if self.request.user.is_authenticated else None

    def known_province(self) -> dict[str, str]:
        """The province she chose in the basket, as the first list of the picker."""
        province = cookies.remembered_province(self.request)
        return {"area": areas.get(province).code} if province else {}

    def untested(self, form: CheckoutForm) -> CheckoutForm:
        """What was typed so far, without complaints about the rest."""
        return self.form(initial=typed_so_far(form))

    def parse(self):
        """The pasted text read into the fields, for the buyer to check."""
        form = self.form(self.request.POST)
        found, said = pasting.read(self.request.POST)
        return self.show(self.form(initial=typed_so_far(form) | {"saved": ""} | found), paste_said=said)

    def vouchers(self, form: CheckoutForm):
        """Enter the voucher that was typed, whichever button was pressed: nobody orders without the discount she meant."""
        typed = change_vouchers(self.request, self.basket)
        said = [str(error) for errors in typed.errors.values() for error in errors]
        heading = _("The voucher is not in use:")
        return self.show(self.untested(form), voucher_form=typed, look_again=said, heading=heading)

    def place(self, form: CheckoutForm):
        """Order, then go and pay."""
        try:
            purchase = self.purchase_of(form)
        except actions.LookAgain as refusal:
            return self.show(form, quote=refusal.quote, look_again=refusal.for_people)
        except actions.UnknownBasket:
            messages.error(self.request, _("This form belongs to another basket. Please look at your basket again."))
            return redirect("basket:summary")
        self.keep_address(form)
        left = 0 if purchase.basket_id == self.request.basket.pk else cookies.count_of(self.request.basket)
        return cookies.remember_count(next_page(self.request, purchase), left)

    def keep_address(self, form: CheckoutForm) -> None:
        """Into her book, where she asked for it; a full book or a double is no reason to stop a buyer."""
        if self.buyer() and form.cleaned_data["keep"] and not form.chosen:
            with suppress(book.CannotKeep):
                book.keep(user=self.buyer(), form=form, usual=False)

    def purchase_of(self, form: CheckoutForm) -> Purchase:
        return actions.place_purchase(
            basket_token=self.request.POST.get("basket", ""),
            seen=self.request.POST.get("seen", ""),
            address=form.address(),
            notes=form.words_to_sellers(),
            payment_method=form.cleaned_data["payment_method"],
            contact=form.cleaned_data.get("contact", ""),
            exempt_confirmed=form.cleaned_data["exempt_confirmed"],
            by=self.buyer(),
            at=timezone.now(),
            language=get_language(),
            shared=memory.remembered(self.request),
        )

    def show(self, form: CheckoutForm, quote=None, **context):
        """The page for this form at today's prices."""
        quote = quote or price_basket(self.basket, form.province)
        if not quote.groups:
            return redirect("basket:summary")
        fetch_pictures(quote)
        form.ask_about(quote)
        context = {"voucher_form": VoucherForm(initial=self.request.POST.dict())} | context
        context |= {
            "form": form,
            "quote": quote,
            "groups": list(zip(quote.groups, form.note_fields(), strict=True)),
            "basket_token": actions.token_for(self.basket),
            "is_alone": self.is_alone,
        }
        return render(self.request, self.template, context)


class Summary(Checkout):
    """The parts of the page that follow from the address, for scripts: the same templates, the same answer."""

    template = "marketplace/checkout/quote.html"
    http_method_names = ["post"]

    def post(self, request):
        return self.show(self.untested(self.form(request.POST)))


def typed_so_far(form: CheckoutForm) -> dict[str, object]:
    """The raw values of a bound form, notes to sellers included."""
    raw = {name: form[name].value() for name in form.fields}
    return raw | {name: value for name, value in form.data.items() if name.startswith("note-")}


@require_POST
def parse_address(request):
    """A pasted address as JSON: values of the fields, the lists of places, and what to say. Nothing is kept."""
    found, said = pasting.read(request.POST)
    path = [area.code for area in areas.path(found["area"])] if "area" in found else []
    return JsonResponse(found | {"path": path, "message": said}, status=200 if found else 422)


def next_page(request, purchase: Purchase):
    """To the provider's page while there is something to pay, otherwise to the purchase's own."""
    attempt = purchase.attempts.select_related("purchase").order_by("pk").last()
    if purchase.is_unpaid and attempt is not None and attempt.state == "open":
        return go_and_pay(request, attempt)
    return redirect(purchase)


@require_safe
def purchase(request, token):
    """One purchase, for whoever has its unguessable link; an overdue one is closed by looking at it."""
    found = get_object_or_404(Purchase, token=token)
    return show_purchase(request, payments.close_if_overdue(purchase=found, at=timezone.now()))


@require_POST
def cancel(request, token):
    """Give up an unpaid purchase: all its orders close and the goods go back."""
    found = get_object_or_404(Purchase, token=token)
    by = request.user if request.user.is_authenticated else None
    try:
        payments.cancel_purchase(purchase=found, by=by, at=timezone.now())
    except IllegalMove as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("The purchase is cancelled. Nothing was charged."))
    return redirect(ours(request, request.POST.get("next", "")) or found)
