"""Coming in by a code, and what becomes of those who have no account yet."""

import pytest
from django.urls import reverse

from marketplace.accounts.models import User
from tests import door

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
PAGE = "accounts:sign-in-code"


def give(client, code, name="13900000001", **more):
    return client.post(reverse(PAGE), {"name": name, "code": code} | more)


class TestComingInByCode:
    @pytest.mark.parametrize("name", ["139 0000 0001", "Buyer@example.org"])
    def test_takes_number_or_address(self, client, buyer, name):
        door.ask_for_code(client, name)

        assert give(client, door.last_code(), name, next="/basket/").url == "/basket/"
        assert client.get("/account/").status_code == 200

    def test_reads_a_code_with_spaces(self, client, buyer):
        door.ask_for_code(client)
        code = door.last_code()

        assert give(client, f" {code[:3]} {code[3:]} ").status_code == 302

    def test_refuses_a_wrong_code_and_keeps_the_name(self, client, buyer):
        door.ask_for_code(client)
        wrong = f"{(int(door.last_code()) + 1) % 10**6:06}"

        page = give(client, wrong).content.decode()

        assert "验证码不对" in page and 'value="13900000001"' in page
        assert client.get("/account/").status_code == 302

    def test_answers_the_same_for_known_and_unknown(self, client, buyer, outbox):
        known = door.ask_for_code(client, "13900000001").content.decode()
        unknown = door.ask_for_code(client, "13900000009").content.decode()

        tokens = client.cookies["csrftoken"].value
        assert tokens and without_names(known) == without_names(unknown)
        assert len(outbox.texts) == 2

    def test_answers_a_script_in_words_and_seconds(self, client, buyer):
        address, form, script = reverse(PAGE), {"name": "13900000001", "send": "1"}, {"X-Requested-With": "fetch"}

        first = client.post(address, form, headers=script)
        second = client.post(address, form, headers=script)

        assert first.status_code == 200 and first.json()["wait"] == 60 and "139****0001" in first.json()["message"]
        assert second.status_code == 422 and 0 < second.json()["wait"] <= 60

    def test_says_so_when_the_code_could_not_be_sent(self, client, buyer, outbox):
        outbox.fails = True

        assert "验证码暂时发不出去" in door.ask_for_code(client).content.decode()

    def test_is_refused_to_who_was_blocked(self, client, buyer):
        User.objects.update(is_active=False)
        door.ask_for_code(client)

        assert "已被停用" in give(client, door.last_code()).content.decode()

    def test_leads_who_has_no_account_to_sign_up_without_asking_again(self, client):
        door.ask_for_code(client, "13900000009")

        answer = give(client, door.last_code(), "13900000009", next="/basket/")

        assert answer.url == "/sign-up/?next=%2Fbasket%2F"
        page = client.get(answer.url).content.decode()
        assert "139****0009" in page and 'name="code"' not in page

    @BOTH
    def test_has_a_page_in_both_languages(self, client, prefix):
        assert client.get(f"{prefix}/sign-in/code/").status_code == 200


def without_names(page: str) -> str:
    """The page without what differs anyway: the name typed, its mask, and the form's token."""
    import re

    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return page.replace("13900000009", "13900000001").replace("139****0009", "139****0001")
