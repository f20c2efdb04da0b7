"""Signing in with whichever name a person has: mobile number or e-mail, and a password."""

from django.contrib.auth.backends import ModelBackend

from marketplace.core import inbox

from . import contacts
from .models import User


def find_user(name: str) -> User | None:
    """The active or inactive user known by this mobile number or e-mail address, as typed; None if there is none."""
    contact = contacts.read(name)
    return contact.owner if contact else None


class MobileOrEmailBackend(ModelBackend):
    """Django's backend, found by mobile number or e-mail."""

    def get_user(self, user_id):
        """Who is signed in, with the number of her unread notices: one query on every page that looks at her."""
        user = User.objects.annotate(unread_notices=inbox.unread()).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def authenticate(self, request, username=None, password=None, **kwargs):
        if username is None or password is None:
            return None
        user = find_user(username)
        if user is None:
            # The same work as for a known name, so that time does not tell who has an account.
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
