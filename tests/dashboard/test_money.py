"""Operators' pages about money: what they show, and what pressing does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.core.models import AuditEntry, Delivery, Event
from marketplace.invoices.models import InvoiceRequest
from marketplace.partner.models import StockRecord
from marketplace.payment import actions as payments
from marketplace.payment import stripe_events
from marketplace.payment.models import ProviderEvent
from marketplace.settlement.models import Account, Adjustment, Payout
from tests import money, shop, stand_in

pytestmark = pytest.mark.django_db
PAGES = ["reconcile/", "payments/", "news/", "outbox/", "payouts/", "adjustments/", "invoices/"]


@pytest.fixture
def operator(django_user_model):
    return django_user_model.objects.create_superuser(mobile="13900000006", password="yanxing-demo")


@pytest.fixture
def desk(client, operator):
    client.force_login(operator)
    return client


def text(answer):
    return answer.content.decode()


def news(number=1, kind="payment_intent.created", **thing):
    event = {"id": f"evt_{number}", "type": kind, "created": 1_790_000_000, "data": {"object": {"id": "x"} | thing}}
    return stripe_events.keep(event=event, at=timezone.now())


class TestEveryPage:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    @pytest.mark.parametrize("page", PAGES)
    def test_opens_in_both_languages_with_nothing_on_it(self, desk, prefix, page):
        assert desk.get(f"{prefix}/dashboard/money/{page}").status_code == 200

    @pytest.mark.parametrize("page", ["payments/", "news/", "outbox/", "payouts/", "adjustments/", "invoices/"])
    def test_costs_the_same_queries_for_one_row_and_for_ten(self, desk, page):
        counts = []
        for rows in (1, 9):
            for number in range(rows):
                one_of_everything(f"{rows}{number}")
            with CaptureQueriesContext(connection) as counted:
                assert desk.get(f"/dashboard/money/{page}").status_code == 200
            counts.append(len(counted))

        assert counts[1] <= counts[0]


def one_of_everything(name):
    """A payment, a piece of news, a stuck delivery, a payout under way, an adjustment and an invoice to issue."""
    seller = shop.seller(f"店{name}")
    order = shop.buy(shop.product(seller)).orders.get()
    InvoiceRequest.objects.create(order=order, title="王样例", email="buyer@example.com", asked_at=timezone.now())
    news(name)
    event = Event.objects.create(name="purchase_paid", payload={})
    Event.objects.filter(pk=event.pk).update(at=timezone.now() - timedelta(hours=1))
    Delivery.objects.create(event=event, receiver="nobody.at_all")
    Payout.objects.create(seller=seller, door="bank", fen=100, asked_at=timezone.now())
    Adjustment.objects.create(seller=seller, fen=5, reason="样例", proposed_at=timezone.now())


class TestReconciliation:
    def test_shows_what_the_command_prints_and_repairs_it(self, desk):
        shop.product(shop.seller())
        StockRecord.objects.update(num_allocated=5)
        page = reverse("dashboard:money-reconcile")
        assert StockRecord.objects.get().partner_sku in text(desk.get(page))

        desk.post(page)

        assert "alert-success" in text(desk.get(page))
        assert AuditEntry.objects.filter(action="stock.reconciled").exists()


class TestPayments:
    def test_are_found_by_purchase_number_and_show_the_ledger(self, desk, stripe):
        bought = shop.buy(shop.product(shop.seller("甲店")), payment_method="stripe")
        attempt = bought.attempts.get()
        payments.start(attempt=attempt)
        stand_in.pay(stripe, attempt)
        for event in stand_in.news_of(stripe):
            stripe_events.work_on.call(stripe_events.keep(event=event, at=timezone.now()).pk)
        attempt.refresh_from_db()

        listed = text(desk.get(reverse("dashboard:money-payments"), {"q": bought.number}))
        shown = text(desk.get(reverse("dashboard:money-payment", args=[attempt.key])))

        assert reverse("dashboard:money-payment", args=[attempt.key]) in listed
        assert attempt.reference in shown and "checkout.session.completed" in shown
        assert str(bought.total) in shown and "-" + str(bought.total) in shown

    def test_of_another_number_are_not_listed(self, desk):
        bought = shop.buy(shop.product(shop.seller()))

        assert bought.number not in text(desk.get(reverse("dashboard:money-payments"), {"q": "1", "state": "failed"}))


class TestNews:
    def test_shows_the_body_without_secrets(self, desk):
        event = news(client_secret="pi_1_secret_2", metadata={"attempt": "<b>"})

        shown = text(desk.get(reverse("dashboard:money-news-piece", args=[event.pk])))

        assert "pi_1_secret_2" not in shown and "client_secret" in shown and "&lt;b&gt;" in shown

    def test_is_worked_on_again(self, desk):
        event = news()

        desk.post(reverse("dashboard:money-news-again", args=[event.pk]))

        assert ProviderEvent.objects.get().state == "done"

    def test_held_for_staff_is_put_aside_by_a_person(self, desk, operator):
        event = news(kind="charge.dispute.created")
        stripe_events.work_on.call(event.pk)

        for _twice in range(2):
            desk.post(reverse("dashboard:money-news-done", args=[event.pk]))

        event.refresh_from_db()
        assert (event.state, event.done_by) == ("done", operator)


class TestOutbox:
    def test_is_delivered_again(self, desk):
        one_of_everything("甲")
        delivery = Delivery.objects.get(receiver="nobody.at_all")

        desk.post(reverse("dashboard:money-outbox-again", args=[delivery.pk]))

        assert Delivery.objects.get(pk=delivery.pk).delivered_at is not None

    def test_leaves_out_what_still_waits_for_the_worker(self, desk):
        event = Event.objects.create(name="purchase_paid", payload={})
        Delivery.objects.create(event=event, receiver="nobody.at_all")

        assert "nobody.at_all" not in text(desk.get(reverse("dashboard:money-outbox")))


class TestPayouts:
    @pytest.fixture
    def seller(self):
        seller = money.give_account(shop.seller("=甲店"))
        money.owe(seller, 5000)
        return seller

    def run(self, desk):
        desk.post(reverse("dashboard:money-payouts-begin"))
        desk.post(reverse("dashboard:money-payouts-export"))
        return Payout.objects.get()

    def test_leave_in_a_file_and_arrive_under_a_receipt_number(self, desk, seller):
        payout = self.run(desk)
        file = text(desk.get(reverse("dashboard:money-bank-file", args=[payout.batch_id])))

        for _twice in range(2):
            desk.post(reverse("dashboard:money-payout-arrived", args=[payout.pk]), {"reference": "BANK-1"})

        payout.refresh_from_db()
        assert (payout.state, payout.reference) == ("sent", "BANK-1")
        assert "6222000000000001" in file and "50.00" in file and "'=甲店" in file
        assert AuditEntry.objects.filter(action="payout.file_read").count() == 1
        assert money.holds("leaving", seller) == "0.00" and money.all_adds_up()

    def test_come_back_with_a_reason(self, desk, seller):
        payout = self.run(desk)

        desk.post(reverse("dashboard:money-payout-back", args=[payout.pk]), {"reason": ""})
        assert Payout.objects.get().is_under_way
        desk.post(reverse("dashboard:money-payout-back", args=[payout.pk]), {"reason": "户名不符"})

        assert Payout.objects.get().state == "taken_back" and money.holds("available", seller) == "50.00"
        assert "户名不符" in text(desk.get(reverse("dashboard:money-payout", args=[payout.pk])))

    def test_say_who_cannot_be_paid(self, desk):
        money.owe(shop.seller("无账户店"), 5000)

        shown = desk.post(reverse("dashboard:money-payouts-begin"), follow=True)

        assert "无账户店" in text(shown) and not Payout.objects.exists()


class TestAdjustments:
    def propose(self, desk, **changes):
        typed = {"seller": shop.seller("甲店").pk, "amount": "12.50", "reason": "补偿"} | changes
        return desk.post(reverse("dashboard:money-adjustments"), typed)

    def test_need_two_persons(self, desk, client, django_user_model):
        self.propose(desk)
        proposed = Adjustment.objects.get()
        decide = reverse("dashboard:money-adjustment-decide", args=[proposed.pk])

        desk.post(decide, {"answer": "agree"})
        assert Adjustment.objects.get().decided_at is None

        client.force_login(django_user_model.objects.create_superuser(mobile="13900000007", password="yanxing-demo"))
        for _twice in range(2):
            client.post(decide, {"answer": "agree"})
        assert money.holds("available", proposed.seller) == "12.50"
        assert Account.objects.filter(kind="adjustments").get().fen == -1250

    @pytest.mark.parametrize("amount", ["0", "1.005", "-9999999", "abc", ""])
    def test_keep_what_was_typed_and_say_what_is_wrong(self, desk, amount):
        answer = self.propose(desk, amount=amount)

        assert answer.status_code == 200 and "补偿" in text(answer) and "text-danger" in text(answer)
        assert not Adjustment.objects.exists()
