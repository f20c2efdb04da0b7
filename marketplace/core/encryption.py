"""Columns nobody can read without the key: numbers of identity cards, bank accounts, names of families.

Fernet (AES-128-CBC with HMAC-SHA256) under a key drawn from FIELD_KEY. Several keys may be given, comma separated: the
first encrypts, all decrypt, so a key can be replaced without a day on which nothing can be read.
"""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models

DEVELOPMENT_KEY = "development-only-field-key"
"""Used where FIELD_KEY is not set; production does not start without one of its own."""


def keys() -> tuple[str, ...]:
    """The secrets in force, newest first."""
    given = tuple(filter(None, (key.strip() for key in settings.FIELD_KEY.split(","))))
    return given or (DEVELOPMENT_KEY,)


@lru_cache(maxsize=8)
def box(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derived(secret, b"fields"))) for secret in secrets])


def derived(secret: str, purpose: bytes) -> bytes:
    """32 bytes for one purpose; the same secret gives unrelated bytes for another."""
    return hashlib.scrypt(secret.encode(), salt=b"yanxing:" + purpose, n=2**14, r=8, p=1, dklen=32)


def encrypt(text: str) -> str:
    """Unreadable text, different each time."""
    return box(keys()).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text again. Raises cryptography.fernet.InvalidToken for anything no key in force has made."""
    return box(keys()).decrypt(token.encode()).decode()


@lru_cache(maxsize=8)
def index_key(secret: str) -> bytes:
    return derived(secret, b"index")


def blind_index(value: str) -> str:
    """64 hex digits that are equal for equal values and tell nothing without the key: for unique and lookup columns.

    Made with the last key of FIELD_KEY, which therefore has to stay in the list when a new one is put in front.
    """
    return hmac.new(index_key(keys()[-1]), value.strip().encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that lies encrypted in the database. Cannot be filtered by: keep a ``blind_index`` beside it for that."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value, expression, connection):
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name):
        return super().get_lookup(lookup_name) if lookup_name in {"isnull"} else None
