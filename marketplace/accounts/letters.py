"""Letters of the door: the link that sets a new password."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from marketplace.core.tasks import later, task

from . import limits
from .contacts import Contact, Kind
from .models import User


def send_password_link(*, to: Contact, visitor: str, at) -> None:
    """Have somebody write to an e-mail address, in the reader's language. Raises limits.TooMany.

    Whether there is an account is looked up by the worker, never while the visitor waits: her answer takes the same time either way.
    """
    limits.take(
        (limits.CODE_VISITOR, visitor),
        (limits.CODE_DAY, to.address),
        (limits.CODE_HOUR, to.address),
        (limits.CODE_PAUSE, to.address),
        at=at,
    )
    write_password_letter.enqueue(to.address, translation.get_language())


@task()
def write_password_letter(address: str, language: str, tried: int = 0) -> None:
    """A link for who has an account under this e-mail address, otherwise how to get one. Tried again where the mail server is away."""
    user = Contact(Kind.EMAIL, address).owner
    try:
        with translation.override(language):
            words = link_for(user) if user is not None and user.is_active else no_account()
            send_mail(_("A new password for Yanxing"), words, None, [address])
    except OSError:  # what is wrong with mail is one, too
        if not later(write_password_letter, address, language, tried=tried):
            raise


def link_for(user: User) -> str:
    """Good for half an hour, and once: the password is part of the token."""
    parts = [urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    address = f"{settings.SITE_URL}{reverse('accounts:password-link', args=parts)}"
    return _(
        "Open this page within 30 minutes to choose a new password:\n\n%(address)s\n\n"
        "If you did not ask for it, nothing has changed and you can leave this letter be."
    ) % {"address": address}


def no_account() -> str:
    address = f"{settings.SITE_URL}{reverse('accounts:sign-up')}"
    return _(
        "Somebody, probably you, asked for a new password. There is no account under this address; "
        "you may have used a mobile number or another address. To get an account:\n\n%(address)s"
    ) % {"address": address}


def user_of(uid: str, token: str) -> User | None:
    """Whose link it is, while it is good."""
    try:
        user = User.objects.get(pk=int(force_str(urlsafe_base64_decode(uid))), is_active=True)
    except (User.DoesNotExist, ValueError, OverflowError):
        return None
    return user if default_token_generator.check_token(user, token) else None
