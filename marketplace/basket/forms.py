"""What people press and type in baskets. Prices and sellers are never taken from a form."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from marketplace.basket.actions import MOST_OF_ONE, whole_number
from marketplace.catalogue import goods
from marketplace.core import areas


class Quantity(forms.IntegerField):
    """A whole number of packs, in words where it is not."""

    def __init__(self, least: int):
        said = dict.fromkeys(("required", "invalid", "min_value", "max_value"), lazy(whole_number, str)())
        super().__init__(min_value=least, max_value=MOST_OF_ONE, error_messages=said)


class PackField(forms.IntegerField):
    """The number of a pack; cleaned, the pack itself with its stock."""

    def clean(self, value):
        pack = goods.pack(super().clean(value))
        if pack is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return pack


class AddForm(forms.Form):
    """So many of one pack."""

    product = PackField(error_messages=dict.fromkeys(("required", "invalid"), _("This product is no longer sold.")))
    quantity = Quantity(least=1)


class ChangeForm(forms.Form):
    """So many of a line from now on; a press of plus or minus counts from what the field says."""

    quantity = Quantity(least=0)
    step = forms.ChoiceField(choices=[("", ""), ("1", "+"), ("-1", "-")], required=False)

    def wanted(self) -> int:
        """The quantity asked for; 0 takes the line out."""
        return max(0, self.cleaned_data["quantity"] + int(self.cleaned_data["step"] or 0))


def province_choices():
    return [("", _("Choose a province")), *((area.code[:2], area.display_name) for area in areas.children())]


class ProvinceForm(forms.Form):
    """Where the goods would go, to know freight before there is an address."""

    province = forms.ChoiceField(label=_("Deliver to"), choices=province_choices)
