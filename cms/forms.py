"""Forms of the content rooms that ask for more than Wagtail's own."""

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """A picture says what it shows, for those who cannot see it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        description = self.fields["description"]
        description.required = True
        description.label = _("What the picture shows")
        description.error_messages["required"] = _("Say what the picture shows, for those who cannot see it.")
