"""What staff narrow lists of members down by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from incubator import shell
from marketplace.core import areas

from .models import Cooperative, EcommercePartner
from .words import Category


def counties_of(places: tuple[str, ...], known: set[str]) -> list[tuple[str, areas.Area]]:
    """Counties to choose from: those that occur among ``known`` codes and lie in these places, as people call them."""
    codes = sorted(code for code in known if any(code.startswith(place) for place in places))
    return [(code, areas.get(code)) for code in codes]


class MemberSift(forms.Form):
    """Words, county and category; every part may be left out."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("Place"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False, choices=[("", _("All")), *Category.choices])
    model: type[Cooperative | EcommercePartner] = Cooperative

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        known = set(self.model.objects.for_staff(user).order_by().values_list("area", flat=True).distinct())
        places = [(code, area.name) for code, area in counties_of(shell.places(user), known)]
        self.fields["area"] = forms.ChoiceField(label=_("Place"), required=False, choices=[("", _("All")), *places])


class CooperativeSift(MemberSift):
    weak = forms.BooleanField(label=_("Weak cooperatives only"), required=False)


class PartnerSift(MemberSift):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *EcommercePartner.Kind.choices])
    model = EcommercePartner
