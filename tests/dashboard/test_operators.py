"""Operators' pages: who may enter, and what they do there."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from incubator.sales.models import SaleFact
from marketplace.accounts import roles
from marketplace.accounts.models import Role, User
from marketplace.catalogue.models import Category
from marketplace.core.models import AuditEntry
from marketplace.order.models import Order
from marketplace.payment import actions as payments
from marketplace.payment.models import PaymentAttempt, Refund
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from marketplace.talk import actions as talk
from tests import shop
from tests.learning.test_funnel import sold

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(django_user_model):
    return django_user_model.objects.create_superuser(mobile="13900000006", password="yanxing-demo")


@pytest.fixture
def desk(client, operator):
    client.force_login(operator)
    return client


def test_goods_that_were_sold_are_not_deleted_and_the_operator_is_told(desk):
    product = shop.product(shop.seller())
    sold(product.stockrecords.get().partner, timezone.localdate())
    SaleFact.objects.update(product=product)

    answer = desk.post(reverse("dashboard:catalogue-product-delete", args=[product.pk]))

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409 and "没有删除" in page.select_one("[role=alert]").text
    assert not page.select(".btn-danger") and page.select_one(f'a[href="/dashboard/catalogue/products/{product.pk}/"]')
    assert type(product).objects.filter(pk=product.pk).exists()


def test_a_seller_who_sold_is_not_said_to_be_deleted_before_she_is_kept(desk):
    product = shop.product(shop.seller("样例粮铺"))
    shop.buy(product)

    answer = desk.post(reverse("dashboard:partner-delete", args=[product.seller_id]))

    page = answer.content.decode()
    assert answer.status_code == 409 and "没有删除" in page and "已经删除" not in page


class TestSellers:
    def test_stand_with_their_teams_and_cost_the_same_queries_however_many(self, desk):
        def queries(prefix=""):
            with CaptureQueriesContext(connection) as captured:
                page = desk.get(f"{prefix}/dashboard/partners/")
            return len(captured), page.content.decode()

        owner = User.objects.create_user(mobile="13900000031", nickname="样例店主")
        team.join(seller=shop.seller("样例粮铺"), user=owner, role=TeamRole.OWNER)
        one, page = queries()
        for number in range(5):
            somebody = User.objects.create_user(mobile=f"1390000004{number}")
            team.join(seller=shop.seller(f"样例店 {number}"), user=somebody, role=TeamRole.OWNER)

        assert "样例店主" in page and "店主" in page
        assert queries()[0] == one and queries("/en")[0] == one

    def test_are_renamed_and_who_did_it_is_noted(self, desk, operator):
        seller = shop.seller("样例粮铺")
        page = f"/dashboard/partners/{seller.pk}/"

        assert "name" in desk.post(page, {"name": " ", "name_en": ""}).context["form"].errors
        answer = desk.post(page, {"name": "样例米铺", "name_en": "Sample rice"}, follow=True)

        seller.refresh_from_db()
        assert (seller.name, seller.name_en) == ("样例米铺", "Sample rice") and "样例米铺" in answer.text
        assert AuditEntry.objects.get(action="shop.renamed").by == operator

    def test_show_whom_they_have_and_leave_the_team_to_the_owner(self, desk):
        seller = shop.seller("样例粮铺")
        owner = User.objects.create_user(mobile="13900000031", nickname="样例店主")
        team.join(seller=seller, user=owner, role=TeamRole.OWNER)

        page = BeautifulSoup(desk.get(f"/dashboard/partners/{seller.pk}/").content, "html.parser")

        assert page.find("a", string="样例店主")["href"] == f"/dashboard/users/{owner.pk}/"
        assert {
            desk.get(f"/dashboard/partners/{path}").status_code for path in ("create/", f"{seller.pk}/users/add/")
        } == {404}


class TestACategory:
    def test_names_what_can_be_done_and_counts_with_a_measure_word(self, desk):
        Category.add_root(name="米面粮油")

        page = desk.get(reverse("dashboard:catalogue-category-list")).content.decode()

        assert "1 个分类" in page and "操作" in page and "Actions" not in page

    def test_with_goods_in_it_or_below_it_stays(self, desk):
        above = Category.add_root(name="米面粮油")
        below = above.add_child(name="大米")
        shop.product(shop.seller()).categories.add(below)

        answers = [desk.post(reverse("dashboard:catalogue-category-delete", args=[each.pk])) for each in (above, below)]

        assert [answer.status_code for answer in answers] == [409, 409]
        assert all("“大米”里还有商品" in answer.content.decode() for answer in answers)
        assert Category.objects.filter(name__in=["米面粮油", "大米"]).count() == 2

    def test_without_goods_goes_with_those_below_it(self, desk):
        above = Category.add_root(name="米面粮油")
        above.add_child(name="大米")

        assert desk.post(reverse("dashboard:catalogue-category-delete", args=[above.pk])).status_code == 302
        assert not Category.objects.filter(name__in=["米面粮油", "大米"]).exists()


def test_an_account_that_records_stand_on_is_not_deleted_where_editors_are_kept_either(desk, django_user_model):
    asker = django_user_model.objects.create_user(mobile="13900000077", nickname="样例")
    talk.ask(product=shop.product(shop.seller()), text="甜吗", by=asker, at=timezone.now())

    answer = desk.post(f"/cms/users/delete/{asker.pk}/", follow=True)

    assert "没有删除" in answer.content.decode()
    assert django_user_model.objects.filter(pk=asker.pk).exists()


class TestTheDoor:
    def test_leads_strangers_to_sign_in(self, client):
        assert client.get("/dashboard/orders/").status_code == 302

    @pytest.mark.parametrize(
        "path", ["/dashboard/", "/dashboard/orders/", "/en/dashboard/orders/refunds/", "/dashboard/partners/"]
    )
    def test_is_shut_for_staff_who_are_not_operators(self, client, django_user_model, path):
        staff = django_user_model.objects.create_user(mobile="13900000004", is_staff=True)
        client.force_login(staff)

        assert client.get(path).status_code == 403

    @pytest.mark.parametrize("prefix", ["", "/en"])
    @pytest.mark.parametrize(
        "path",
        ["", "orders/", "orders/transfers/", "orders/refunds/", "orders/statistics/", "listings/goods/", "partners/"],
    )
    def test_is_open_for_operators(self, desk, prefix, path):
        assert desk.get(f"{prefix}/dashboard/{path}").status_code == 200


class TestTheRoomsOfOthers:
    @pytest.mark.parametrize(
        ("role", "path"),
        [(Role.REVIEWER, "listings/"), (Role.REVIEWER, "shops/"), (Role.FINANCE, "money/payouts/")],
        ids=str,
    )
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_link_to_nothing_that_is_shut(self, client, django_user_model, role, path, prefix):
        person = django_user_model.objects.create_user(mobile="13900000017")
        roles.give(user=person, role=role, by=None)
        client.force_login(person)

        page = BeautifulSoup(client.get(f"{prefix}/dashboard/{path}").content, "html.parser")

        links = {link["href"].partition("?")[0] for link in page.select("a[href^='/']")}
        assert len(links) > 2 and {link for link in links if client.get(link).status_code == 403} == set()


class TestLists:
    def test_survive_being_sorted_by_a_column_they_do_not_have(self, desk):
        shop.product(shop.seller())

        assert desk.get("/dashboard/catalogue/categories/?sort=checkbox").status_code == 200


class TestOrders:
    def test_of_a_period_are_taken_away_as_a_table_without_buyers(self, desk, operator):
        order = shop.buy(shop.product(shop.seller("样例粮铺")), payment_method="cash").orders.get()
        today = timezone.localdate()
        address = "/dashboard/orders/export/"

        table = desk.get(address, {"since": today, "until": today}).content.decode("utf-8-sig")
        before = desk.get(address, {"until": today - timedelta(days=1)}).content.decode("utf-8-sig")

        header, row = table.splitlines()
        assert "订单编号" in header and "运费" in header
        assert order.number in row and "样例粮铺" in row and str(order.total_incl_tax) in row
        assert order.shipping_address.recipient not in table and len(before.splitlines()) == 1
        assert AuditEntry.objects.filter(action="orders.exported", by=operator).count() == 2

    def test_of_days_in_the_wrong_order_are_none_and_said_so(self, desk):
        shop.buy(shop.product(shop.seller()), payment_method="cash")

        page = desk.get("/dashboard/orders/", {"since": "2026-11-02", "until": "2026-11-01"})

        assert page.context["form"].errors["until"] and not page.context["orders"]

    def test_are_in_no_report_of_oscars(self, desk):
        assert desk.get("/dashboard/reports/").status_code == 404

    def test_are_sent_with_a_parcel_number(self, desk):
        order = shop.buy(shop.product(shop.seller()), payment_method="cash").orders.get()
        page = reverse("dashboard:order-detail", args=[order.number])

        desk.post(page, {"carrier": "shunfeng", "tracking_number": "SF1234567890"})

        assert Order.objects.get().status == "awaiting_receipt"
        shown = desk.get(page).content.decode()
        assert "SF1234567890" in shown and "138****0001" in shown and "13800000001" not in shown

    def test_name_their_goods_in_the_reader_s_language(self, desk):
        order = shop.buy(shop.product(shop.seller(), title_en="Sample rice"), payment_method="cash").orders.get()

        assert "Sample rice" in desk.get(f"/en/dashboard/orders/{order.number}/").content.decode()

    def test_keep_a_wrong_number_typed_and_say_why(self, desk):
        order = shop.buy(shop.product(shop.seller()), payment_method="cash").orders.get()

        answer = desk.post(
            reverse("dashboard:order-detail", args=[order.number]),
            {"carrier": "shunfeng", "tracking_number": "<script>1</script>"},
        )

        assert Order.objects.get().status == "awaiting_shipment"
        assert "&lt;script&gt;" in answer.content.decode()

    def test_cost_the_same_queries_however_many(self, desk, django_assert_max_num_queries):
        for number in range(6):
            shop.buy(shop.product(shop.seller(f"店{number}")), payment_method="cash")
        with django_assert_max_num_queries(12):
            desk.get(reverse("dashboard:order-list"))


class TestTransfers:
    def test_are_confirmed_under_the_banks_number(self, desk):
        shop.buy(shop.product(shop.seller()), payment_method="transfer")
        attempt = PaymentAttempt.objects.get()

        desk.post(reverse("dashboard:transfer-confirm", args=[attempt.pk]), {"reference": "BANK-1"})

        assert Order.objects.get().status == "awaiting_shipment"
        assert PaymentAttempt.objects.get().reference == "BANK-1"

    def test_do_not_share_one_receipt(self, desk):
        for name in ["甲店", "乙店"]:
            shop.buy(shop.product(shop.seller(name)), payment_method="transfer")
        for attempt in PaymentAttempt.objects.all():
            desk.post(reverse("dashboard:transfer-confirm", args=[attempt.pk]), {"reference": "BANK-1"})

        assert PaymentAttempt.objects.filter(state="succeeded").count() == 1


class TestRefunds:
    def test_are_made_by_hand_and_noted(self, desk):
        bought = shop.buy(shop.product(shop.seller()), payment_method="transfer")
        payments.complete(attempt=bought.attempts.get(), at=timezone.now())
        payments.cancel_order(order=bought.orders.get(), by=None, at=timezone.now())

        desk.post(reverse("dashboard:refund-made", args=[Refund.objects.get().pk]), {"reference": "BANK-2"})

        assert Refund.objects.get().done_at is not None
