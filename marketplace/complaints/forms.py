"""What somebody complains of, and what staff and the seller say."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.forms import PhotosField

from .actions import MOST_PHOTOS
from .models import LONGEST
from .states import Kind, Outcome

CHOOSE = {"required": _("Please choose one."), "invalid_choice": _("Please choose one.")}


class ComplaintForm(forms.Form):
    """A complaint. ``key`` makes pressing twice one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=Kind.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    text = forms.CharField(
        label=_("What happened?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What, when, and what you would like us to do. Mobile numbers are hidden."),
        error_messages={"required": _("Please write something.")},
    )
    photos = PhotosField(label=_("Photos"), most=MOST_PHOTOS)

    def clean_key(self):
        return self.cleaned_data["key"] or uuid.uuid4()


class WordsForm(forms.Form):
    """Words of staff to the seller, or of the seller to staff."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control input"}),
        error_messages={"required": _("Please write something.")},
    )


class AnswerForm(forms.Form):
    """How staff end it."""

    outcome = forms.ChoiceField(
        label=_("Result"),
        choices=[("", _("Please choose one.")), *Outcome.choices],  # a careless press founds no complaint
        error_messages=CHOOSE,
        widget=forms.Select(attrs={"class": "form-control"}),
    )
    text = forms.CharField(
        label=_("Answer to whoever complained"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        error_messages={"required": _("Please write something.")},
    )
