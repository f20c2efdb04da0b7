"""A buyer's orders: the list, one of them, what she may do there, and what she never sees."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.order import actions as orders
from marketplace.order.models import Order, Purchase
from marketplace.payment import actions as payments
from marketplace.payment.models import Refund
from tests import shop

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
STATES = ["awaiting_payment", "awaiting_shipment", "awaiting_receipt", "completed", "closed"]


@pytest.fixture
def buyer(django_user_model):
    return django_user_model.objects.create_user(mobile="13900000001")


@pytest.fixture
def stranger(django_user_model):
    return django_user_model.objects.create_user(mobile="13900000002")


@pytest.fixture
def mine(client, buyer):
    """A browser of the buyer's."""
    client.force_login(buyer)
    return client


def bought(owner, state="awaiting_payment", sellers=1, **changes) -> Purchase:
    """A purchase whose orders are in this state."""
    count = Purchase.objects.count()
    goods = [shop.product(shop.seller(f"店{count}-{n}"), f"米{count}-{n}") for n in range(sellers)]
    purchase = shop.buy(*goods, owner=owner, **changes)
    now = timezone.now()
    if state == "closed":
        payments.cancel_purchase(purchase=purchase, by=owner, at=now)
    if state in {"awaiting_shipment", "awaiting_receipt", "completed"}:
        payments.complete(attempt=purchase.attempts.get(), at=now)
    for order in purchase.orders.all():
        if state in {"awaiting_receipt", "completed"}:
            orders.ship(order=order, carrier="shunfeng", tracking_number=f"SF{order.pk:08}", by=None, at=now)
        if state == "completed":
            orders.confirm_receipt(order=order, by=owner, at=now)
    return purchase


def page_of(order) -> str:
    return reverse("customer:order", args=[order.number])


class TestTheList:
    def test_shows_orders_in_every_state(self, mine, buyer):
        made = [bought(buyer, state) for state in STATES]

        page = mine.get("/account/orders/").content.decode()

        assert all(page_of(purchase.orders.get()) in page for purchase in made)

    @pytest.mark.parametrize("state", STATES[:4])
    def test_shows_under_a_tab_what_is_in_that_state(self, mine, buyer, state):
        made = {each: bought(buyer, each).orders.get() for each in STATES}

        page = mine.get("/account/orders/", {"state": state}).content.decode()

        assert [each for each, order in made.items() if page_of(order) in page] == [state]

    def test_shows_what_is_paid_together_as_one(self, mine, buyer):
        purchase = bought(buyer, sellers=3)

        page = mine.get("/account/orders/")

        assert len(page.context["page"].object_list) == 1
        assert f"{purchase.total:.2f}".split(".")[0] in page.content.decode()
        assert all(page_of(order) in page.content.decode() for order in purchase.orders.all())

    def test_counts_what_waits(self, mine, buyer):
        bought(buyer, sellers=3)
        bought(buyer, "awaiting_receipt", sellers=2)
        bought(buyer, "completed")

        tabs = mine.get("/account/orders/").context["tabs"]

        assert {tab.state: tab.count for tab in tabs if tab.count} == {"awaiting_payment": 1, "awaiting_receipt": 2}

    def test_goes_on_over_pages(self, mine, buyer, monkeypatch):
        monkeypatch.setattr("marketplace.customer.shelf.PER_PAGE", 2)
        made = [bought(buyer, "completed") for _n in range(3)]

        pages = [
            mine.get("/account/orders/", {"state": "completed", "page": number}).content.decode() for number in (1, 2)
        ]

        assert page_of(made[2].orders.get()) in pages[0] and page_of(made[0].orders.get()) in pages[1]
        assert "?state=completed&amp;page=2" in pages[0]

    def test_closes_what_is_overdue_by_looking_at_it(self, mine, buyer):
        bought(buyer)
        Purchase.objects.update(pay_by=timezone.now())

        mine.get("/account/orders/")

        assert Order.objects.get().status == "closed"

    def test_knows_no_other_states(self, mine):
        assert mine.get("/account/orders/", {"state": "<script>"}).status_code == 404

    def test_is_nobody_elses(self, client, buyer, stranger):
        order = bought(buyer).orders.get()
        client.force_login(stranger)

        assert page_of(order) not in client.get("/account/orders/").content.decode()

    def test_costs_the_same_queries_however_long(self, mine, buyer):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                assert mine.get("/account/orders/").status_code == 200
            return len(captured)

        for state in STATES:
            bought(buyer, state)
        few = queries()
        for state in STATES[:4]:
            bought(buyer, state, sellers=2)

        assert queries() == few

    @BOTH
    @pytest.mark.parametrize("state", ["", "?state=completed"])
    def test_says_what_to_do_when_there_is_nothing(self, mine, prefix, state):
        answer = mine.get(f"{prefix}/account/orders/{state}")

        assert answer.status_code == 200 and 'class="empty"' in answer.content.decode()


