"""Encrypted columns: unreadable in the database, readable with a key, and keys can be replaced."""

import pytest
from cryptography.fernet import InvalidToken
from django.db import connection
from django.utils import timezone

from marketplace.core import encryption
from marketplace.core.models import Consent

GUARDIAN = "王监护样例"


class TestEncrypt:
    def test_comes_back(self):
        assert encryption.decrypt(encryption.encrypt(GUARDIAN)) == GUARDIAN

    def test_never_looks_the_same_twice(self):
        assert encryption.encrypt(GUARDIAN) != encryption.encrypt(GUARDIAN)

    def test_outlives_a_new_key(self, settings):
        settings.FIELD_KEY = "old"
        token = encryption.encrypt(GUARDIAN)

        settings.FIELD_KEY = "new, old"

        assert encryption.decrypt(token) == GUARDIAN

    def test_is_closed_to_another_key(self, settings):
        token = encryption.encrypt(GUARDIAN)
        settings.FIELD_KEY = "another"

        with pytest.raises(InvalidToken):
            encryption.decrypt(token)


class TestBlindIndex:
    def test_is_equal_for_equal_values_only(self):
        assert encryption.blind_index("230281 ") == encryption.blind_index("230281")
        assert encryption.blind_index("230281") != encryption.blind_index("230282")

    def test_stays_when_a_new_key_is_put_in_front(self, settings):
        settings.FIELD_KEY = "old"
        before = encryption.blind_index("230281")

        settings.FIELD_KEY = "new,old"

        assert encryption.blind_index("230281") == before


@pytest.mark.django_db
class TestEncryptedTextField:
    def test_lies_unreadable_in_the_database(self):
        Consent.objects.create(
            subject="story:1", purpose="story", text_version="1", guardian=GUARDIAN, given_at=timezone.now()
        )

        with connection.cursor() as cursor:
            cursor.execute("SELECT guardian FROM core_consent")
            stored = cursor.fetchone()[0]

        assert GUARDIAN not in stored
        assert Consent.objects.get().guardian == GUARDIAN
