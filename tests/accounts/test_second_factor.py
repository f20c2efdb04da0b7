"""Staff prove by an app that it is really they; codes are good once, tries are counted, and nobody helps herself."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP

from marketplace.accounts import limits, roles, second_factor
from marketplace.accounts.models import Authenticator, RecoveryCode, Role, User
from marketplace.core.models import AuditEntry, Notice
from marketplace.core.refusal import Refusal
from tests import door

pytestmark = pytest.mark.django_db
SECOND, SET_UP, CODES = (reverse(f"accounts:{name}") for name in ("second", "second-set-up", "second-codes"))
ROOMS = ["/dashboard/listings/", "/en/dashboard/listings/"]


@pytest.fixture(autouse=True)
def required(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def reviewer():
    user = User.objects.create_user(mobile="13900000007", password=door.PASSWORD)
    roles.give(user=user, role=Role.REVIEWER, by=None)
    return user


@pytest.fixture
def browser(reviewer):
    client = Client()
    client.force_login(reviewer)
    return client


def shown_by_app(authenticator, at=None) -> str:
    clock = TOTP(bytes.fromhex(authenticator.secret))
    clock.time = (at or timezone.now()).timestamp()
    return f"{clock.token():06d}"


def with_app(user, at=None) -> list[str]:
    """She has set it up a while ago; returns her recovery codes."""
    at = at or timezone.now() - timedelta(minutes=5)
    begun = second_factor.begin(user=user, begun=None, at=at)
    return second_factor.confirm(user=user, begun=begun.pk, typed=shown_by_app(begun, at), at=at)


class TestTheDoor:
    @pytest.mark.parametrize("room", ROOMS)
    def test_leads_staff_without_an_app_to_set_one_up(self, browser, room):
        answer = browser.get(room)

        assert answer.url.startswith(SET_UP) or answer.url.startswith(f"/en{SET_UP}")
        assert parse_qs(urlsplit(answer.url).query)["next"] == [room]

    def test_stands_before_every_other_door_of_the_pages(self, browser, reviewer, monkeypatch):
        reviewer.groups.add(Group.objects.get(name="Editors"))
        monkeypatch.setattr("cms.access.usage.refuse_if_used", lambda request: HttpResponse("what it is used in"))

        assert browser.get("/cms/").url.startswith(SET_UP)

    def test_asks_for_a_code_and_leads_on(self, browser, reviewer):
        with_app(reviewer)
        room = ROOMS[0]
        assert browser.get(room).url.startswith(SECOND)

        answer = browser.post(SECOND, {"code": shown_by_app(second_factor.of(reviewer)), "next": room})

        assert answer.url == room
        assert browser.get(room).status_code == 200

    def test_gives_the_session_another_key(self, browser, reviewer):
        with_app(reviewer)
        before = browser.session.session_key

        browser.post(SECOND, {"code": shown_by_app(second_factor.of(reviewer))})

        assert browser.session.session_key != before

    @pytest.mark.parametrize("room", ["/dashboard/", "/incubator/", "/cms/", "/en/dashboard/", "/en/incubator/"])
    def test_stands_before_every_room(self, room):
        operator = User.objects.create_superuser(mobile="13900000006", password=door.PASSWORD)
        client = Client()
        client.force_login(operator)

        assert client.get(room).url.removeprefix("/en").startswith(SET_UP)

    def test_stands_before_forms_too(self, browser):
        assert browser.post("/dashboard/listings/", {"a": "b"}).status_code == 302

    def test_does_not_ask_buyers(self, client, buyer):
        client.force_login(buyer)

        assert client.get(reverse("customer:account")).status_code == 200
        assert client.get("/dashboard/").status_code == 403

    def test_leads_strangers_to_sign_in(self, client):
        assert client.get("/dashboard/").url.startswith(reverse("accounts:sign-in"))

    def test_asks_only_who_has_an_app_where_it_is_not_required(self, browser, reviewer, settings):
        settings.STAFF_SECOND_FACTOR = False
        assert browser.get(ROOMS[0]).status_code == 200

        with_app(reviewer)

        assert browser.get(ROOMS[0]).url.startswith(SECOND)

    def test_asks_every_browser_for_itself(self, browser, reviewer):
        with_app(reviewer)
        browser.post(SECOND, {"code": shown_by_app(second_factor.of(reviewer))})
        other = Client()
        other.force_login(reviewer)

        assert other.get(ROOMS[0]).url.startswith(SECOND)


class TestACode:
    def test_is_good_once(self, browser, reviewer):
        with_app(reviewer)
        code = shown_by_app(second_factor.of(reviewer))
        now = timezone.now()

        assert second_factor.check(user=reviewer, typed=code, at=now) is not None
        assert second_factor.check(user=reviewer, typed=code, at=now) is None

    @pytest.mark.parametrize(("seconds", "good"), [(0, True), (-30, True), (30, True), (-90, False), (90, False)])
    def test_is_good_for_about_its_time(self, reviewer, seconds, good):
        with_app(reviewer, timezone.now() - timedelta(hours=1))
        now = timezone.now()
        code = shown_by_app(second_factor.of(reviewer), now + timedelta(seconds=seconds))

        assert (second_factor.check(user=reviewer, typed=code, at=now) is not None) is good

    @pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "-00001", "0" * 30])
    def test_that_is_none_is_refused(self, browser, reviewer, typed):
        with_app(reviewer)

        answer = browser.post(SECOND, {"code": typed})

        assert answer.status_code == 200
        assert browser.get(ROOMS[0]).url.startswith(SECOND)

    def test_may_be_tried_ten_times(self, browser, reviewer):
        with_app(reviewer)
        right = second_factor.of(reviewer)
        for _try in range(limits.SECOND_FACTOR.most):
            browser.post(SECOND, {"code": "000000"})

        answer = browser.post(SECOND, {"code": shown_by_app(right)})

        assert "分钟" in answer.content.decode()
        assert browser.get(ROOMS[0]).url.startswith(SECOND)

    def test_of_somebody_else_opens_nothing(self, browser, reviewer, buyer):
        roles.give(user=buyer, role=Role.REVIEWER, by=None)
        with_app(reviewer)
        with_app(buyer)

        browser.post(SECOND, {"code": shown_by_app(second_factor.of(buyer))})

        assert browser.get(ROOMS[0]).url.startswith(SECOND)


class TestARecoveryCode:
    def test_opens_once_and_she_is_told(self, reviewer):
        codes, now = with_app(reviewer), timezone.now()

        assert second_factor.check(user=reviewer, typed=codes[0].upper(), at=now) is not None
        assert second_factor.check(user=reviewer, typed=codes[0], at=now) is None
        assert Notice.objects.filter(user=reviewer, body__contains="9").exists()

    def test_lies_in_the_database_as_a_mark_only(self, reviewer):
        codes = with_app(reviewer)

        kept = " ".join(RecoveryCode.objects.values_list("mark", flat=True))
        assert len(codes) == second_factor.CODES
        assert not any(code in kept or code.replace("-", "") in kept for code in codes)

    def test_is_void_once_there_are_new_ones(self, browser, reviewer):
        old = with_app(reviewer)
        browser.post(SECOND, {"code": shown_by_app(second_factor.of(reviewer))})

        page = browser.post(CODES, {"password": door.PASSWORD}).content.decode()

        new = re.findall(r"<li>(\w{5}-\w{5})</li>", page)
        assert len(new) == second_factor.CODES and not set(new) & set(old)
        assert second_factor.check(user=reviewer, typed=old[0], at=timezone.now()) is None
        assert second_factor.check(user=reviewer, typed=new[0], at=timezone.now()) is not None

    def test_needs_proof_and_password_to_be_made_anew(self, browser, reviewer):
        with_app(reviewer)
        assert browser.get(CODES).url.startswith(SECOND)
        browser.post(SECOND, {"code": shown_by_app(second_factor.of(reviewer))})

        page = browser.post(CODES, {"password": "wrong"}).content.decode()

        assert not re.search(r"<li>\w{5}-\w{5}</li>", page)
        assert AuditEntry.objects.filter(action="account.recovery_codes_made").count() == 1


class TestSettingUp:
    def test_shows_a_picture_and_takes_its_code(self, browser, reviewer):
        page = browser.get(f"{SET_UP}?next={ROOMS[0]}").content.decode()
        begun = Authenticator.objects.get(user=reviewer)
        assert second_factor.written(begun) in page and "<svg" in page

        filled = {"code": shown_by_app(begun), "password": door.PASSWORD, "next": ROOMS[0]}
        answer = browser.post(SET_UP, filled)

        assert len(re.findall(r"<li>\w{5}-\w{5}</li>", answer.content.decode())) == second_factor.CODES
        assert browser.get(ROOMS[0]).status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        assert Notice.objects.filter(user=reviewer).exists()

    def test_shows_the_same_picture_again(self, browser):
        first, again = browser.get(SET_UP).content, browser.get(SET_UP).content

        assert re.search(rb"second__secret.*", first)[0] == re.search(rb"second__secret.*", again)[0]

    def test_is_for_the_browser_that_began_it(self, browser, reviewer):
        other = Client()
        other.force_login(reviewer)
        other.get(SET_UP)
        seen = Authenticator.objects.get(user=reviewer)
        typed = {"code": shown_by_app(seen), "password": door.PASSWORD}

        assert second_factor.written(seen) not in browser.get(SET_UP).content.decode()
        other.post(SET_UP, typed)
        browser.post(SET_UP, typed)

        assert second_factor.of(reviewer) is None

    def test_grows_old_in_a_quarter_of_an_hour(self, browser, reviewer):
        browser.get(SET_UP)
        seen = Authenticator.objects.get(user=reviewer)
        Authenticator.objects.update(made_at=timezone.now() - second_factor.TO_CONFIRM)

        page = browser.post(SET_UP, {"code": shown_by_app(seen), "password": door.PASSWORD}).content.decode()

        assert second_factor.of(reviewer) is None
        assert second_factor.written(seen) not in page

    @pytest.mark.parametrize("wrong", [{"code": "000000"}, {"password": "wrong"}, {"code": ""}])
    def test_needs_code_and_password(self, browser, reviewer, wrong):
        browser.get(SET_UP)
        begun = Authenticator.objects.get(user=reviewer)

        browser.post(SET_UP, {"code": shown_by_app(begun), "password": door.PASSWORD} | wrong)

        assert second_factor.of(reviewer) is None

    def test_of_another_app_needs_proof_by_the_present_one(self, browser, reviewer):
        with_app(reviewer)

        assert browser.get(SET_UP).url.startswith(SECOND)

    def test_voids_the_present_app_once_the_other_is_right(self, browser, reviewer):
        with_app(reviewer)
        old = second_factor.of(reviewer)
        browser.post(SECOND, {"code": shown_by_app(old)})
        browser.get(SET_UP)
        begun = Authenticator.objects.get(user=reviewer, confirmed=False)

        browser.post(SET_UP, {"code": shown_by_app(begun), "password": door.PASSWORD})

        assert second_factor.of(reviewer) == begun
        assert browser.get(ROOMS[0]).status_code == 200

    def test_is_for_staff(self, client, buyer):
        client.force_login(buyer)

        assert client.get(SET_UP).status_code == 404

    def test_keeps_the_secret_unreadable(self, reviewer):
        from django.db import connection

        begun = second_factor.begin(user=reviewer, begun=None, at=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("SELECT secret FROM accounts_authenticator")
            kept = cursor.fetchone()[0]

        assert begun.secret not in kept

    def test_names_nobody_in_the_picture(self, reviewer):
        told = second_factor.address(second_factor.begin(user=reviewer, begun=None, at=timezone.now()))

        assert "13900000007" not in told and told.startswith("otpauth://totp/Yanxing")


class TestTakingAway:
    @pytest.fixture
    def operator(self):
        return User.objects.create_superuser(mobile="13900000006", password=door.PASSWORD)

    def test_is_done_by_another_person(self, browser, reviewer, operator):
        codes, now = with_app(reviewer), timezone.now()

        second_factor.take_away(user=reviewer, by=operator, reason="lost", at=now)

        assert second_factor.of(reviewer) is None
        assert second_factor.check(user=reviewer, typed=codes[0], at=now) is None
        assert browser.get(ROOMS[0]).url.startswith(reverse("accounts:sign-in"))
        assert Notice.objects.filter(user=reviewer).count() > 1
        assert AuditEntry.objects.get(action="account.second_factor_taken_away").by == operator

    def test_is_not_done_to_oneself(self, operator):
        with_app(operator)

        with pytest.raises(Refusal):
            second_factor.take_away(user=operator, by=operator, reason="lost", at=timezone.now())

        assert second_factor.of(operator) is not None

    def test_can_be_done_at_the_server(self, operator):
        with_app(operator)

        call_command("take_away_second_factor", "13900000006")

        assert second_factor.of(operator) is None
