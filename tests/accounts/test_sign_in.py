"""The one door of shop, dashboard and CMS."""

import pytest
from django.core import mail
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import door, incubator, shop

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
ELSEWHERE = [
    "https://example.com/",
    "//example.com/",
    "/\\example.com",
    "http:///example.com",
    "javascript:alert(1)",
    "https:example.com",
    "\thttps://example.com",
]


def sign_in(client, name="13900000001", password="rice-in-autumn", **more):
    return client.post(reverse("accounts:sign-in"), {"name": name, "password": password, **more})


class TestSignIn:
    @pytest.mark.parametrize(
        "name",
        ["13900000001", "+86 139 0000 0001", "139-0000-0001", "buyer@example.org", " Buyer@Example.ORG "],
        ids=["mobile", "with country", "with dashes", "e-mail", "e-mail as typed"],
    )
    def test_takes_mobile_number_or_email(self, client, buyer, name):
        answer = sign_in(client, name)

        assert answer.url == "/account/"
        assert client.get("/account/").status_code == 200

    @pytest.mark.parametrize(
        ("name", "password"),
        [
            ("13900000001", "wrong-password"),
            ("13900000009", "rice-in-autumn"),
            ("nobody@example.org", "x"),
            ("王", "x"),
        ],
        ids=["wrong password", "unknown number", "unknown address", "no name at all"],
    )
    def test_says_the_same_whatever_was_wrong(self, client, buyer, name, password):
        page = sign_in(client, name, password).content.decode()

        assert "账号和密码不相符" in page
        assert "_auth_user_id" not in client.session

    def test_keeps_the_name_typed_and_never_the_password(self, client, buyer):
        page = sign_in(client, "13900000001", "wrong-password").content.decode()

        assert 'value="13900000001"' in page and "wrong-password" not in page

    def test_is_refused_to_a_closed_account(self, client, buyer):
        User.objects.update(is_active=False)

        assert sign_in(client).status_code == 200

    def test_leads_on_to_the_page_that_was_asked_for(self, client, buyer):
        asked = client.get("/account/")

        assert asked.url == "/sign-in/?next=/account/"
        assert sign_in(client, next="/products/?q=rice").url == "/products/?q=rice"

    def test_leads_people_to_where_they_work_unless_they_came_for_a_page(self, client, buyer):
        team.join(seller=shop.seller(), user=buyer, role=TeamRole.PACKER)

        form = client.get(reverse("accounts:sign-in"))
        assert form.context["next"] == ""
        assert sign_in(client, next=form.context["next"]).url == "/seller/"
        assert sign_in(client, next="/basket/").url == "/basket/"
        assert client.get("/sign-in/").url == "/seller/"

    def test_leads_who_speaks_for_a_cooperative_to_the_workspace(self, client, buyer):
        incubator.cooperative(users=[buyer])

        assert sign_in(client).url == "/incubator/"

    @pytest.mark.parametrize("trick", ELSEWHERE)
    def test_never_leads_to_another_host(self, client, buyer, trick):
        assert sign_in(client, next=trick).url == "/account/"
        assert trick.strip() not in client.get(reverse("accounts:sign-in"), {"next": trick}).content.decode()

    def test_gives_the_session_a_new_key(self, client, buyer):
        client.post(reverse("basket:province"), {"province": "23"})
        client.session["seen"] = True
        before = client.session.session_key

        sign_in(client)

        assert client.session.session_key != before

    def test_keeps_the_basket_of_the_guest(self, client, buyer):
        goods = shop.product(shop.seller())
        client.post(reverse("basket:add"), {"product": goods.pk, "quantity": 2})

        sign_in(client)
        client.get(reverse("basket:summary"))

        assert buyer.baskets.get(status="Open").lines.get().quantity == 2

    @BOTH
    def test_has_a_page_in_both_languages(self, client, prefix):
        assert client.get(f"{prefix}/sign-in/").status_code == 200

    def test_asks_nobody_twice(self, client, buyer):
        client.force_login(buyer)

        assert client.get("/sign-in/").url == "/account/"

    def test_tells_who_lacks_the_right_instead_of_turning_in_circles(self, client, buyer):
        client.force_login(buyer)

        page = client.get("/sign-in/?next=/cms/")

        assert page.status_code == 200 and buyer.get_full_name() in page.content.decode()


