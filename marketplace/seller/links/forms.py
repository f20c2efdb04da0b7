"""Who shares what."""

import uuid
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.address.forms import AreaChoice
from marketplace.catalogue.models import Listing
from marketplace.sharing.models import ShareLink

CHOOSE = {"required": _("Please choose one."), "invalid_choice": _("Please choose one.")}


class LinkForm(forms.Form):
    """A link to the shop or to goods on the shelf. ``key`` makes pressing twice one link."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    product = forms.ModelChoiceField(
        label=_("What is shared?"), queryset=Listing.objects.none(), required=False, empty_label=_("The whole shop")
    )
    sharer = forms.ChoiceField(
        label=_("Who shares?"),
        choices=ShareLink.Sharer.choices,
        initial=ShareLink.Sharer.CAMPAIGN.value,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    area = AreaChoice(
        label=_("County"),
        required=False,
        error_messages={"coarse": _("Please choose the county that shares.")},
    )
    label = forms.CharField(
        label=_("Name of it"),
        max_length=40,
        help_text=_("For your list only, such as “autumn fair”; it is not in the link."),
        error_messages={"required": _("Please give it a name.")},
    )

    def __init__(self, *args, seller, **kwargs):
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["product"]).queryset = seller.listings.live().order_by("title")

    def clean(self):
        """A county is one of the official table; nobody else has one."""
        cleaned = super().clean() or {}
        if cleaned.get("sharer") != ShareLink.Sharer.COUNTY:
            cleaned["area"] = ""
            self.errors.pop("area", None)
        elif not cleaned.get("area") and "area" not in self.errors:
            self.add_error("area", _("Please choose the county that shares."))
        return cleaned

    def clean_key(self):
        return self.cleaned_data["key"] or uuid.uuid4()
