"""What forms of every package share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import images

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

REQUIRED = gettext_lazy("This field is required.")
"""Django's own sentence, kept here so that our catalogue answers for it and not Wagtail's, whose Chinese speaks to editors."""
OUT_OF_REACH = gettext_lazy("Please give a day between the years 2000 and 2100.")
WITHIN_REACH = (
    MinValueValidator(date(2000, 1, 1), OUT_OF_REACH),
    MaxValueValidator(date(2100, 12, 31), OUT_OF_REACH),
)
"""Days one can reckon from, backwards and forwards."""


def first_error(form: forms.BaseForm) -> str:
    """The first complaint of an invalid form, in the reader's language: for answers that have room for one sentence."""
    return str(next(iter(form.errors.values()))[0])


class DaysInOrder(forms.Form):
    """A form that asks from ``since`` until ``until``; of days that end before they begin it says ``backwards``."""

    backwards: StrPromise

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", self.backwards)
        return cleaned


class SeveralFiles(forms.ClearableFileInput):
    """A file box that takes several at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def __init__(self):
        super().__init__({"accept": "image/*", "multiple": True})


class PhotosField(forms.FileField):
    """Up to ``most`` photos; the cleaned value is a list of copies without anything but pixels, empty for none."""

    def __init__(self, *, most: int, **kwargs):
        super().__init__(widget=SeveralFiles(), required=False, allow_empty_file=True, **kwargs)
        self.most = most

    def clean(self, data, initial=None) -> list[ContentFile]:
        files = [file for file in data or [] if file]
        if len(files) > self.most:
            raise forms.ValidationError(_("At most %(most)s photos, please.") % {"most": self.most})
        try:
            return [images.safe_copy(file) for file in files]
        except images.UnusablePicture as refusal:
            raise forms.ValidationError(refusal.for_people) from refusal
