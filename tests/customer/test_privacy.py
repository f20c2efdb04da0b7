"""Her data: the log of what she agreed to, a copy of everything, and the way out. Nothing without the password."""

import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.aftersales.models import Case, CasePhoto
from marketplace.complaints import actions as complaints
from marketplace.core import consent, notices
from marketplace.core.models import AuditEntry, Consent, Event
from marketplace.core.private_files import private_storage
from marketplace.customer import leaving
from marketplace.favourites import actions as favourites
from marketplace.opening import actions as opening
from marketplace.opening.models import Opening
from marketplace.order.models import Order, Purchase
from marketplace.payment import actions as payments
from marketplace.payment.models import PaymentAttempt
from marketplace.reviews import actions as reviews
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from marketplace.talk import actions as talk
from marketplace.talk.models import Message, MessagePhoto
from tests import cases, door, shop
from tests.customer.test_addresses import address
from tests.customer.test_orders import bought

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
NUMBER = "13900000001"


@pytest.fixture
def buyer(django_user_model):
    return django_user_model.objects.create_user(
        mobile=NUMBER, email="buyer@example.org", password=door.PASSWORD, nickname="王样例昵称"
    )


@pytest.fixture
def mine(client, buyer):
    shop.country()
    client.force_login(buyer)
    return client


def fill(user) -> Purchase:
    """Something of everything."""
    address(user)
    purchase = bought(user, "completed")
    favourites.keep(product=shop.product(shop.seller("收藏店"), "收藏米"), by=user, at=timezone.now())
    notices.tell(user=user, cause="sample", subject="示例通知", body="示例内容")
    consent.give(user=user, purpose="terms", version="2026-11", at=timezone.now())
    return purchase


def pictures_of(user) -> list[str]:
    """A slip, a photo in a case that is over, in a complaint by link and in a talk, and a paper of an application never sent: names of the files."""
    now = timezone.now()
    slip = shop.buy(
        shop.product(shop.seller(f"转账店{user.pk}", fee="6.00")), owner=user, payment_method="transfer"
    ).attempts.get()
    slip = payments.add_slip(attempt=slip, file=cases.photo(), at=now)
    payments.complete(attempt=slip, at=now)
    Order.objects.filter(purchase=slip.purchase).update(status="completed")
    case = cases.a_case(cases.an_order(of=shop.seller(f"售后店{user.pk}", fee="8.00"), owner=user))
    Case.objects.filter(pk=case.pk).update(state="settled", closed_at=now, due_at=None)
    Order.objects.filter(pk=case.order_id).update(status="completed")
    guests = {"kind": "quality", "text": "示例", "photos": [cases.photo()], "key": uuid4()}
    complaint = complaints.make(about=case.order, by=None, at=now, **guests)
    thread = talk.about_product(case.order.lines.first().product, user, now)
    talk.send(thread=thread, side="buyer", text="您好", photos=[cases.photo()], key=uuid4(), by=user, at=now)
    asked = opening.begin(applicant=user, at=now)
    opening.keep_papers(opening=asked, papers={"identity": ContentFile(b"webp")}, by=user, at=now)
    photos = (
        CasePhoto.objects.filter(entry__case=case),
        MessagePhoto.objects.filter(message__thread=thread),
        complaint.photos.all(),
        asked.papers.all(),
    )
    return [slip.slip.name, *(each.file.name for shown in photos for each in shown)]


def export(client, password=door.PASSWORD):
    return client.post(reverse("customer:export"), {"password": password})


def close(client, password=door.PASSWORD):
    return client.post(reverse("customer:close"), {"password": password})


def unpacked(answer) -> tuple[dict, str]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        return json.loads(file.read("yanxing.json")), file.read("yanxing.html").decode()


@BOTH
@pytest.mark.parametrize("page", ["privacy/", "privacy/export/", "privacy/close/"])
def test_has_pages_in_both_languages(mine, prefix, page):
    assert mine.get(f"{prefix}/account/{page}").status_code == 200


