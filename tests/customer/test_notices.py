"""The inbox: hers alone, read by opening, counted without asking twice; and the ways she chose are obeyed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext_lazy

from marketplace.core import notices
from marketplace.core.models import Notice, NoticeKind, NoticePreference
from marketplace.seller.models import Membership
from tests import door, shop

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])


@pytest.fixture
def buyer(django_user_model):
    return django_user_model.objects.create_user(mobile="13900000001", email="buyer@example.org")


@pytest.fixture
def mine(client, buyer):
    client.force_login(buyer)
    return client


@pytest.fixture
def outbox(settings):
    settings.SMS_PROVIDER = "tests.door.Outbox"
    door.Outbox.texts, door.Outbox.fails = [], False
    return door.Outbox


def tell(user, number=0, **more) -> Notice:
    message = {
        "cause": f"sample:{number}",
        "subject": f"示例通知{number}",
        "body": "示例内容",
        "link": "/account/orders/",
    }
    message |= more
    notices.tell(user=user, **message)
    return Notice.objects.get(user=user, cause=message["cause"], channel="in_app")


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


class TestTheInbox:
    @BOTH
    def test_shows_what_she_was_told(self, mine, buyer, prefix):
        tell(buyer)

        page = mine.get(f"{prefix}/account/notices/")

        assert "示例通知0" in page.content.decode() and "no-store" in page["Cache-Control"]

    @BOTH
    def test_is_empty_at_first(self, mine, prefix):
        assert 'class="empty"' in mine.get(f"{prefix}/account/notices/").content.decode()

    def test_shows_nobody_elses(self, client, mine, buyer, django_user_model):
        stranger = django_user_model.objects.create_user(mobile="13900000002")
        foreign = tell(stranger)

        assert "示例通知0" not in mine.get("/account/notices/").content.decode()
        assert mine.get(reverse("customer:notice", args=[foreign.pk])).status_code == 404
        mine.post(reverse("customer:notices-read"))
        assert Notice.objects.unread().filter(user=stranger).exists()

    def test_shows_one_line_for_what_went_several_ways(self, mine, buyer):
        NoticePreference.objects.create(user=buyer, by_email=["order"], by_sms=["order"])
        tell(buyer)

        assert mine.get("/account/notices/").content.decode().count("示例通知0") == 1

    def test_goes_on_over_pages_at_the_cost_of_one(self, mine, buyer):
        tell(buyer)
        few = queries(mine, "/account/notices/")
        for number in range(1, 21):
            tell(buyer, number)

        assert queries(mine, "/account/notices/") == few
        assert "示例通知0<" in mine.get("/account/notices/?page=2").content.decode()

    def test_shows_markup_as_text(self, mine, buyer):
        tell(buyer, subject="<script>alert(1)</script>", body="<img src=x>")

        page = mine.get("/account/notices/").content.decode()
        assert "<script>alert" not in page and "<img src=x>" not in page


class TestTheLanguage:
    """The reader's, whichever one was switched on when the fact happened."""

    WORDS = {
        "subject": gettext_lazy("Payment successful"),
        "body": notices.saying(gettext_lazy("Order %(number)s"), number=lambda: get_language()),
    }

    @pytest.mark.parametrize("written", ["zh-hans", "en"])
    def test_is_the_readers(self, mine, buyer, written):
        with translation.override(written):
            tell(buyer, **self.WORDS)

        chinese, english = (mine.get(f"{prefix}/account/notices/").content.decode() for prefix in ("", "/en"))

        assert "订单 zh-hans" in chinese and "Order en" not in chinese
        assert "Order en" in english and "订单 zh-hans" not in english

    def test_is_the_readers_on_the_page_it_leads_to(self, mine, buyer):
        notice = tell(buyer)

        assert mine.get(f"/en/account/notices/{notice.pk}/").url == "/en/account/orders/"

    def test_is_as_told_where_a_way_leaves_the_site(self, buyer):
        NoticePreference.objects.create(user=buyer, by_email=["order"])
        tell(buyer, **self.WORDS)
        tell(buyer, 1, **self.WORDS, language="en")

        letters = Notice.objects.filter(channel="email").order_by("pk")
        assert [letter.body for letter in letters] == ["订单 zh-hans", "Order en"]

    def test_is_the_written_one_in_rows_from_before(self, mine, buyer):
        Notice.objects.filter(pk=tell(buyer).pk).update(words={})

        assert "示例通知0" in mine.get("/en/account/notices/").content.decode()

    def test_is_the_written_one_in_rows_of_the_release_before(self, buyer):
        """While a site is brought up to date, its processes write without the column they do not know."""
        written = (
            "address",
            "channel",
            "kind",
            "cause",
            "subject",
            "body",
            "link",
            "attempts",
            "last_error",
            "created_at",
        )
        row = ["user:1", "in_app", "order", "older", "示例通知", "示例内容", "", 0, "", timezone.now()]
        with connection.cursor() as cursor:
            columns, places = ", ".join(written), ", ".join(["%s"] * len(row))
            cursor.execute(f"INSERT INTO core_notice ({columns}) VALUES ({places})", row)  # noqa: S608

        assert Notice.objects.get(cause="older").said["subject"] == "示例通知"

    def test_cuts_a_long_subject_in_each(self, buyer):
        assert len(tell(buyer, subject="长" * 200).subject) == 120


