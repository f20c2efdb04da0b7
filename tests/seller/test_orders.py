"""A seller's orders: lists, shipping from the phone, mending, and who sees what."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.order import actions as orders
from marketplace.order.models import Order, Parcel
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import shop
from tests.cases import a_case, an_order

pytestmark = pytest.mark.django_db
LIST = "/seller/orders/"
NUMBER = "73100000000017"


@pytest.fixture
def enter(client, django_user_model):
    """Sign in as a member of an order's seller."""

    def go(order, role=TeamRole.OWNER):
        user = django_user_model.objects.create_user(mobile=f"1390000{django_user_model.objects.count():04}")
        team.join(seller=order.seller, user=user, role=role)
        client.force_login(user)
        return client

    return go


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def text_of(answer) -> str:
    return page_of(answer).text


def place(order, *, name="seller:order"):
    return reverse(name, args=[order.number])


class TestTheList:
    @pytest.mark.parametrize(
        ("state", "shown"),
        [
            ("", {"waiting"}),
            ("sent", {"on the way", "received"}),
            ("awaiting-receipt", {"on the way"}),
            ("completed", {"received"}),
            ("cases", {"on the way"}),
            ("all", {"waiting", "on the way", "received"}),
        ],
    )
    def test_shows_each_order_under_its_tabs(self, enter, state, shown):
        of = shop.seller("样例粮铺", fee="8.00")
        made = {
            "waiting": an_order(of=of, sent=False),
            "on the way": an_order(of=of),
            "received": an_order(of=of, received=True),
        }
        a_case(made["on the way"])

        answer = enter(made["waiting"]).get(LIST, {"state": state})

        assert {name for name, order in made.items() if order.number in text_of(answer)} == shown

    def test_says_nothing_of_unpaid_orders_and_other_sellers(self, enter):
        own, strange = an_order(sent=False), an_order(sent=False)
        unpaid = shop.buy(own.lines.first().product).orders.get()

        shown = text_of(enter(own).get(LIST, {"state": "all"}))

        assert own.number in shown
        assert strange.number not in shown and unpaid.number not in shown

    @pytest.mark.parametrize("words", ["{number}", NUMBER, "示例苹果", "王样例", "0001"])
    def test_finds_by_what_people_ask_for(self, enter, words):
        order = an_order()
        other = an_order(of=order.seller, sent=False)
        other.lines.update(title="别的")
        other.shipping_address.first_name = "李样本"
        other.shipping_address.phone_number = "+8613800002222"
        other.shipping_address.save()

        shown = text_of(enter(order).get(LIST, {"q": words.format(number=order.number)}))

        assert order.number in shown and other.number not in shown

    def test_finds_no_buyer_for_a_bookkeeper(self, enter):
        order = an_order()

        assert order.number not in text_of(enter(order, TeamRole.BOOKKEEPER).get(LIST, {"q": "王样例"}))

    def test_asks_the_database_as_often_for_ten_orders_as_for_one(self, enter):
        order = an_order(sent=False)
        client = enter(order)
        counts = []
        for more in (0, 9):
            for _time in range(more):
                an_order(of=order.seller, sent=False)
            client.get(LIST)
            with CaptureQueriesContext(connection) as queries:
                client.get(LIST)
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_knows_no_other_tab(self, enter):
        assert enter(an_order()).get(LIST, {"state": "x"}).status_code == 404


class TestWhoSeesWhat:
    @pytest.mark.parametrize("page", ["list", "order"])
    def test_a_packer_sees_no_amount(self, enter, page):
        order = an_order(sent=False)
        client = enter(order, TeamRole.PACKER)

        shown = text_of(client.get(LIST if page == "list" else place(order)))

        assert "王样例" in shown and "¥" not in shown

    @pytest.mark.parametrize("page", ["list", "order"])
    def test_a_bookkeeper_sees_no_buyer(self, enter, page):
        order = an_order(sent=False)
        client = enter(order, TeamRole.BOOKKEEPER)

        answer = client.get(LIST if page == "list" else place(order))

        assert "¥" in text_of(answer)
        assert not any(
            secret in answer.content.decode() for secret in ("王样例", "示例路", "讷河", "13800", "138 0", "138*")
        )

    @pytest.mark.parametrize("name", ["seller:slips", "seller:labels", "seller:orders-table", "seller:orders-bulk"])
    def test_a_bookkeeper_gets_no_paper(self, enter, name):
        assert enter(an_order(sent=False), TeamRole.BOOKKEEPER).get(reverse(name)).status_code == 403

    def test_a_bookkeeper_ships_nothing(self, enter):
        order = an_order(sent=False)

        answer = enter(order, TeamRole.BOOKKEEPER).post(place(order), {"tracking_number": NUMBER})

        assert answer.status_code == 404 and not Parcel.objects.exists()

    def test_the_mobile_number_is_hidden_after_receipt(self, enter):
        order = an_order(received=True)

        shown = enter(order).get(place(order)).content.decode()

        assert "138****0001" in shown and "138 0000 0001" not in shown


