"""Becoming known: proof first, agreement always, never two accounts under one contact."""

import pytest
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.core.models import AuditEntry, Consent
from tests import door, shop

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
PAGE = "accounts:sign-up"


def sign_up(client, name="13900000009", password=door.PASSWORD, **more):
    """Ask for a code and send the whole form."""
    door.ask_for_code(client, name, PAGE)
    form = {"name": name, "code": door.last_code(), "password": password, "agreed": "on"} | more
    return client.post(reverse(PAGE), {key: value for key, value in form.items() if value is not None})


class TestSignUp:
    @pytest.mark.parametrize("name", ["13900000009", "New@Example.org"])
    def test_opens_an_account_and_lets_in(self, client, name):
        answer = sign_up(client, name, next="/basket/")

        assert answer.url == "/basket/"
        user = User.objects.get()
        assert user.get_username() in {"+8613900000009", "new@example.org"} and user.check_password(door.PASSWORD)
        assert client.get("/account/").status_code == 200

    def test_notes_what_she_agreed_to_by_version(self, client, settings):
        sign_up(client)

        agreed = {consent.purpose: consent.text_version for consent in Consent.objects.filter(user=User.objects.get())}
        assert agreed == settings.LEGAL_TEXTS
        assert AuditEntry.objects.filter(action="account.opened").exists()

    def test_needs_the_tick_which_is_never_set_before(self, client):
        assert "checked" not in client.get(reverse(PAGE)).content.decode().split('id="id_agreed"')[1].split(">")[0]

        page = sign_up(client, agreed=None).content.decode()

        assert "请阅读并同意" in page and not User.objects.exists()

    def test_spends_the_code_only_when_all_else_is_right(self, client):
        sign_up(client, agreed=None)
        form = {"name": "13900000009", "code": door.last_code(), "password": door.PASSWORD, "agreed": "on"}

        assert client.post(reverse(PAGE), form).status_code == 302

    @pytest.mark.parametrize(
        "password",
        ["", "short", "12345678", "password", "13900000009"],
        ids=["none", "short", "digits", "common", "own"],
    )
    def test_refuses_weak_passwords_in_words(self, client, password):
        answer = sign_up(client, password=password)

        assert "field__error" in answer.content.decode() and not User.objects.exists()

    @pytest.mark.parametrize("name", ["", "12345", "王", "a@b", "<script>alert(1)</script>", "139" * 90])
    def test_refuses_what_nobody_can_be_reached_under(self, client, name):
        answer = client.post(reverse(PAGE), {"name": name, "send": "1"})

        page = answer.content.decode()
        assert "field__error" in page and "<script>alert" not in page

    def test_lets_in_who_had_an_account_already_and_changes_nothing(self, client, buyer):
        sign_up(client, "13900000001", "another-password")

        assert User.objects.get().check_password(door.PASSWORD)
        assert client.get("/account/").status_code == 200

    def test_tells_nobody_whether_a_contact_has_an_account(self, client, buyer):
        form = {"code": "000000", "password": door.PASSWORD, "agreed": "on"}

        known, unknown = (
            client.post(reverse(PAGE), form | {"name": name}).content.decode()
            for name in ("13900000001", "13900000009")
        )

        assert "验证码不对" in known and "验证码不对" in unknown

    def test_takes_proof_from_the_same_browser_only_for_some_minutes(self, client, later):
        door.ask_for_code(client)
        client.post(reverse("accounts:sign-in-code"), {"name": "13900000001", "code": door.last_code()})

        later(minutes=16)

        assert 'name="code"' in client.get(reverse(PAGE)).content.decode()

    def test_needs_no_second_code_after_the_first(self, client):
        door.ask_for_code(client)
        client.post(reverse("accounts:sign-in-code"), {"name": "13900000001", "code": door.last_code()})

        client.post(reverse(PAGE), {"password": door.PASSWORD, "agreed": "on", "name": "13900000002"})

        assert str(User.objects.get().mobile) == "+8613900000001"

    def test_keeps_the_basket_of_the_guest(self, client):
        client.post(reverse("basket:add"), {"product": shop.product(shop.seller()).pk, "quantity": 3})

        sign_up(client)
        client.get(reverse("basket:summary"))

        assert User.objects.get().baskets.get(status="Open").lines.get().quantity == 3

    @BOTH
    def test_has_a_page_in_both_languages(self, client, prefix):
        assert client.get(f"{prefix}/sign-up/").status_code == 200
