"""What a person is known by: a mobile number or an e-mail address, read from what she typed."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import NumberParseException

from .models import User, UserManager


class Kind(StrEnum):
    MOBILE = "mobile"
    EMAIL = "email"


@dataclass(frozen=True)
class Contact:
    """One way to reach a person; ``address`` is E.164 or a lower-case e-mail address."""

    kind: Kind
    address: str

    def __str__(self):
        return self.address

    @property
    def verified_at(self) -> str:
        """The column of its person that says when she proved it."""
        return f"{self.kind.value}_verified_at"

    @property
    def masked(self) -> str:
        """138****0001 or w***@example.org."""
        return User(**{self.kind: self.address}).masked_contact

    @property
    def owner(self) -> User | None:
        """Who has an account under it, active or not."""
        return User.objects.filter(**{self.kind: self.address}).first()


def read(typed: str) -> Contact | None:
    """The contact somebody typed, with or without spaces, dashes and country; None if it is neither kind."""
    typed = (typed or "").strip()
    return read_email(typed) if "@" in typed else read_mobile(typed)


def read_email(typed: str) -> Contact | None:
    try:
        validate_email(typed)
    except ValidationError:
        return None
    return Contact(Kind.EMAIL, UserManager.normalize_email(typed))


def read_mobile(typed: str) -> Contact | None:
    try:
        number = PhoneNumber.from_string(typed)
    except NumberParseException:
        return None
    return Contact(Kind.MOBILE, number.as_e164) if number.is_valid() else None


def fits(words: str) -> Q:
    """Whom staff look for: the one with exactly this contact, or everybody whose name holds the words."""
    contact = read(words)
    if contact:
        return Q(**{contact.kind.value: contact.address})
    return Q(nickname__icontains=words) | Q(first_name__icontains=words)


def of(user: User) -> list[Contact]:
    """All ways to reach a user, her mobile number first."""
    found = []
    if user.mobile:
        found.append(Contact(Kind.MOBILE, user.mobile.as_e164))
    if user.email:
        found.append(Contact(Kind.EMAIL, user.email))
    return found
