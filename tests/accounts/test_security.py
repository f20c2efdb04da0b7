"""The page that keeps an account hers: nothing changes without the password, and nobody learns who else is here."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts import devices, tasks
from marketplace.accounts.models import OneTimeCode, Session, Tally, User
from marketplace.core.models import AuditEntry, Notice
from tests import door

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
NEW = "barley-in-spring"
NUMBER = "13900000088"


def sign_in(agent="Mozilla/5.0 (Linux; Android 14) Chrome/120", name="13900000001", password=door.PASSWORD) -> Client:
    browser = Client(headers={"user-agent": agent})
    browser.post(reverse("accounts:sign-in"), {"name": name, "password": password})
    return browser


@pytest.fixture
def mine(buyer):
    return sign_in()


@pytest.fixture
def stranger():
    return User.objects.create_user(mobile="13900000099", email="stranger@example.org", password=door.PASSWORD)


class TestThePassword:
    def change(self, client, old=door.PASSWORD, new=NEW):
        return client.post(reverse("customer:password"), {"old": old, "password": new})

    @BOTH
    def test_has_a_page(self, mine, prefix):
        assert mine.get(f"{prefix}/account/security/password/").status_code == 200

    def test_changes_with_the_old_one_and_signs_out_every_other_browser(self, mine, buyer):
        other = sign_in("Firefox")

        assert self.change(mine).url == "/account/security/"

        buyer.refresh_from_db()
        assert buyer.check_password(NEW)
        assert mine.get("/account/").status_code == 200 and other.get("/account/").status_code == 302
        assert Session.objects.filter(user=buyer).count() == 1

    @pytest.mark.parametrize(
        ("old", "new"),
        [("wrong-password", NEW), ("", NEW), (door.PASSWORD, "12345678"), (door.PASSWORD, door.PASSWORD)],
        ids=["wrong", "none", "weak", "the same"],
    )
    def test_stays_as_it_is_when_something_is_wrong(self, mine, buyer, old, new):
        page = self.change(mine, old, new).content.decode()

        buyer.refresh_from_db()
        assert "field__error" in page and buyer.check_password(door.PASSWORD)

    def test_cannot_be_guessed_by_who_borrowed_the_phone(self, mine, buyer):
        for number in range(10):
            self.change(mine, f"wrong-{number}")

        assert "尝试次数太多" in self.change(mine).content.decode()
        assert User.objects.get(pk=buyer.pk).check_password(door.PASSWORD)

    def test_pressed_twice_changes_it_once(self, mine, buyer):
        self.change(mine), self.change(mine)

        assert AuditEntry.objects.filter(action="account.password_changed").count() == 1
        assert mine.get("/account/").status_code == 200


class TestAnotherNumber:
    page = "customer:mobile"

    def ask(self, client, name=NUMBER):
        return client.post(reverse(self.page), {"name": name, "send": "1"})

    def give(self, client, name=NUMBER, code=None, password=door.PASSWORD):
        return client.post(reverse(self.page), {"name": name, "code": code or door.last_code(), "password": password})

    @BOTH
    @pytest.mark.parametrize("which", ["mobile", "email"])
    def test_has_a_page(self, mine, prefix, which):
        assert mine.get(f"{prefix}/account/security/{which}/").status_code == 200

    def test_counts_once_it_is_proved_and_the_old_one_is_told(
        self, mine, buyer, outbox, django_capture_on_commit_callbacks
    ):
        self.ask(mine)
        with django_capture_on_commit_callbacks(execute=True):
            assert self.give(mine).url == "/account/security/"

        buyer.refresh_from_db()
        assert buyer.mobile.as_e164 == f"+86{NUMBER}" and buyer.mobile_verified_at
        assert outbox.texts[-1][0] == "+8613900000001" and "139****0088" in outbox.texts[-1][1]
        assert mail.outbox[-1].to == ["buyer@example.org"]
        assert sign_in(name=NUMBER).get("/account/").status_code == 200

    @pytest.mark.parametrize("wrong", [{"password": "wrong-password"}, {"password": ""}, {"code": "000"}])
    def test_does_not_count_without_code_and_password(self, mine, buyer, outbox, wrong):
        self.ask(mine)

        page = self.give(mine, **wrong).content.decode()

        assert "field__error" in page and NUMBER in page
        assert User.objects.get(pk=buyer.pk).mobile.as_e164 == "+8613900000001"

    def test_costs_no_code_while_the_password_is_wrong(self, mine, buyer, outbox):
        self.ask(mine)
        self.give(mine, password="wrong-password")

        assert self.give(mine).status_code == 302

    def test_pressed_twice_changes_it_once(self, mine, buyer, outbox):
        self.ask(mine)
        self.give(mine), self.give(mine)

        assert AuditEntry.objects.filter(action="account.contact_changed").count() == 1
        assert Notice.objects.filter(channel="in_app").count() == 1

    def test_answers_the_same_whether_somebody_has_it(self, mine, stranger, outbox, later):
        free = self.ask(mine, NUMBER).content.decode()
        taken = self.ask(mine, "13900000099").content.decode()

        assert "139****0088" in free and "139****0099" in taken and len(outbox.texts) == 2
        wrong = f"{(int(door.last_code()) + 1) % 10**6:06}"
        refused = self.give(mine, "13900000099", wrong).content.decode()
        assert "另一个账号" not in refused and "field__error" in refused

    def test_tells_who_proved_it_that_another_account_has_it(self, mine, buyer, stranger, outbox):
        self.ask(mine, "13900000099")

        assert "另一个账号" in self.give(mine, "13900000099").content.decode()
        assert User.objects.get(pk=buyer.pk).mobile.as_e164 == "+8613900000001"

    def test_takes_no_code_that_was_sent_for_the_door(self, mine, outbox, buyer):
        door.ask_for_code(Client(), NUMBER)

        assert "field__error" in self.give(mine).content.decode()

    def test_that_is_hers_is_verified_and_nobody_is_told(self, mine, buyer, outbox):
        self.ask(mine, "13900000001")
        self.give(mine, "13900000001")

        buyer.refresh_from_db()
        assert buyer.mobile_verified_at and not Notice.objects.exists()
        assert "field__error" in self.ask(mine, "13900000001").content.decode()

    def test_is_no_address_and_the_other_way_round(self, mine, outbox):
        assert "field__error" in self.ask(mine, "someone@example.org").content.decode()
        assert "field__error" in mine.post(reverse("customer:email"), {"name": NUMBER, "send": "1"}).content.decode()
        assert not outbox.texts and not mail.outbox

    def test_may_be_an_address_too(self, mine, buyer):
        mine.post(reverse("customer:email"), {"name": "New@Example.org", "send": "1"})
        form = {"name": "New@Example.org", "code": door.last_code(), "password": door.PASSWORD}
        mine.post(reverse("customer:email"), form)

        buyer.refresh_from_db()
        assert buyer.email == "new@example.org" and buyer.email_verified_at


class TestTheNickname:
    @BOTH
    def test_is_what_she_is_called(self, mine, buyer, prefix):
        for _n in range(2):
            mine.post(f"{prefix}/account/security/nickname/", {"nickname": " <b>小雁</b> "})

        buyer.refresh_from_db()
        assert buyer.nickname == "<b>小雁</b>" and "<b>小雁" not in mine.get(f"{prefix}/account/").content.decode()
        assert AuditEntry.objects.filter(action="account.renamed").count() == 1

    def test_has_an_end_and_may_be_nothing(self, mine, buyer):
        page = mine.post(reverse("customer:nickname"), {"nickname": "雁" * 21}).content.decode()
        assert "field__error" in page and "雁" * 21 in page

        mine.post(reverse("customer:nickname"), {"nickname": ""})
        assert mine.get("/account/").status_code == 200


class TestWhatIsProved:
    def test_by_signing_up(self, client, outbox):
        door.ask_for_code(client, NUMBER, page="accounts:sign-up")
        form = {"name": NUMBER, "code": door.last_code(), "password": door.PASSWORD, "agreed": "on"}
        client.post(reverse("accounts:sign-up"), form)

        assert User.objects.get().mobile_verified_at

    def test_by_coming_in_with_a_code(self, client, buyer, outbox):
        door.ask_for_code(client)
        client.post(reverse("accounts:sign-in-code"), {"name": "13900000001", "code": door.last_code()})

        buyer.refresh_from_db()
        assert buyer.mobile_verified_at and not buyer.email_verified_at


class TestSessions:
    @BOTH
    def test_are_listed_by_what_people_call_their_browsers(self, mine, prefix):
        sign_in("Mozilla/5.0 (iPhone) MicroMessenger/8.0 Safari")

        page = mine.get(f"{prefix}/account/security/").content.decode()

        assert "Chrome · Android" in page and "WeChat · iPhone" in page
        assert all(session.session_key not in page for session in Session.objects.all())

    def test_end_one_by_one(self, mine, buyer):
        other, third = sign_in("Firefox"), sign_in("Firefox")
        handle = Session.objects.get(session_key=other.session.session_key).handle

        answers = [mine.post(reverse("customer:session-end", args=[handle])).status_code for _n in range(2)]

        assert answers == [302, 404]
        assert other.get("/account/").status_code == 302 and third.get("/account/").status_code == 200

    def test_end_all_but_this_one(self, mine, buyer, stranger):
        others, foreign = [sign_in("Firefox"), sign_in("Edg")], sign_in(name="13900000099")

        for _n in range(2):
            mine.post(reverse("customer:sessions-end"))

        assert [other.get("/account/").status_code for other in others] == [302, 302]
        assert mine.get("/account/").status_code == foreign.get("/account/").status_code == 200

    def test_of_another_person_are_not_found(self, mine, stranger):
        foreign = sign_in(name="13900000099")
        handle = Session.objects.get(session_key=foreign.session.session_key).handle

        assert mine.post(reverse("customer:session-end", args=[handle])).status_code == 404
        assert foreign.get("/account/").status_code == 200

    def test_end_the_present_one_by_signing_out(self, mine, buyer):
        handle = Session.objects.get(session_key=mine.session.session_key).handle

        mine.post(reverse("customer:session-end", args=[handle]))

        assert mine.get("/account/").status_code == 302

    def test_cost_the_same_queries_however_many(self, mine, buyer):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                assert mine.get("/account/security/").status_code == 200
            return len(captured)

        few = queries()
        for _n in range(9):
            sign_in()

        assert queries() == few

    def test_show_markup_of_a_browser_as_nothing(self, buyer):
        page = sign_in("<script>alert(1)</script>").get("/account/security/").content.decode()

        assert "<script>alert" not in page and "未知设备" in page


def test_forgets_what_nobody_needs(mine, outbox):
    door.ask_for_code(Client())
    now = timezone.now()
    Session.objects.update(expire_date=now), Tally.objects.update(until=now)
    OneTimeCode.objects.update(expires_at=now - timedelta(days=31))

    tasks.forget.call()

    assert not (Session.objects.exists() or Tally.objects.exists() or OneTimeCode.objects.exists())


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/120 Safari Edg/120", "Edge · Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) AppleWebKit Version/17 Safari", "Safari · Mac"),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114 ArkWeb HuaweiBrowser/5", "Huawei Browser · HarmonyOS"),
        ("curl/8.0", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_calls_browsers_as_people_do(agent, name):
    assert devices.called(agent) == name
