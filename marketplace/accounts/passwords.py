"""What a password has to be, in our own words where Django has none in Chinese."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def get_error_message(self):
        return ngettext(
            "The password is too short. Please use at least %(n)s character.",
            "The password is too short. Please use at least %(n)s characters.",
            self.min_length,
        ) % {"n": self.min_length}
