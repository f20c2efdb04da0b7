"""What staff type about agreements."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from incubator.members.models import Cooperative, EcommercePartner
from incubator.sales.models import ChannelAccount
from marketplace.core.images import UnusablePicture, safe_copy
from marketplace.partner.models import StockPool

from .models import Agreement
from .states import AgreementState

PDF = b"%PDF-"


class AgreementForm(forms.ModelForm):
    """The terms, and the paper with both signatures."""

    class Meta:
        model = Agreement
        fields = (
            "cooperative", "partner", "goods", "price_kind", "price", "volume_kg", "commission_percent", "begins_on",
            "ends_on", "file",
        )  # fmt: skip
        widgets = {
            "begins_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "file": forms.FileInput(attrs={"accept": ".pdf,image/*"}),
        }
        help_texts = {"file": _("PDF or photo, at most 10 MB. Only staff and both sides can open it.")}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cooperative"] = forms.ModelChoiceField(
            Cooperative.objects.for_staff(user).active(), label=_("Cooperative")
        )
        self.fields["partner"] = forms.ModelChoiceField(
            EcommercePartner.objects.for_staff(user).active(), label=_("E-commerce partner")
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("price_kind") != Agreement.PriceKind.MARKET and not cleaned.get("price"):
            self.add_error("price", _("Say the price per kg, or choose the market price of the day."))
        begins, ends = cleaned.get("begins_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It cannot end before it begins."))
        if cleaned.get("volume_kg") == 0:
            self.add_error("volume_kg", _("The agreed volume is more than nothing."))
        return cleaned

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if not file or not hasattr(file, "content_type"):
            return file or ""
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        head = file.read(len(PDF))
        file.seek(0)
        if head == PDF:
            return ContentFile(file.read(), name="agreement.pdf")
        try:
            return ContentFile(safe_copy(file).read(), name="agreement.webp")
        except UnusablePicture:
            raise forms.ValidationError(_("Please choose a PDF or a photo.")) from None


class AgreementSift(forms.Form):
    """What a list of agreements is narrowed down by."""

    q = forms.CharField(label=_("Goods or name"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *AgreementState.choices])
    late = forms.BooleanField(label=_("First order late"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user


class GoodForm(forms.Form):
    """Which sales count for an agreement."""

    account = forms.ModelChoiceField(ChannelAccount.objects.none(), label=_("Channel account"))
    code = forms.CharField(
        label=_("Goods code"), max_length=80, help_text=_("The goods' code in this account's orders.")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        accounts = ChannelAccount.objects.visible_to(user)
        self.fields["account"] = forms.ModelChoiceField(accounts, label=_("Channel account"))


class OpenGoodsForm(forms.Form):
    """Which goods, how much, and from which price."""

    pool = forms.ModelChoiceField(StockPool.objects.none(), label=_("Loose goods"), required=False)
    kg = forms.IntegerField(label=_("Or a new pile of so many kg"), min_value=1, max_value=10_000_000, required=False)
    floor = forms.DecimalField(
        label=_("Floor price (¥/kg)"), min_value=Decimal("0.01"), max_digits=10, decimal_places=2, required=False
    )

    def __init__(self, *args, pools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pool"] = forms.ModelChoiceField(pools, label=_("Loose goods"), required=False)


class ChargeForm(forms.Form):
    """What the partner kept, by its statement."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    amount = forms.DecimalField(
        label=_("Commission charged (¥)"), min_value=Decimal(0), max_digits=12, decimal_places=2
    )
