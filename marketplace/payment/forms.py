"""What buyers send while they pay."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import images


class SlipForm(forms.Form):
    """A photo of the transfer slip; ``cleaned_data["slip"]`` is a clean copy without anything but pixels."""

    slip = forms.FileField(
        label=_("Photo of the transfer slip"),
        allow_empty_file=True,
        help_text=_("JPEG, PNG, WebP or HEIC, at most 10 MB."),
        error_messages=dict.fromkeys(("required", "missing"), _("Please choose the photo of your slip.")),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def clean_slip(self):
        try:
            return images.safe_copy(self.cleaned_data["slip"])
        except images.UnusablePicture as refusal:
            raise forms.ValidationError(refusal.for_people) from refusal


class DemoForm(forms.Form):
    """What the pretended wallet should answer."""

    outcome = forms.ChoiceField(choices=[("succeed", ""), ("fail", ""), ("late", "")])
