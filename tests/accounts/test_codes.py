"""Codes: what they are good for, how often, and what the database does not tell."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.accounts import codes, contacts, limits
from marketplace.accounts.models import OneTimeCode, Tally
from tests import door, shop

pytestmark = pytest.mark.django_db

NUMBER = contacts.read("13900000001")
DOOR = OneTimeCode.Purpose.DOOR


def send(to=NUMBER, at=None, visitor="192.0.2.1", purpose=DOOR):
    codes.send(to=to, purpose=purpose, visitor=visitor, at=at or timezone.now())


def check(code, to=NUMBER, at=None, purpose=DOOR):
    return codes.check(to=to, purpose=purpose, code=code, at=at or timezone.now())


class TestACode:
    def test_goes_to_a_number_by_text_and_to_an_address_by_mail(self, outbox):
        send()
        send(contacts.read("buyer@example.org"))

        assert outbox.texts[0][0] == "+8613900000001"
        assert mail.outbox[0].to == ["buyer@example.org"]

    def test_is_right_once(self):
        send()

        assert [check(door.last_code()) for _n in range(2)] == [True, False]

    def test_is_not_kept_where_it_could_be_read(self):
        send()

        row = OneTimeCode.objects.get()
        assert door.last_code() not in "".join(str(value) for value in vars(row).values() if value != row.sent_at)

    def test_is_void_after_ten_minutes(self):
        now = timezone.now()
        send(at=now)

        assert not check(door.last_code(), at=now + codes.GOOD_FOR)

    def test_is_void_after_five_wrong_tries(self):
        send()
        code = door.last_code()
        wrong = "000000" if code != "000000" else "111111"

        assert not any(check(wrong) for _n in range(codes.MOST_TRIES))
        assert not check(code)

    def test_replaces_the_one_before(self):
        now = timezone.now()
        send(at=now)
        first = door.last_code()
        send(at=now + timedelta(seconds=61))

        if first != door.last_code():
            assert not check(first, at=now + timedelta(seconds=62))
        assert check(door.last_code(), at=now + timedelta(seconds=62))

    def test_is_good_for_one_purpose_and_one_contact(self):
        send()

        assert not check(door.last_code(), purpose=OneTimeCode.Purpose.PASSWORD)
        assert not check(door.last_code(), to=contacts.read("13900000002"))

    @pytest.mark.parametrize("typed", ["", "12345", "abcdef", "١٢٣٤٥٦", "0" * 200], ids=range(5))
    def test_is_never_something_else(self, typed):
        send()

        assert not check(typed)

    def test_that_could_not_be_sent_says_so(self, outbox):
        outbox.fails = True

        with pytest.raises(codes.NotSent):
            send()


class TestLimits:
    def test_make_a_number_wait_a_minute(self):
        now = timezone.now()
        send(at=now)

        with pytest.raises(limits.TooMany) as refusal:
            send(at=now + timedelta(seconds=30), visitor="192.0.2.2")
        assert refusal.value.seconds == 30
        send(at=now + timedelta(seconds=60))

    def test_stop_a_number_after_five_in_an_hour_wherever_they_come_from(self, outbox):
        now = timezone.now()
        for minute in range(5):
            send(at=now + timedelta(minutes=2 * minute), visitor=f"192.0.2.{minute}")

        with pytest.raises(limits.TooMany):
            send(at=now + timedelta(minutes=20), visitor="192.0.2.77")
        assert len(outbox.texts) == 5

    def test_stop_a_number_after_ten_in_a_day(self):
        now = timezone.now()
        for hour in range(10):
            send(at=now + timedelta(hours=2 * hour))

        with pytest.raises(limits.TooMany) as refusal:
            send(at=now + timedelta(hours=23))
        assert refusal.value.limit is limits.CODE_DAY

    def test_stop_a_visitor_after_thirty_numbers_in_an_hour(self):
        now = timezone.now()
        for number in range(30):
            send(to=contacts.read(f"139000001{number:02}"), at=now)

        with pytest.raises(limits.TooMany) as refusal:
            send(to=contacts.read("13900000199"), at=now)
        assert refusal.value.limit is limits.CODE_VISITOR

    def test_count_nothing_when_they_refuse(self):
        now = timezone.now()
        send(at=now)
        for _n in range(10):
            with pytest.raises(limits.TooMany):
                send(at=now)

        assert max(Tally.objects.values_list("count", flat=True)) == 1

    def test_keep_no_number_and_no_address_one_could_read(self):
        send()

        kept = "".join(Tally.objects.values_list("subject", flat=True))
        assert "13900000001" not in kept and "192.0.2.1" not in kept


@pytest.mark.django_db(transaction=True)
def test_a_hundred_guesses_at_once_get_no_further_than_ten_in_a_row():
    now = timezone.now()

    def guess():
        limits.take((limits.PASSWORD_NAME, "13900000001"), at=now)
        return "allowed"

    answers = shop.at_once([guess] * 40, workers=20)

    assert answers.count("allowed") == limits.PASSWORD_NAME.most