class TestShipping:
    def test_sends_all_with_the_courier_guessed(self, enter):
        order = an_order(sent=False)

        enter(order).post(place(order), {"tracking_number": " 7310 0000 0000 17 "})

        parcel = order.parcels.get()
        assert (parcel.carrier, parcel.tracking_number) == ("zhongtong", NUMBER)
        assert Order.objects.get(pk=order.pk).status == "awaiting_receipt"

    def test_sends_a_part_and_then_the_rest(self, enter):
        order = an_order(sent=False)
        bag, box = order.lines.order_by("id")
        client = enter(order)

        client.post(place(order), {"tracking_number": NUMBER, f"line-{bag.pk}": "1", f"line-{box.pk}": ""})
        client.post(place(order), {"tracking_number": "SF1234567890123"})

        first, second = order.parcels.all()
        assert [(each.line_id, each.quantity) for each in first.lines.all()] == [(bag.pk, 1)]
        assert [(each.line_id, each.quantity) for each in second.lines.all()] == [(bag.pk, 1), (box.pk, 2)]
        assert Order.objects.get(pk=order.pk).status == "awaiting_receipt"

    def test_warns_of_a_number_of_another_courier_and_ships_all_the_same(self, enter):
        order = an_order(sent=False)

        answer = enter(order).post(place(order), {"tracking_number": NUMBER, "carrier": "shunfeng"}, follow=True)

        assert order.parcels.get().carrier == "shunfeng"
        assert "中通快递" in page_of(answer).select_one(".alert--wait").text

    @pytest.mark.parametrize(
        "typed",
        [
            {"tracking_number": ""},
            {"tracking_number": "没有"},
            {"tracking_number": "1234567"},
            {"tracking_number": "ABCDEFGH"},
            {"tracking_number": NUMBER, "carrier": "unheard"},
            {"tracking_number": NUMBER, "line": "3"},
            {"tracking_number": NUMBER, "line": "0"},
            {"tracking_number": NUMBER, "line": "x"},
        ],
        ids=["nothing", "words", "short", "no courier", "unknown courier", "too many", "nothing inside", "a letter"],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, enter, typed):
        order = an_order(sent=False)
        lines = {f"line-{line.pk}": typed.get("line", "1") for line in order.lines.all()}

        answer = enter(order).post(place(order), typed | lines)

        page = page_of(answer)
        assert answer.status_code == 200 and page.select(".field__error")
        assert page.select_one("#id_tracking_number").get("value", "") == typed["tracking_number"]
        assert not order.parcels.exists()

    def test_twice_is_once(self, enter):
        order = an_order(sent=False)
        bag = order.lines.order_by("id")[0]
        client = enter(order)
        part = {"tracking_number": NUMBER, **{f"line-{line.pk}": "0" for line in order.lines.all()}}
        part[f"line-{bag.pk}"] = "1"

        for _time in range(2):
            client.post(place(order), part)

        assert order.parcels.count() == 1
        assert order.parcels.get().lines.get().quantity == 1

    def test_asks_before_it_takes_the_number_of_another_order(self, enter):
        sent = an_order()
        order = an_order(of=sent.seller, sent=False)
        client = enter(order)

        answer = client.post(place(order), {"tracking_number": NUMBER})
        assert sent.number in page_of(answer).select_one(".field__error").text
        assert not order.parcels.exists()

        client.post(place(order), {"tracking_number": NUMBER, "sure": "on"})
        assert order.parcels.exists()

    def test_names_no_order_of_another_seller(self, enter):
        sent, order = an_order(), an_order(sent=False)

        answer = enter(order).post(place(order), {"tracking_number": NUMBER})

        assert page_of(answer).select_one(".field__error") and sent.number not in text_of(answer)