class TestTheOneDoor:
    @pytest.mark.parametrize("path", ["/cms/", "/dashboard/", "/account/"])
    def test_is_where_every_room_sends_strangers(self, client, path):
        assert client.get(path).url == f"/sign-in/?next={path}"

    @pytest.mark.parametrize("path", ["/cms/", "/dashboard/", "/account/"])
    def test_lets_an_operator_into_every_room(self, client, path):
        User.objects.create_superuser(mobile="13900000006", password="rice-in-autumn")

        sign_in(client, "13900000006")

        assert client.get(path).status_code == 200

    def test_has_no_other_door_beside_it(self, client):
        User.objects.create_superuser(mobile="13900000006", password="rice-in-autumn")

        for old in ("/cms/login/", "/_util/login/", "/en/_util/login/"):
            answer = client.post(old, {"username": "13900000006", "password": "rice-in-autumn"}, follow=True)
            assert answer.redirect_chain[0][0].endswith("/sign-in/")
            assert "_auth_user_id" not in client.session
        assert client.get("/cms/password_reset/").url.startswith("/sign-in/")


class TestSignOut:
    def test_forgets_who_this_is(self, client, buyer):
        client.force_login(buyer)

        client.post(reverse("accounts:sign-out"))

        assert client.get("/account/").status_code == 302

    def test_is_not_done_by_a_link(self, client, buyer):
        client.force_login(buyer)

        assert client.get(reverse("accounts:sign-out")).status_code == 405
        assert client.get("/account/").status_code == 200


class TestKnownAndUnknown:
    """Nobody learns who has an account: the same answer, and the same work behind it (work is counted, time is not)."""

    @pytest.fixture(autouse=True)
    def real_queue(self, settings):
        """What a worker does later is not what the visitor waits for."""
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

    def worked(self, monkeypatch, page, form):
        """Status, page without tokens, what the database was asked, and how often a password was hashed and anything was sent."""
        import re

        from django.contrib.auth.hashers import MD5PasswordHasher
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from marketplace.accounts.models import Tally

        client = Client()
        Tally.objects.all().delete()
        hashed, encode = [], MD5PasswordHasher.encode
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
        client.get(page)
        sent = len(mail.outbox) + len(door.Outbox.texts)
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(page, form)
        monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        questions = [re.sub(r"'[^']*'|\bs\d+_x\d+\b|\b\d+\b", "?", query["sql"]) for query in asked]
        sent = len(mail.outbox) + len(door.Outbox.texts) - sent
        return answer.status_code, text.replace(form["name"], "NAME"), questions, len(hashed), sent

    @pytest.mark.parametrize(
        ("page", "more"),
        [
            ("accounts:sign-in", {"password": "not-her-password"}),
            ("accounts:sign-in-code", {"send": "1"}),
            ("accounts:sign-up", {"send": "1"}),
            ("accounts:password", {}),
        ],
        ids=["password", "code", "sign-up", "forgotten"],
    )
    @pytest.mark.parametrize(
        "names", [("13900000001", "13900000002"), ("buyer@example.org", "maker@example.org")], ids=["mobile", "email"]
    )
    def test_are_answered_alike(self, buyer, monkeypatch, page, more, names):
        from django.urls import reverse

        known, unknown = (self.worked(monkeypatch, reverse(page), {"name": name} | more) for name in names)

        assert known[0] == unknown[0]
        assert known[2:] == unknown[2:]
        hidden = [text.replace("139****0001", "X").replace("139****0002", "X") for text in (known[1], unknown[1])]
        assert [text.replace("b***@", "X").replace("m***@", "X") for text in hidden][0] == hidden[1].replace(
            "m***@", "X"
        )

    @pytest.mark.parametrize("name", ["buyer@example.org", "maker@example.org"], ids=["known", "unknown"])
    def test_a_letter_is_one_task_that_looks_for_the_account_later(self, buyer, client, name):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext
        from django_tasks_db.models import DBTaskResult

        with CaptureQueriesContext(connection) as asked:
            client.post(reverse("accounts:password"), {"name": name})

        assert DBTaskResult.objects.get().args_kwargs["args"] == [name, "zh-hans"] and mail.outbox == []
        assert not [query["sql"] for query in asked if '"accounts_user"' in query["sql"]]
