"""A provider says days later that a refund did not arrive: the buyer is owed again, and gets it once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.payment import actions as payments
from marketplace.payment import stripe_events, stripe_watch
from marketplace.payment.models import ProviderEvent, Refund
from marketplace.payment.reconciliation import Kind, differences
from marketplace.payment.standin import refunds as provider
from tests import money, shop, stand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def refund(stripe, django_capture_on_commit_callbacks):
    """Made by the provider, and done."""
    purchase = shop.buy(shop.product(shop.seller("甲店"), price="30.00"), payment_method="stripe")
    payments.start(attempt=purchase.attempts.get())
    stand_in.pay(stripe, purchase.attempts.get())
    payments.ask(attempt=purchase.attempts.get(), at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        payments.cancel_order(order=purchase.orders.get(), by=None, at=timezone.now())
    made = Refund.objects.get()
    assert made.state == "done" and found() == []
    return made


def found():
    return [each.kind for each in differences(timezone.now() - timedelta(days=30))]


def comes_back(stripe, refund, times=1):
    """The provider's news that it failed, so many times."""
    with stripe.store.change():
        provider.fail(stripe.store, refund.reference)
    news = next(each for each in stand_in.news_of(stripe) if each["type"] == "refund.failed")
    for turn in range(times):
        kept = stripe_events.keep(event=news | {"id": f"{news['id']}{turn}"}, at=timezone.now())
        stripe_events.work_on.call(kept.pk)
    refund.refresh_from_db()


def test_is_owed_again_and_lies_with_the_provider(stripe, refund):
    comes_back(stripe, refund, times=3)

    assert refund.state == "owed" and refund.came_back_at
    assert money.holds("buyers") == "30.00"
    assert money.holds("clearing", place="stripe") == "-29.13"  # what came, less the fee the provider keeps
    assert AuditEntry.objects.filter(action="refund.came_back").count() == 1
    assert set(ProviderEvent.objects.values_list("state", flat=True)) == {"done"}
    assert found() == []


def test_is_not_asked_of_the_provider_again_but_of_a_person(stripe, refund):
    comes_back(stripe, refund)

    payments.send_refund.call(refund.pk)
    stripe_watch.watch(timezone.now() + timedelta(minutes=5))

    refund.refresh_from_db()
    assert refund.state == "owed" and list(Refund.objects.by_hand(timezone.now())) == [refund]


def test_is_sent_by_a_person_once(stripe, refund):
    from marketplace.accounts.models import User

    person = User.objects.create(mobile="+8613900000031", nickname="示例财务")
    comes_back(stripe, refund)

    for _twice in range(2):
        payments.mark_refunded(refund=refund, reference="BANK-9", by=person, at=timezone.now())

    assert money.holds("buyers") == "0.00" and money.holds("clearing", place="bank") == "30.00"
    assert money.all_adds_up() and found() == []


def test_news_after_a_person_sent_it_changes_nothing(stripe, refund):
    self_sent = test_is_sent_by_a_person_once
    self_sent(stripe, refund)
    books = money.books()

    payments.look_again(refund=Refund.objects.get(), at=timezone.now())

    assert money.books() == books and Refund.objects.get().state == "done"


def test_without_news_reconcile_says_so(stripe, refund):
    with stripe.store.change():
        provider.fail(stripe.store, refund.reference)

    assert {Kind.PROVIDER_REFUND, Kind.PROVIDER_BALANCE} <= set(found())


def test_one_that_was_under_way_and_failed_is_for_a_person_too(stripe, refund):
    Refund.objects.update(state="owed", done_at=None)
    with stripe.store.change():
        provider.fail(stripe.store, refund.reference)

    payments.send_refund.call(refund.pk)

    assert list(Refund.objects.by_hand(timezone.now())) == [refund]


def test_an_answer_that_cannot_be_had_changes_nothing(stripe, refund, settings):
    Refund.objects.update(reference="re_unheard_of")

    payments.look_again(refund=Refund.objects.get(), at=timezone.now())

    assert Refund.objects.get().state == "done"


def test_news_of_a_refund_that_is_not_ours_is_held_for_staff(stripe, refund):
    Refund.objects.update(key="00000000-0000-4000-8000-000000000000")

    comes_back(stripe, refund)

    assert ProviderEvent.objects.get().state == "held"