class TestMending:
    def test_corrects_a_wrong_number(self, enter):
        order = an_order()
        where = reverse("seller:parcel", args=[order.number, order.parcels.get().pk])
        client = enter(order)

        assert client.get(where).status_code == 200
        client.post(where, {"tracking_number": "SF1234567890123", "carrier": ""})

        parcel = order.parcels.get()
        assert (parcel.carrier, parcel.tracking_number) == ("shunfeng", "SF1234567890123")

    def test_takes_a_parcel_back_once(self, enter):
        order = an_order()
        where = reverse("seller:parcel-undo", args=[order.number, order.parcels.get().pk])
        client = enter(order)

        for _time in range(2):
            client.post(where)

        assert not order.parcels.exists()
        assert [line.num_allocated for line in order.lines.all()] == [2, 2]

    def test_is_told_when_it_is_too_late(self, enter):
        order = an_order()
        Parcel.objects.update(shipped_at=timezone.now() - timedelta(hours=2))
        where = reverse("seller:parcel-undo", args=[order.number, order.parcels.get().pk])

        answer = enter(order).post(where, follow=True)

        assert order.parcels.exists() and page_of(answer).select_one(".alert--stop")


class TestAnotherSeller:
    """Reading and writing what belongs to another seller: 404, and nothing changes."""

    def addresses(self, order):
        parcel = order.parcels.first()
        yield "get", place(order), {}
        yield "post", place(order), {"tracking_number": "SF1234567890123"}
        yield "get", f"{reverse('seller:slips')}?n={order.number}", {}
        yield "get", f"{reverse('seller:labels')}?n={order.number}", {}
        if parcel:
            yield "get", reverse("seller:parcel", args=[order.number, parcel.pk]), {}
            yield "post", reverse("seller:parcel", args=[order.number, parcel.pk]), {"tracking_number": "SF12345678"}
            yield "post", reverse("seller:parcel-undo", args=[order.number, parcel.pk]), {}

    @pytest.mark.parametrize("sent", [False, True], ids=["waiting", "sent"])
    @pytest.mark.parametrize("role", TeamRole.values)
    def test_finds_nothing_and_changes_nothing(self, enter, role, sent):
        order, mine = an_order(sent=sent), an_order()
        client = enter(mine, role)
        before = list(Parcel.including_undone.values()), list(order.lines.values())

        answers = {
            (method, where): getattr(client, method)(where, data).status_code
            for method, where, data in self.addresses(order)
        }

        allowed = {403, 404} if role == TeamRole.BOOKKEEPER else {404}
        assert set(answers.values()) <= allowed, answers
        assert (list(Parcel.including_undone.values()), list(order.lines.values())) == before

    def test_a_parcel_is_found_under_its_own_order_only(self, enter):
        order = an_order()
        other = an_order(of=order.seller, sent=False)
        client = enter(order)

        where = reverse("seller:parcel", args=[other.number, order.parcels.get().pk])

        assert client.get(where).status_code == 404


class TestPapers:
    @pytest.mark.parametrize("name", ["seller:slips", "seller:labels"])
    def test_are_drawn_for_the_orders_one_ticks(self, enter, name):
        order = an_order(sent=False)

        answer = enter(order, TeamRole.PACKER).get(reverse(name), {"n": order.number})

        assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")

    def test_say_when_there_is_nothing_to_print(self, enter):
        assert enter(an_order()).get(reverse("seller:slips")).url == LIST


def test_a_parcel_shows_on_the_buyers_page(enter, client, django_user_model):
    buyer = django_user_model.objects.create_user(mobile="13900008888")
    order = an_order(owner=buyer, sent=False)
    enter(order).post(place(order), {"tracking_number": NUMBER})
    client.force_login(buyer)

    assert NUMBER in text_of(client.get(order.get_absolute_url()))


def test_a_stranger_order_number_is_no_ground_for_a_guess(enter):
    order = an_order()
    orders.confirm_receipt(order=order, by=None, at=timezone.now())

    assert enter(order).get(place(order) + "x/").status_code == 404
