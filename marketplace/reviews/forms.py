"""What people type about goods."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.forms import PhotosField

from .actions import MOST_PHOTOS
from .models import LONGEST

SCORES = ((5, _("5 very good")), (4, _("4 good")), (3, _("3 fair")), (2, _("2 poor")), (1, _("1 very poor")))


def score(label) -> forms.TypedChoiceField:
    missing = {"required": _("Please choose a number of stars.")}
    return forms.TypedChoiceField(
        label=label, choices=SCORES, coerce=int, widget=forms.RadioSelect, error_messages=missing
    )


class ReviewForm(forms.Form):
    """One line's review."""

    product_score = score(_("The goods"))
    seller_score = score(_("The shop and its delivery"))
    text = forms.CharField(
        label=_("What others should know"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your name is not shown. Mobile numbers are hidden."),
    )
    photos = PhotosField(label=_("Photos"), most=MOST_PHOTOS, help_text=_("Up to 6 photos."))


class WordsForm(forms.Form):
    """An answer, or what is added later."""

    text = forms.CharField(label=_("Your answer"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class HideForm(forms.Form):
    """Why staff hide a review."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
