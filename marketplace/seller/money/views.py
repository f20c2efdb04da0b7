"""What a seller is owed, what is on its way to her, and where it goes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.money import to_yuan
from marketplace.invoices.models import InvoiceRequest
from marketplace.payment.stripe_transfers import Refused, Unavailable
from marketplace.seller.access import SellerPage, seller_page
from marketplace.seller.capabilities import Can
from marketplace.settlement import bank_accounts, doors, ledger, payouts, transfer_accounts
from marketplace.settlement.kinds import AccountKind
from marketplace.settlement.models import BankAccount, Payout, TransferAccount

from .forms import BankAccountForm

KINDS = (AccountKind.AVAILABLE, AccountKind.HELD, AccountKind.LEAVING, AccountKind.DEBT)


@require_safe
@never_cache
@seller_page(Can.MONEY)
def money(request):
    """Balances as the ledger has them, and every payout."""
    pages = Paginator(Payout.objects.of_seller(request.seller).order_by("-id"), 20)
    holds = {kind.value: to_yuan(abs(ledger.balance(kind, request.seller.pk))) for kind in KINDS}
    door = doors.door_for(request.seller)
    page = pages.get_page(request.GET.get("page"))
    invoices = InvoiceRequest.objects.of_seller(request.seller).waiting().count()
    context = {"holds": holds, "page": page, "door": door, "invoices": invoices}
    context["names_account"] = request.member.may(Can.SHOP)
    return render(request, "marketplace/seller/money/money.html", context)


@require_POST
@seller_page(Can.MONEY)
def withdraw(request):
    """Everything available, in one payout."""
    try:
        payout = payouts.begin(seller=request.seller, by=request.user, at=timezone.now())
    except payouts.CannotPayOut as refusal:
        messages.error(request, refusal.for_people)
    else:
        messages.success(request, _("Payout %(number)s has begun.") % {"number": payout.number})
    return redirect("seller:money")


class Account(SellerPage):
    """Where her money goes: an account at a bank, and one with the payment provider where that is in use."""

    capability = Can.SHOP

    def get(self, request):
        return self.page(request, BankAccountForm())

    def post(self, request):
        form = BankAccountForm(request.POST)
        if not form.is_valid():
            return self.page(request, form)
        typed = {name: form.cleaned_data[name] for name in ("holder", "bank", "number")}
        bank_accounts.replace(seller=request.seller, by=request.user, at=timezone.now(), **typed)
        messages.success(request, _("Payouts will go to this account."))
        return redirect("seller:money")

    def page(self, request, form):
        context = {
            "form": form,
            "current": BankAccount.objects.current(request.seller),
            "transfers": transfers_are_possible(),
            "transfer_account": TransferAccount.objects.filter(seller=request.seller).first(),
        }
        return render(request, "marketplace/seller/money/account.html", context)


def transfers_are_possible() -> bool:
    return "stripe" in {door.code for door in doors.all_doors()}


@require_POST
@seller_page(Can.SHOP)
def open_transfers(request):
    """To the provider's page, which asks who she is."""
    if not transfers_are_possible():
        return redirect("seller:money-account")
    back = request.build_absolute_uri(reverse("seller:money-transfers-back"))
    try:
        page = transfer_accounts.page_for(seller=request.seller, return_url=back, by=request.user, at=timezone.now())
    except (Unavailable, Refused):
        messages.error(request, _("The payment provider does not answer just now. Please try again in a few minutes."))
        return redirect("seller:money-account")
    return redirect(page)


@require_safe
@seller_page(Can.SHOP)
def transfers_back(request):
    """She comes back from the provider's page: ask how her account stands."""
    account = TransferAccount.objects.filter(seller=request.seller).first()
    if account is not None:
        try:
            account = transfer_accounts.refresh(account=account, at=timezone.now())
        except (Unavailable, Refused):
            messages.warning(request, _("The payment provider does not answer just now. Please look again later."))
    if account is not None and account.can_receive:
        messages.success(request, _("Your account with the payment provider is ready."))
    return redirect("seller:money-account")
