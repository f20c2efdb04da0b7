"""Holiday closure 暂停营业: the shop rests until a day, says so, and takes no orders before it."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import audit

from .access import SellerPage
from .capabilities import Can


class ClosureForm(forms.Form):
    """The day the shop opens again; empty means it is open."""

    closed_until = forms.DateField(
        label=gettext_lazy("Open again on"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Please write a day like 2026-11-30.")},
    )

    def clean_closed_until(self):
        day = self.cleaned_data["closed_until"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Please choose a day from tomorrow on."))
        return day


@transaction.atomic
def close(*, seller, until, by) -> None:
    """Take no orders before ``until``; None opens the shop now. Orders placed before are not touched."""
    seller.closed_until = until
    seller.save(update_fields=["closed_until"])
    audit.record("shop.closed" if until else "shop.reopened", of=seller, by=by, until=until)


class Closure(SellerPage):
    """Close for a while, or open again."""

    capability = Can.SHOP

    def get(self, request):
        shown = None if request.seller.is_open else request.seller.closed_until
        return self.page(request, ClosureForm(initial={"closed_until": shown}))

    def post(self, request):
        form = ClosureForm({} if "open" in request.POST else request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        close(seller=request.seller, until=form.cleaned_data["closed_until"], by=request.user)
        messages.success(
            request,
            _("Your shop is open.")
            if request.seller.is_open
            else _("Your shop rests; buyers see when it opens again."),
        )
        return redirect("seller:home")

    def page(self, request, form, status=200):
        return render(request, "marketplace/seller/closure.html", {"form": form}, status=status)