class TestAnOrder:
    @BOTH
    @pytest.mark.parametrize("state", STATES)
    def test_has_a_page_in_every_state(self, mine, buyer, prefix, state):
        order = bought(buyer, state, sellers=2).orders.first()

        page = mine.get(f"{prefix}/account/orders/{order.number}/")

        assert page.status_code == 200 and order.number in page.content.decode()
        assert "no-store" in page["Cache-Control"]

    def test_says_who_carries_it_and_under_which_number(self, mine, buyer):
        order = bought(buyer, "awaiting_receipt").orders.get()

        page = mine.get(page_of(order)).content.decode()

        assert "顺丰" in page and f'data-copy="SF{order.pk:08}"' in page

    def test_promises_no_day_of_receipt_while_something_is_being_settled(self, mine, buyer):
        order = bought(buyer, "awaiting_receipt").orders.get()
        assert "将自动确认收货" in mine.get(page_of(order)).content.decode()

        Order.objects.filter(pk=order.pk).update(receipt_on_hold=True)

        assert "将自动确认收货" not in mine.get(page_of(order)).content.decode()

    def test_leads_to_what_is_paid_together_with_it(self, mine, buyer):
        first, second = bought(buyer, sellers=2).orders.order_by("id")

        assert page_of(second) in mine.get(page_of(first)).content.decode()

    def test_costs_the_same_queries_however_much_is_in_it(self, mine, buyer):
        def queries(purchase):
            with CaptureQueriesContext(connection) as captured:
                assert mine.get(page_of(purchase.orders.first())).status_code == 200
            return len(captured)

        seller = shop.seller("大店")
        small, large = (
            shop.buy(*(shop.product(seller, f"豆{size}-{n}") for n in range(size)), owner=buyer) for size in (1, 8)
        )

        assert queries(small) == queries(large)

    @pytest.mark.parametrize("state", STATES)
    def test_is_not_found_by_anybody_else(self, client, buyer, stranger, state):
        order = bought(buyer, state).orders.get()
        before = order.status
        client.force_login(stranger)

        answers = [client.get(page_of(order))]
        answers += [
            client.post(reverse(f"customer:{name}", args=[order.number])) for name in ("order-receive", "order-cancel")
        ]

        assert [answer.status_code for answer in answers] == [404, 404, 404]
        assert Order.objects.get().status == before

    def test_leads_strangers_without_an_account_to_the_door(self, client, buyer):
        order = bought(buyer).orders.get()

        assert client.get(page_of(order)).url == f"/sign-in/?next={page_of(order)}"


