"""Complaints to the platform: made by whoever has reason to, read by staff, answered in time, kept from the shop."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from marketplace.accounts.models import User
from marketplace.complaints import actions
from marketplace.complaints.models import Complaint
from marketplace.core.models import AuditEntry, Notice
from marketplace.core.states import IllegalMove
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import shop
from tests.cases import an_order, photo

pytestmark = pytest.mark.django_db
TEXT = "收到的米有霉味，打电话 13812345678 没人接"


@pytest.fixture
def buyer():
    return User.objects.create_user(mobile="13900000301", nickname="样例买家")


@pytest.fixture
def staff():
    return User.objects.create_superuser(mobile="13900000302", nickname="样例平台")


@pytest.fixture
def owner():
    user = User.objects.create_user(mobile="13900000303", nickname="样例店主")
    team.join(seller=shop.seller(), user=user, role=TeamRole.OWNER)
    return user


def made(about, by=None, **changes) -> Complaint:
    given = {"kind": "quality", "text": TEXT, "key": uuid.uuid4(), "at": timezone.now()} | changes
    return actions.make(about=about, by=by, **given)


def as_(client, user):
    client.force_login(user)
    return client


def typed(**changes) -> dict:
    return {"kind": "quality", "text": TEXT, "key": str(uuid.uuid4())} | changes


class TestMaking:
    @pytest.mark.parametrize("what", ["seller", "product", "order"])
    def test_is_about_a_shop_goods_or_an_order(self, client, buyer, what):
        order = an_order(owner=buyer)
        product = order.lines.first().product
        doors = {
            "seller": reverse("customer:complain-shop", args=[order.seller.slug]),
            "product": reverse("customer:complain-product", args=[product.pk]),
            "order": reverse("customer:complain-order", args=[order.number]),
        }

        answer = as_(client, buyer).post(doors[what], typed(), follow=True)

        found = Complaint.objects.get()
        assert answer.redirect_chain[0][0] == reverse("customer:complaint", args=[found.number])
        assert found.seller == order.seller
        assert (found.order_id, found.product_id) == (
            order.pk if what == "order" else None,
            product.pk if what == "product" else None,
        )
        assert "138****5678" in answer.content.decode()
        assert "13812345678" not in found.text

    def test_pressed_twice_is_one(self, client, buyer):
        place, form = reverse("customer:complain-shop", args=[shop.seller().slug]), typed()

        for _n in range(2):
            as_(client, buyer).post(place, form)

        assert Complaint.objects.count() == 1

    def test_keeps_what_was_typed_when_something_is_missing(self, client, buyer):
        place = reverse("customer:complain-shop", args=[shop.seller().slug])

        page = as_(client, buyer).post(place, typed(kind=""))

        assert page.status_code == 422
        assert TEXT in page.content.decode()
        assert not Complaint.objects.exists()

    def test_keeps_photos_for_herself_and_staff(self, client, buyer, staff, owner):
        place = reverse("customer:complain-shop", args=[owner.memberships.get().seller.slug])
        picture = SimpleUploadedFile("a.webp", photo().read(), "image/webp")
        as_(client, buyer).post(place, typed(photos=[picture]))
        found = Complaint.objects.get()
        own = reverse("customer:complaint-photo", args=[found.number, found.photos.get().pk])

        assert client.get(own).status_code == 200
        assert as_(client, owner).get(own).status_code == 404
        desk = reverse("dashboard:complaint-photo", args=[found.number, found.photos.get().pk])
        assert as_(client, staff).get(desk).headers["Content-Type"] == "image/webp"

    def test_says_when_a_file_is_no_photo(self, client, buyer):
        place = reverse("customer:complain-shop", args=[shop.seller().slug])
        file = SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>", "image/jpeg")

        assert as_(client, buyer).post(place, typed(photos=[file])).status_code == 422
        assert not Complaint.objects.exists()

    def test_is_refused_while_five_wait(self, buyer):
        seller = shop.seller()
        for _n in range(actions.MOST_OPEN):
            made(seller, buyer)

        with pytest.raises(actions.ComplaintRefused):
            made(seller, buyer)
        actions.withdraw(complaint=Complaint.objects.first(), by=buyer, at=timezone.now())
        made(seller, buyer)

    def test_of_script_is_text(self, client, buyer):
        found = made(shop.seller(), buyer, text="<script>alert(1)</script>")

        page = as_(client, buyer).get(reverse("customer:complaint", args=[found.number])).content.decode()

        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page

    def test_needs_somebody(self):
        found = made(shop.seller(), User.objects.create_user(mobile="13900000304"))

        with pytest.raises(IntegrityError), transaction.atomic():
            Complaint.objects.filter(pk=found.pk).update(user=None)


class TestGuests:
    def test_complain_by_the_link_of_their_purchase_and_find_the_answer_there(self, client, staff):
        order = an_order()
        known = [order.purchase.token, order.number]

        answer = client.post(reverse("checkout:complain-order", args=known), typed(), follow=True)

        found = Complaint.objects.get()
        assert found.user is None
        actions.answer(complaint=found, outcome="founded", text="已下架该批次", by=staff, at=timezone.now())
        assert "已下架该批次" in client.get(answer.redirect_chain[0][0]).content.decode()
        listed = client.get(reverse("checkout:complain-order", args=known)).content.decode()
        assert reverse("checkout:complaint", args=[order.purchase.token, found.number]) in listed

    def test_signed_in_come_to_the_page_of_their_account(self, client, buyer):
        order = an_order()
        door = reverse("checkout:complain-order", args=[order.purchase.token, order.number])

        answer = as_(client, buyer).post(door, typed(), follow=True)

        assert answer.status_code == 200
        assert answer.redirect_chain[0][0] == reverse("customer:complaint", args=[Complaint.objects.get().number])

    def test_become_the_buyers_while_what_another_account_wrote_stays_its_own(self, buyer, staff):
        order = an_order(owner=buyer)
        by_link, by_another = made(order), made(order, staff)

        assert list(Complaint.objects.visible_to(buyer)) == [by_link]
        assert list(Complaint.objects.visible_to(staff)) == [by_another]

    def test_hear_of_the_answer_by_the_address_they_left(self, staff, django_capture_on_commit_callbacks):
        order = an_order()
        order.purchase.email = "guest@example.org"
        order.purchase.save()
        found = made(order)

        with django_capture_on_commit_callbacks(execute=True):
            actions.answer(complaint=found, outcome="unfounded", text="已核实", by=staff, at=timezone.now())

        assert Notice.objects.get(cause=f"complaint-answered:{found.pk}").address == "guest@example.org"

    @pytest.mark.parametrize("name", ["complaint", "complaint-withdraw"])
    def test_open_only_their_own(self, client, name):
        mine, other = an_order(), an_order()
        found = made(other)

        answer = getattr(client, "post" if "withdraw" in name else "get")(
            reverse(f"checkout:{name}", args=[mine.purchase.token, found.number])
        )

        assert answer.status_code == 404
        assert Complaint.objects.get().is_open

    def test_do_not_read_what_an_account_wrote(self, client, buyer):
        order = an_order(owner=buyer)
        found = made(order, buyer)

        assert client.get(reverse("checkout:complaint", args=[order.purchase.token, found.number])).status_code == 404


class TestStaff:
    def test_see_the_most_pressing_first_and_what_is_overdue(self, client, staff, buyer):
        seller, now = shop.seller(), timezone.now()
        late = made(seller, buyer, at=now - timedelta(days=8))
        fresh = made(seller, buyer)

        page = BeautifulSoup(as_(client, staff).get("/dashboard/complaints/").content, "html.parser")

        assert [link.text for link in page.select("tbody a")] == [late.number, fresh.number]
        assert page.select_one("td.text-danger").text == "已超时"

    def test_filter_and_take_away_a_table_without_texts(self, client, staff, buyer):
        seller = shop.seller()
        kept, other = made(seller, buyer, kind="fake"), made(seller, buyer)

        answer = as_(client, staff).get("/dashboard/complaints/table/?state=all&kind=fake")

        cells = [cell.value for row in load_workbook(BytesIO(answer.content)).active.rows for cell in row]
        assert kept.number in cells
        assert other.number not in cells
        assert not any("霉味" in str(cell) for cell in cells)

    def test_looking_is_noted(self, client, staff, buyer):
        found = made(shop.seller(), buyer)

        as_(client, staff).get(f"/dashboard/complaints/{found.number}/")

        assert AuditEntry.objects.filter(action="complaint.viewed", object_id=found.pk, by=staff).count() == 1

    def test_take_up_ask_and_answer(self, client, staff, buyer, owner):
        found = made(owner.memberships.get().seller, buyer)
        place = f"/dashboard/complaints/{found.number}/"
        as_(client, staff)

        client.post(f"{place}take-up/")
        client.post(f"{place}seller/", {"text": "请说明保存情况"})
        client.post(f"{place}answer/", {"outcome": "partly", "text": "已要求更换包装"})

        found.refresh_from_db()
        assert (found.state, found.outcome, found.handled_by) == ("answered", "partly", staff)
        noted = AuditEntry.objects.filter(object_type="complaints.complaint", object_id=found.pk).order_by("id")
        assert [entry.action for entry in noted] == [
            "complaint.made",
            "complaint.taken_up",
            "complaint.seller_told",
            "complaint.answered",
        ]

    def test_answer_once(self, staff, buyer):
        found = made(shop.seller(), buyer)
        given = {"complaint": found, "by": staff, "at": timezone.now()}
        actions.answer(outcome="founded", text="甲", **given)

        with pytest.raises(IllegalMove):
            actions.answer(outcome="unfounded", text="乙", **given)
        assert Complaint.objects.get().answer == "甲"

    def test_give_no_empty_answer(self, client, staff, buyer):
        found = made(shop.seller(), buyer)

        page = as_(client, staff).post(
            f"/dashboard/complaints/{found.number}/answer/", {"outcome": "founded", "text": " "}
        )

        assert page.status_code == 422
        assert Complaint.objects.get().is_open

    def test_list_costs_the_same_for_one_and_for_many(self, client, staff, buyer):
        seller = shop.seller()
        made(seller, buyer)
        as_(client, staff).get("/dashboard/complaints/")
        with CaptureQueriesContext(connection) as one:
            client.get("/dashboard/complaints/")
        for _n in range(4):
            made(seller, buyer)
        with CaptureQueriesContext(connection) as many:
            client.get("/dashboard/complaints/")

        assert len(many) == len(one)


class TestAnswers:
    @pytest.fixture
    def answered(self, staff, buyer):
        found = made(an_order(owner=buyer), buyer)
        return actions.answer(complaint=found, outcome="founded", text="已退款", by=staff, at=timezone.now())

    @pytest.mark.django_db(transaction=True)
    def test_reach_whoever_complained(self, client, buyer, answered):
        assert Notice.objects.filter(user=buyer, cause=f"complaint-answered:{answered.pk}").count() == 1
        assert (
            "已退款" in as_(client, buyer).get(reverse("customer:complaint", args=[answered.number])).content.decode()
        )

    def test_are_nobody_elses(self, client, answered, owner):
        place = reverse("customer:complaint", args=[answered.number])

        assert as_(client, owner).get(place).status_code == 404


class TestTheShop:
    def test_reads_what_staff_ask_and_neither_text_nor_person(self, client, buyer, staff, owner):
        found = made(owner.memberships.get().seller, buyer)
        assert found.number not in as_(client, owner).get("/seller/complaints/").content.decode()

        actions.tell_seller(complaint=found, text="请说明保存情况", by=staff, at=timezone.now())

        page = client.get("/seller/complaints/").content.decode()
        assert "请说明保存情况" in page
        assert "霉味" not in page
        assert buyer.nickname not in page

    def test_answers_once_and_is_reminded_until_then(self, client, buyer, staff, owner):
        found = made(owner.memberships.get().seller, buyer)
        actions.tell_seller(complaint=found, text="请说明", by=staff, at=timezone.now())
        assert reverse("seller:complaints") in as_(client, owner).get("/seller/").content.decode()

        for words in ("通风存放", "改口"):
            client.post(reverse("seller:complaint-speak", args=[found.number]), {"text": words})

        assert Complaint.objects.get().seller_said == "通风存放"

    @pytest.mark.parametrize("role", [TeamRole.PACKER, TeamRole.BOOKKEEPER])
    def test_is_asked_through_its_owner(self, client, buyer, staff, owner, role):
        helper = User.objects.create_user(mobile="13900000309")
        team.join(seller=owner.memberships.get().seller, user=helper, role=role)

        assert as_(client, helper).get("/seller/complaints/").status_code == 403

    def test_speaks_of_its_own_only(self, client, buyer, staff, owner):
        found = made(shop.seller("别家样例店"), buyer)
        actions.tell_seller(complaint=found, text="请说明", by=staff, at=timezone.now())

        answer = as_(client, owner).post(reverse("seller:complaint-speak", args=[found.number]), {"text": "好"})

        assert answer.status_code == 404


def test_the_copy_of_her_data_holds_them(buyer):
    from marketplace.complaints.export import complaints

    found = made(shop.seller(), buyer)

    assert [row[0] for row in complaints(buyer).rows] == [found.number]
    assert not mail.outbox