class TestExport:
    def test_holds_everything_of_hers_for_people_and_for_programs(self, mine, buyer):
        order = fill(buyer).orders.get()
        case = cases.a_case(cases.an_order(owner=buyer, received=True), by=buyer)

        line = order.lines.get()
        reviews.write(line=line, product_score=5, seller_score=4, text="米很香", by=buyer, at=timezone.now())
        talk.ask(product=line.product, text="新米吗？", by=buyer, at=timezone.now())
        thread = talk.about_order(order, timezone.now())
        talk.send(thread=thread, side="buyer", text="已收到", key=uuid4(), by=buyer, at=timezone.now())

        records, page = unpacked(export(mine))

        assert all(words in page for words in ("米很香", "新米吗？", "已收到"))
        assert records["account"][0]["mobile"] == "+8613900000001"
        assert records["orders"][0]["number"] == order.number and "order_lines" in records
        for part in ("addresses", "parcels", "favourites", "notices", "consents", "sessions"):
            assert len(records[part]) >= 1, part
        assert records["cases"][0]["number"] == case.number and "袋子破了" in page
        assert order.number in page and "示例路 8 号" in page and "收藏米" in page

    def test_holds_nothing_of_anybody_else(self, mine, buyer, django_user_model):
        stranger = django_user_model.objects.create_user(mobile="13900000002", nickname="别人")
        foreign = fill(stranger)

        records, page = unpacked(export(mine))

        assert foreign.orders.get().number not in page and "13900000002" not in page
        assert [name for name, rows in records.items() if rows and name not in {"made_at", "account", "sessions"}] == [
            "notice_ways"
        ]

    def test_is_noted_and_kept_by_no_cache(self, mine, buyer):
        answer = export(mine)

        assert "no-store" in answer["Cache-Control"] and answer["Content-Disposition"].endswith('.zip"')
        assert AuditEntry.objects.filter(action="account.exported", by=buyer).count() == 1

    @pytest.mark.parametrize("password", ["", "wrong-password"])
    def test_wants_the_password(self, mine, password):
        answer = export(mine, password)

        assert "field__error" in answer.content.decode() and not AuditEntry.objects.exists()

    def test_cannot_be_had_by_guessing(self, mine):
        for number in range(10):
            export(mine, f"wrong-{number}")

        assert "尝试次数太多" in export(mine).content.decode()

    def test_costs_the_same_queries_however_many_orders(self, mine, buyer):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                assert export(mine)["Content-Type"] == "application/zip"
            return len(captured)

        bought(buyer, "completed")
        export(mine)
        few = queries()
        for _n in range(5):
            bought(buyer, "completed", sellers=2)

        assert queries() == few

    def test_shows_markup_as_text(self, mine, buyer):
        notices.tell(user=buyer, cause="x", subject="<script>alert(1)</script>", body="<img src=x>")

        assert "<script>alert" not in unpacked(export(mine))[1]


