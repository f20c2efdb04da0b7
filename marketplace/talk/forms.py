"""What buyers and sellers write to each other."""

import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.forms import PhotosField

from .actions import MOST_PHOTOS
from .models import LONGEST, LONGEST_QUESTION


class QuestionForm(forms.Form):
    """A public question."""

    text = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Everybody reads question and answer; your name is not shown."),
    )


class AnswerForm(forms.Form):
    """The shop's answer."""

    text = forms.CharField(label=gettext_lazy("Your answer"), max_length=LONGEST)


class MessageForm(forms.Form):
    """A message: words, pictures, or both."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    text = forms.CharField(
        label=gettext_lazy("Your message"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mobile numbers are hidden in messages."),
    )
    photos = PhotosField(label=gettext_lazy("Photos"), most=MOST_PHOTOS)

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        typed["key"] = typed.get("key") or uuid.uuid4()
        if not (typed.get("text") or "").strip() and not typed.get("photos") and not self.errors:
            self.add_error("text", _("Please write something or add a photo."))
        return typed
