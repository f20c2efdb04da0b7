"""What basket and checkout do with the voucher field."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts import limits, visitors

from . import vouchers
from .forms import VoucherForm


def change_vouchers(request, basket) -> VoucherForm:
    """Do what was pressed: enter the voucher that was typed, or take one out. The form keeps what did not work and says why."""
    if request.POST.get("take_out", "").isdecimal():
        vouchers.remove(basket=basket, promotion=int(request.POST["take_out"][:18]))
        return valid(VoucherForm({"voucher": ""}))
    form = VoucherForm(request.POST)
    if form.is_valid():
        try:
            enter(request, basket, form.cleaned_data["voucher"])
        except (vouchers.CannotEnter, limits.TooMany) as refusal:
            form.add_error("voucher", refusal.for_people)
        else:
            return valid(VoucherForm({"voucher": ""}))
    form.fields["voucher"].widget.attrs["autofocus"] = True  # the page comes anew and would begin at its top
    return form


def valid(form: VoucherForm) -> VoucherForm:
    form.full_clean()
    return form


def enter(request, basket, code: str) -> None:
    """Keep the voucher in the basket and say so. Codes cannot be tried out by the thousand."""
    now = timezone.now()
    limits.take((limits.VOUCHER_VISITOR, visitors.address_of(request)), at=now)
    promotion = vouchers.enter(basket=basket, code=code, at=now)
    messages.success(request, _("Voucher “%(name)s” is in your basket.") % {"name": promotion.display_name})
