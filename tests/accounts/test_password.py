"""Passwords: guessed, forgotten, set anew."""

import socket

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from marketplace.accounts.models import User
from marketplace.core import queue
from marketplace.core.models import Notice
from marketplace.core.tasks import PAUSES
from tests import door

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
NEW = "millet-in-spring"


def nobody_listens() -> int:
    """A port that refuses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def work() -> None:
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)


def sign_in(client, name="13900000001", password=door.PASSWORD):
    return client.post(reverse("accounts:sign-in"), {"name": name, "password": password})


class TestGuessing:
    def test_ends_after_ten_tries_even_with_the_right_one(self, client, buyer):
        for _n in range(10):
            sign_in(client, password="wrong-password")

        page = sign_in(client).content.decode()

        assert "尝试次数太多" in page and client.get("/account/").status_code == 302

    def test_ends_for_unknown_names_alike(self, client, buyer):
        answers = []
        for name in ("13900000001", "13900000009"):
            pages = [sign_in(client, name, "wrong-password").content.decode() for _n in range(11)]
            answers.append(["尝试次数太多" in page for page in pages])

        assert answers[0] == answers[1] == [False] * 10 + [True]

    def test_is_counted_in_the_database_not_in_memory(self, client, buyer):
        from django.core.cache import cache

        for _n in range(10):
            sign_in(client, password="wrong-password")
        cache.clear()

        assert "尝试次数太多" in sign_in(Client()).content.decode()

    def test_counts_one_name_however_it_is_typed(self, client, buyer):
        for name in ["13900000001", "+8613900000001", "139 0000 0001", "139-0000-0001", " 13900000001 "] * 2:
            sign_in(client, name, "wrong-password")

        assert "尝试次数太多" in sign_in(client).content.decode()

    def test_is_forgiven_after_a_while(self, client, buyer, later):
        for _n in range(10):
            sign_in(client, password="wrong-password")

        later(minutes=16)

        assert sign_in(client).status_code == 302

    def test_is_forgotten_when_the_right_one_comes(self, client, buyer):
        for _n in range(3):
            for _m in range(9):
                sign_in(client, password="wrong-password")
            assert sign_in(client).status_code == 302

    def test_does_not_lock_the_owner_out_of_the_way_by_code(self, client, buyer):
        for _n in range(11):
            sign_in(client, password="wrong-password")
        door.ask_for_code(client)

        answer = client.post(reverse("accounts:sign-in-code"), {"name": "13900000001", "code": door.last_code()})

        assert answer.status_code == 302

    def test_ends_for_a_visitor_who_tries_many_names(self, client, buyer):
        for number in range(100):
            sign_in(client, f"1390000{number:04}", "wrong-password")

        assert "尝试次数太多" in sign_in(client).content.decode()


class TestForgottenByNumber:
    def begin(self, client, name="13900000001"):
        return client.post(reverse("accounts:password"), {"name": name})

    def finish(self, client, name="13900000001", password=NEW, code=None):
        form = {"name": name, "code": code or door.last_code(), "password": password}
        return client.post(reverse("accounts:password-code"), form)

    def test_sets_a_new_password_and_lets_in(self, client, buyer):
        self.begin(client)

        self.finish(client)

        assert User.objects.get().check_password(NEW)
        assert client.get("/account/").status_code == 200

    def test_signs_out_every_other_device(self, client, buyer):
        other = Client()
        other.force_login(buyer)
        self.begin(client)

        self.finish(client)

        assert other.get("/account/").status_code == 302

    def test_tells_her_by_every_way_she_can_be_reached(self, client, buyer, outbox, django_capture_on_commit_callbacks):
        self.begin(client)
        with django_capture_on_commit_callbacks(execute=True):
            self.finish(client)

        assert sorted(Notice.objects.values_list("channel", flat=True)) == ["email", "in_app", "sms"]
        assert mail.outbox[-1].to == ["buyer@example.org"] and "密码已修改" in outbox.texts[-1][1]

    def test_forgives_the_wrong_tries_before(self, client, buyer):
        for _n in range(11):
            sign_in(client, password="wrong-password")
        self.begin(client)
        self.finish(client)

        assert sign_in(Client(), password=NEW).status_code == 302

    def test_refuses_a_wrong_code_and_a_weak_password(self, client, buyer):
        self.begin(client)
        wrong = f"{(int(door.last_code()) + 1) % 10**6:06}"

        answers = [self.finish(client, code=wrong), self.finish(client, password="12345678")]

        assert all("field__error" in answer.content.decode() for answer in answers)
        assert User.objects.get().check_password(door.PASSWORD)

    def test_takes_no_code_that_was_sent_for_the_door(self, client, buyer):
        door.ask_for_code(client)

        self.finish(client)

        assert User.objects.get().check_password(door.PASSWORD)

    def test_answers_the_same_for_a_number_without_account(self, client, buyer, outbox):
        known, unknown = self.begin(client).content.decode(), self.begin(client, "13900000009").content.decode()

        assert "139****0001" in known and "139****0009" in unknown and len(outbox.texts) == 2
        assert self.finish(client, "13900000009").url.startswith("/sign-up/")

    @BOTH
    @pytest.mark.parametrize("path", ["password/", "password/code/"])
    def test_has_pages_in_both_languages(self, client, prefix, path):
        assert client.get(f"{prefix}/{path}").status_code == 200


class TestForgottenByEmail:
    def begin(self, client, name="buyer@example.org"):
        return client.post(reverse("accounts:password"), {"name": name})

    def test_sends_a_link_that_sets_a_new_password(self, client, buyer):
        self.begin(client)
        link = door.last_link()
        assert client.get(link).status_code == 200

        client.post(link, {"password": NEW})

        assert User.objects.get().check_password(NEW) and client.get("/account/").status_code == 200

    def test_sends_a_link_that_works_once(self, client, buyer):
        self.begin(client)
        client.post(door.last_link(), {"password": NEW})

        assert Client().post(door.last_link(), {"password": "oats-in-winter"}).status_code == 410
        assert User.objects.get().check_password(NEW)

    def test_sends_a_link_that_ends(self, client, buyer, monkeypatch):
        from datetime import datetime, timedelta

        from django.contrib.auth.tokens import default_token_generator

        self.begin(client)
        monkeypatch.setattr(default_token_generator, "_now", lambda: datetime.now() + timedelta(minutes=31))

        assert client.get(door.last_link()).status_code == 410

    def test_answers_the_same_for_an_address_without_account(self, client, buyer):
        known, unknown = self.begin(client), self.begin(client, "nobody@example.org")

        assert known.status_code == unknown.status_code == 200
        assert len(mail.outbox) == 2 and "/password/" not in mail.outbox[1].body

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("name", ["buyer@example.org", "nobody@example.org"])
    def test_is_written_again_when_the_mail_server_is_back(self, client, buyer, settings, name):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
        kept, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", nobody_listens()
        self.begin(client, name)
        work()
        settings.EMAIL_BACKEND = kept
        waits = DBTaskResult.objects.get(status="READY")
        assert mail.outbox == [] and waits.run_after > timezone.now() and not queue.failed()

        DBTaskResult.objects.update(run_after=timezone.now())
        work()

        assert [letter.to for letter in mail.outbox] == [[name]] and not queue.failed()

    @pytest.mark.django_db(transaction=True)
    def test_fails_before_operators_when_the_mail_server_stays_away(self, client, buyer, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", nobody_listens()
        self.begin(client)

        for _try in range(1 + len(PAUSES)):
            assert not queue.failed()
            DBTaskResult.objects.update(run_after=timezone.now())
            work()

        assert [task.exception_class_path for task in queue.failed()] == ["builtins.ConnectionRefusedError"]

    def test_writes_to_one_address_once_a_minute(self, client, buyer):
        self.begin(client)

        assert "请等" in self.begin(client).content.decode() and len(mail.outbox) == 1

    @pytest.mark.parametrize("link", ["/password/MQ/abc-def/", "/password/%E7%8E%8B/x/", "/en/password/OTk5OTk5/a-b/"])
    def test_knows_no_other_links(self, client, buyer, link):
        assert client.get(link).status_code == client.post(link, {"password": NEW}).status_code == 410