class TestClosing:
    def test_leaves_nothing_that_names_her_and_keeps_her_orders(self, mine, buyer):
        purchase = fill(buyer)

        answer = close(mine)

        assert answer.url == "/" and mine.get("/account/").status_code == 302
        gone = User.objects.get(pk=buyer.pk)
        assert (gone.mobile, gone.email, gone.nickname, gone.is_active) == (None, None, "", False)
        assert str(gone) == "已注销用户" and not gone.has_usable_password()
        assert not (gone.addresses.exists() or gone.favourites.exists() or gone.notices.exists())
        order = Order.objects.select_related("shipping_address").get(purchase=purchase)
        assert order.user == gone and order.total > 0
        kept = order.shipping_address
        assert (kept.first_name, kept.line1, str(kept.phone_number or ""), kept.search_text) == ("", "", "", "")
        assert kept.area and Consent.objects.get().withdrawn_at
        assert AuditEntry.objects.filter(action="account.closed").exists()
        assert Event.objects.get(name="account_closed").payload == {"user": buyer.pk}

    def test_leaves_no_picture_she_showed_and_none_of_anybody_else(
        self, mine, buyer, django_user_model, django_capture_on_commit_callbacks
    ):
        other = django_user_model.objects.create_user(mobile="13900000008", password=door.PASSWORD)
        hers, others = pictures_of(buyer), pictures_of(other)
        assert all(private_storage().exists(name) for name in (*hers, *others))

        with django_capture_on_commit_callbacks(execute=True):
            close(mine)

        assert [name for name in hers if private_storage().exists(name)] == []
        assert all(private_storage().exists(name) for name in others)
        assert not PaymentAttempt.objects.filter(purchase__buyer=buyer).exclude(slip="").exists()
        assert Case.objects.filter(order__user=buyer).exists() and Message.objects.filter(thread__buyer=buyer).exists()
        assert not Opening.objects.filter(applicant=buyer).exists()

    def test_frees_her_number(self, mine, buyer, client):
        close(mine)

        again = User.objects.create_user(mobile=NUMBER, email="buyer@example.org", password=door.PASSWORD)
        answer = client.post(reverse("accounts:sign-in"), {"name": NUMBER, "password": door.PASSWORD})
        assert answer.status_code == 302 and int(client.session["_auth_user_id"]) == again.pk

    @pytest.mark.parametrize("password", ["", "wrong-password"])
    def test_wants_the_password(self, mine, buyer, password):
        assert "field__error" in close(mine, password).content.decode()
        assert User.objects.get(pk=buyer.pk).is_active

    def test_pressed_twice_closes_once(self, mine, buyer):
        close(mine), close(mine)

        assert AuditEntry.objects.filter(action="account.closed").count() == 1

    @pytest.mark.parametrize("state", ["awaiting_payment", "awaiting_shipment", "awaiting_receipt"])
    def test_waits_for_unfinished_orders(self, mine, buyer, state):
        bought(buyer, state)

        assert "没有完成" in close(mine).content.decode()
        assert User.objects.get(pk=buyer.pk).mobile == "+8613900000001"

    def test_does_not_wait_for_what_is_over(self, mine, buyer):
        bought(buyer, "closed")

        assert close(mine).url == "/"

    def test_waits_for_open_cases(self, buyer):
        cases.a_case(cases.an_order(owner=buyer, received=True), by=buyer)

        assert leaving.open_cases(buyer)
        with pytest.raises(leaving.CannotClose):
            leaving.close(user=buyer, by=buyer, at=timezone.now())

    def test_waits_for_a_shop_with_money(self, mine, buyer, django_user_model):
        purchase = bought(django_user_model.objects.create_user(mobile="13900000005"), "awaiting_receipt")
        seller = purchase.orders.get().seller
        team.join(seller=seller, user=buyer, role=TeamRole.OWNER)

        page = close(mine).content.decode()
        assert "没有结清" in page and "还有订单" in page

        colleague = django_user_model.objects.create_user(mobile="13900000006")
        team.join(seller=seller, user=colleague, role=TeamRole.OWNER)
        assert close(mine).url == "/" and not buyer.memberships.exists()

    def test_is_not_for_staff(self, mine, buyer):
        buyer.role_grants.create(role="reviewer")

        assert "工作人员" in close(mine).content.decode()

    def test_leaves_everything_when_it_fails(self, buyer, monkeypatch):
        fill(buyer)

        def broken(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("marketplace.core.audit.record", broken)
        with pytest.raises(RuntimeError):
            leaving.close(user=buyer, by=buyer, at=timezone.now())

        assert User.objects.get(pk=buyer.pk).mobile and buyer.addresses.exists()


class TestAgreements:
    def test_are_listed_with_version_and_day(self, mine, buyer):
        consent.give(user=buyer, purpose="terms", version="2026-11", at=timezone.now())

        page = mine.get("/account/privacy/").content.decode()

        assert "用户服务协议" in page and "2026-11" in page

    def test_can_be_withdrawn_where_the_account_does_not_need_them(self, mine, buyer):
        given = consent.give(user=buyer, purpose="portrait", version="1", at=timezone.now())
        address = reverse("customer:withdraw", args=[given.pk])
        assert address in mine.get("/account/privacy/").content.decode()

        mine.post(address), mine.post(address)

        assert not consent.holds(user=buyer, purpose="portrait")
        assert Event.objects.filter(name="consent_withdrawn").count() == 1
        assert address not in mine.get("/account/privacy/").content.decode()

    def test_the_account_stands_on_end_with_it_only(self, mine, buyer):
        given = consent.give(user=buyer, purpose="privacy", version="2026-11", at=timezone.now())

        assert mine.post(reverse("customer:withdraw", args=[given.pk])).status_code == 404
        assert consent.holds(user=buyer, purpose="privacy")

    def test_of_another_person_are_not_found(self, mine, django_user_model):
        stranger = django_user_model.objects.create_user(mobile="13900000002")
        given = consent.give(user=stranger, purpose="portrait", version="1", at=timezone.now())

        assert mine.post(reverse("customer:withdraw", args=[given.pk])).status_code == 404
        assert consent.holds(user=stranger, purpose="portrait")

    def test_cost_the_same_queries_however_many(self, mine, buyer):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                assert mine.get("/account/privacy/").status_code == 200
            return len(captured)

        consent.give(user=buyer, purpose="p0", version="1", at=timezone.now())
        few = queries()
        for number in range(1, 10):
            consent.give(user=buyer, purpose=f"p{number}", version="1", at=timezone.now())

        assert queries() == few
