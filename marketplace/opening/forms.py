"""The application form: one screen, of which each kind of shop fills in its part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.address.forms import AreaChoice
from marketplace.core import images
from marketplace.core.pinyin import slug
from marketplace.partner.models import Partner

from .fields import DayField
from .models import Opening, Paper
from .papers import NEEDS, NOTHING, is_code, is_identity

TEXTS = {"seller_identity": "2026-11", "seller_bank": "2026-11"}
"""What she agrees to, with the version of the text that stands beside the tick."""


def photo(label):
    return forms.FileField(
        label=label, required=False, widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})
    )


class OpeningForm(forms.Form):
    """Who opens which shop. What a kind does not need is not looked at."""

    kind = forms.ChoiceField(
        label=_("Who sells?"),
        choices=Partner.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose who sells.")},
    )
    name = forms.CharField(label=_("Name of the shop"), max_length=30)
    area = AreaChoice(label=_("Place"))
    person = forms.CharField(
        label=_("Real name"), max_length=40, help_text=_("Of the person who answers for the shop.")
    )
    code = forms.CharField(
        label=_("Unified social credit code"), required=False, max_length=18, help_text=_("18 signs, on the licence.")
    )
    identity = forms.CharField(label=_("Identity number"), required=False, max_length=18)
    licence_photo = photo(_("Business licence"))
    licence_until = DayField(label=_("Licence valid until"), help_text=_("Empty: without an end."))
    identity_photo = photo(_("Identity card, the side with the name"))
    food_photo = photo(_("Food business licence"))
    food_until = DayField(label=_("Food licence valid until"), help_text=_("Empty: without an end."))
    grows_herself = forms.BooleanField(
        label=_(
            "I sell only what my household grew or made itself, and need no registration (e-commerce law, article 10)."
        ),
        required=False,
    )
    agree_identity = forms.BooleanField(
        label=_("You may check my identity data and keep it, encrypted, as long as the shop exists."),
        error_messages={"required": _("Without this we cannot check who sells.")},
    )
    agree_bank = forms.BooleanField(
        label=_("You may use the bank data I shall give you, for paying me out and nothing else."), required=False
    )

    def __init__(self, *args, opening: Opening | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.opening = opening

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        if Partner.objects.filter(slug=slug(name)).exists():
            raise forms.ValidationError(_("A shop has this name already. Please choose another."))
        return name

    def clean_code(self):
        return self.cleaned_data["code"].replace(" ", "").upper()

    def clean_identity(self):
        return self.cleaned_data["identity"].replace(" ", "").upper()

    def clean(self):
        cleaned: dict[str, Any] = super().clean() or {}
        needs = NEEDS.get(cleaned.get("kind", ""), NOTHING)
        if needs.code and not is_code(cleaned.get("code", "")):
            self.add_error("code", _("This is no unified social credit code: one of its signs is wrong."))
        if needs.identity and not is_identity(cleaned.get("identity", "")):
            self.add_error("identity", _("This is no identity number: one of its digits is wrong."))
        if needs.statement and not cleaned.get("grows_herself"):
            self.add_error("grows_herself", _("Without registration you may sell only what you grew or made yourself."))
        there = set(self.opening.papers.values_list("kind", flat=True)) if self.opening else set()
        for kind in needs.papers:
            if kind not in there and not cleaned.get(f"{kind}_photo"):
                self.add_error(f"{kind}_photo", _("Please photograph it."))
        return cleaned

    def papers(self) -> dict:
        """Clean copies of the photographs that came along, by kind; one that is no photo is a complaint of its field."""
        found = {}
        for kind in Paper.Kind.values:
            file = self.files.get(f"{kind}_photo")
            if file:
                try:
                    found[kind] = images.safe_copy(file)
                except images.UnusablePicture as refusal:
                    self.add_error(f"{kind}_photo", refusal.for_people)
        return found