class TestNewsOfAShop:
    """Asked about where there is a shop; for others the choice stays as it was."""

    def ways(self, client):
        return client.get("/account/notices/ways/").content.decode()

    def test_is_a_choice_of_who_works_for_one(self, mine, buyer):
        assert "email-shop" not in self.ways(mine)
        Membership.objects.create(user=buyer, seller=shop.seller(), role="owner")

        assert "email-shop" in self.ways(mine)

    def test_is_kept_by_who_is_not_asked(self, mine, buyer):
        NoticePreference.objects.create(user=buyer, by_email=["order", "shop"])

        mine.post("/account/notices/ways/", {"email-talk": "on"})

        assert NoticePreference.objects.get().by_email == ["shop", "talk"]

    def test_got_its_kind_by_the_migration_and_loses_it_again(self, buyer):
        tell(buyer), tell(buyer, cause="low_stock:1:2")
        NoticePreference.objects.create(user=buyer, by_email=["order"], by_sms=["talk"])
        step = import_module("marketplace.core.migrations.0008_notices_of_shops")

        with CaptureQueriesContext(connection) as captured:
            step.give_the_shop_its_kind(apps, None)
        saved = [each["sql"] for each in captured if each["sql"].startswith('UPDATE "core_noticepreference"')]
        assert len(saved) == 1 and "by_sms" not in saved[0]
        given = [Notice.objects.get(cause="low_stock:1:2").kind, NoticePreference.objects.get().by_email]
        step.put_it_among_orders(apps, None)

        assert given == ["shop", ["order", "shop"]] and NoticePreference.objects.get().by_sms == ["talk"]
        assert not Notice.objects.filter(kind="shop").exists() and NoticePreference.objects.get().by_email == ["order"]


class TestReading:
    def test_follows_the_link_and_counts_as_read_once(self, mine, buyer):
        notice = tell(buyer)

        answers = [mine.get(reverse("customer:notice", args=[notice.pk])).url for _n in range(2)]

        first_read = Notice.objects.get().read_at
        assert answers == ["/account/orders/"] * 2 and first_read is not None
        mine.get(reverse("customer:notice", args=[notice.pk]))
        assert Notice.objects.get().read_at == first_read

    def test_never_leads_to_another_host(self, mine, buyer):
        notice = tell(buyer, link="https://example.com/")

        assert mine.get(reverse("customer:notice", args=[notice.pk])).url == "/account/notices/"

    def test_takes_all_at_once_and_twice(self, mine, buyer):
        tell(buyer), tell(buyer, 1)

        for _n in range(2):
            mine.post(reverse("customer:notices-read"))

        assert not Notice.objects.unread().exists()


class TestTheCount:
    @pytest.mark.parametrize("address", ["/account/", "/products/", "/"])
    def test_stands_on_every_page_for_no_query_more(self, mine, buyer, address):
        mine.get(address)
        before = queries(mine, address)
        tell(buyer), tell(buyer, 1)

        assert queries(mine, address) == before
        assert mine.get(address).context["unread_count"] == 2

    @BOTH
    def test_leads_to_the_inbox_from_the_first_page(self, mine, buyer, prefix):
        assert "news" not in mine.get(f"{prefix}/account/").content.decode()
        tell(buyer)

        assert f'class="panel news" href="{prefix}/account/notices/"' in mine.get(f"{prefix}/account/").content.decode()

    def test_leaves_with_her(self, mine, buyer):
        tell(buyer)
        mine.post(reverse("accounts:sign-out"))

        assert mine.get("/products/").context["unread_count"] == 0


class TestTheWays:
    def choose(self, client, *ticks):
        return client.post(reverse("customer:notice-ways"), dict.fromkeys(ticks, "on"))

    @BOTH
    def test_have_a_page(self, mine, prefix):
        assert mine.get(f"{prefix}/account/notices/ways/").status_code == 200

    def test_are_obeyed_for_each_kind(self, mine, buyer, outbox, django_capture_on_commit_callbacks):
        self.choose(mine, "email-order", "sms-parcel")
        buyer.refresh_from_db()

        with django_capture_on_commit_callbacks(execute=True):
            tell(buyer, 1, kind=NoticeKind.ORDER), tell(buyer, 2, kind=NoticeKind.PARCEL)

        assert [mail.outbox[0].subject] == [each.subject for each in mail.outbox] == ["示例通知1"]
        assert [text for _number, text in outbox.texts] == ["示例通知2 示例内容"]
        assert Notice.objects.inbox_of(buyer).count() == 2

    def test_can_be_given_up_again(self, mine, buyer, django_capture_on_commit_callbacks):
        self.choose(mine, "email-order")
        self.choose(mine)
        buyer.refresh_from_db()

        with django_capture_on_commit_callbacks(execute=True):
            tell(buyer)

        assert not mail.outbox and NoticePreference.objects.count() == 1

    def test_offer_no_way_she_cannot_be_reached_by(self, client, django_user_model):
        client.force_login(django_user_model.objects.create_user(mobile="13900000003"))

        self.choose(client, "email-order")

        page = client.get("/account/notices/ways/").content.decode()
        assert "请先绑定邮箱" in page and reverse("customer:email") in page
        assert 'name="sms-order"' in page and 'name="email-order"' not in page
        assert NoticePreference.objects.get().by_email == []

    def test_leave_the_safety_of_the_account_alone(self, mine, buyer):
        self.choose(mine, "email-safety", "sms-safety")

        preference = NoticePreference.objects.get()
        assert preference.by_email == preference.by_sms == []
