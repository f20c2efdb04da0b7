"""Passwords are checked here and nowhere else: counted first, then compared."""

from django.contrib.auth import authenticate

from . import contacts, limits
from .models import User


def who(*, name: str, password: str, request, visitor: str, at) -> User | None:
    """Whose name and password these are, or None; the same for known and unknown names. Raises limits.TooMany."""
    contact = contacts.read(name)
    subject = contact.address if contact else name.strip().lower()
    limits.take((limits.PASSWORD_VISITOR, visitor), (limits.PASSWORD_NAME, subject), at=at)
    user = authenticate(request, username=name, password=password)
    if user is not None:
        limits.forget(limits.PASSWORD_NAME, subject)
    return user


def is_hers(*, user: User, password: str, visitor: str, at) -> bool:
    """True if this is the password of somebody who is signed in already. Raises limits.TooMany."""
    subject = f"user:{user.pk}"
    limits.take((limits.PASSWORD_VISITOR, visitor), (limits.PASSWORD_NAME, subject), at=at)
    if not user.check_password(password):
        return False
    limits.forget(limits.PASSWORD_NAME, subject)
    return True