class TestWhatCanBeDone:
    def test_confirms_receipt(self, mine, buyer):
        order = bought(buyer, "awaiting_receipt").orders.get()

        answer = mine.post(reverse("customer:order-receive", args=[order.number]), follow=True)

        assert Order.objects.get().status == "completed"
        assert answer.redirect_chain == [(page_of(order), 302)]

    def test_cancels_what_is_paid_and_not_sent_and_gives_the_money_back(
        self, mine, buyer, django_capture_on_commit_callbacks
    ):
        order = bought(buyer, "awaiting_shipment", sellers=2).orders.first()

        with django_capture_on_commit_callbacks(execute=True):
            mine.post(reverse("customer:order-cancel", args=[order.number]))

        assert Refund.objects.get().amount == order.total
        assert set(Order.objects.values_list("status", flat=True)) == {"closed", "awaiting_shipment"}
        assert "已退款" in mine.get(page_of(order)).content.decode()

    def test_cancels_an_unpaid_purchase_as_a_whole(self, mine, buyer):
        purchase = bought(buyer, sellers=2)
        order = purchase.orders.first()

        answer = mine.post(reverse("checkout:cancel", args=[purchase.token]), {"next": page_of(order)})

        assert answer.url == page_of(order)
        assert set(Order.objects.values_list("status", flat=True)) == {"closed"}

    @pytest.mark.parametrize("name", ["order-receive", "order-cancel"])
    @pytest.mark.parametrize("state", ["awaiting_payment", "completed", "closed"])
    def test_says_so_when_it_is_too_early_or_too_late(self, mine, buyer, name, state):
        order = bought(buyer, state).orders.get()

        answer = mine.post(reverse(f"customer:{name}", args=[order.number]), follow=True)

        assert "alert--stop" in answer.content.decode()
        assert Order.objects.get().status == state

    @pytest.mark.parametrize("name", ["order-receive", "order-cancel"])
    def test_is_not_done_by_a_link(self, mine, buyer, name):
        order = bought(buyer, "awaiting_receipt").orders.get()

        assert mine.get(reverse(f"customer:{name}", args=[order.number])).status_code == 405


class TestAGuest:
    def test_finds_each_order_from_the_link_of_the_purchase(self, client):
        purchase = bought(None, "awaiting_receipt", sellers=2)

        page = client.get(purchase.get_absolute_url()).content.decode()
        for order in purchase.orders.all():
            address = reverse("checkout:order", args=[purchase.token, order.number])
            assert address in page and client.get(address).status_code == 200

    def test_confirms_receipt_and_cancels_by_the_link(self, client):
        sent, waiting = bought(None, "awaiting_receipt"), bought(None, "awaiting_shipment")

        client.post(reverse("checkout:order-receive", args=[sent.token, sent.orders.get().number]))
        client.post(reverse("checkout:order-cancel", args=[waiting.token, waiting.orders.get().number]))

        assert sent.orders.get().status == "completed" and waiting.orders.get().status == "closed"

    @pytest.mark.parametrize("name", ["order", "order-receive", "order-cancel"])
    def test_cannot_use_one_link_for_anothers_order(self, client, name):
        mine, other = bought(None, "awaiting_receipt"), bought(None, "awaiting_receipt")
        address = reverse(f"checkout:{name}", args=[mine.token, other.orders.get().number])

        answer = client.get(address) if name == "order" else client.post(address)

        assert answer.status_code == 404 and other.orders.get().status == "awaiting_receipt"


class TestTheFirstPage:
    @BOTH
    def test_says_what_waits_and_what_is_on_its_way(self, mine, buyer, prefix):
        bought(buyer, sellers=2)
        order = bought(buyer, "awaiting_receipt").orders.get()

        page = mine.get(f"{prefix}/account/")

        assert page_of(order) in page.content.decode()
        assert [tab.count for tab in page.context["tabs"]] == [1, None, 1, None]

    def test_costs_the_same_queries_however_much_there_is(self, mine, buyer):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                mine.get("/account/")
            return len(captured)

        bought(buyer, "awaiting_receipt")
        few = queries()
        for _n in range(4):
            bought(buyer, "awaiting_receipt", sellers=2)

        assert queries() == few
