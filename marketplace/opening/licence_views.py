"""The seller's papers: how long they hold, and the photograph of the next one."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from marketplace.core import images
from marketplace.seller.access import SellerPage, seller_page
from marketplace.seller.capabilities import Can

from . import renewing
from .fields import DayField
from .licences import Licence, LicenceKind
from .looks import TEAM, looks_at
from .views import handed_out


class RenewForm(forms.Form):
    """A paper and its last day."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=LicenceKind.choices, widget=forms.RadioSelect)
    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        error_messages={"required": gettext_lazy("Please photograph it.")},
    )
    valid_until = DayField(label=gettext_lazy("Valid until"), help_text=gettext_lazy("Empty: without an end."))

    def clean_photo(self):
        try:
            return images.safe_copy(self.cleaned_data["photo"])
        except images.UnusablePicture as refusal:
            raise forms.ValidationError(refusal.for_people) from None

    def clean_valid_until(self):
        day = self.cleaned_data["valid_until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This paper is over already. Please photograph the new one."))
        return day


class Licences(SellerPage):
    """All papers of the shop, the latest first, and the form that sends another."""

    capability = Can.SHOP

    def get(self, request):
        return self.page(request, RenewForm(initial={"kind": LicenceKind.LICENCE}))

    def post(self, request):
        form = RenewForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(request, form, status=422)
        said = form.cleaned_data
        renewing.renew(
            seller=request.seller,
            kind=said["kind"],
            file=said["photo"],
            valid_until=said["valid_until"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Sent. Staff check it, and you are told what they say."))
        return redirect("seller:licences")

    def page(self, request, form, status=200):
        today = timezone.localdate()
        papers = list(Licence.objects.of(request.seller))
        looks = looks_at(papers)
        rows = [(each, each.is_over_on(today), each.ends_soon_on(today), looks[each.pk]) for each in papers]
        return render(request, "marketplace/opening/licences.html", {"form": form, "rows": rows}, status=status)


@require_safe
@seller_page(Can.SHOP)
def photo(request, pk):
    """One of the shop's own papers."""
    return handed_out(get_object_or_404(Licence.objects.of(request.seller), pk=pk), request.user, to=TEAM)
