"""The inbox: hers alone, read by opening, counted without asking twice; and the ways she chose are obeyed."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.core import notices
from marketplace.core.models import Notice, NoticeKind, NoticePreference
from tests import door

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
    notices.tell(user=user, **message | more)
    return Notice.objects.get(user=user, cause=f"sample:{number}", channel="in_app")


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
