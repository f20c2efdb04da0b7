"""Guest orders come home to who proved the contact, and to nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.order.models import Order, Purchase
from tests import shop
from tests.customer.test_orders import bought, page_of

pytestmark = pytest.mark.django_db

NUMBER = shop.HOME.mobile.removeprefix("+86")
BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])


@pytest.fixture
def guest():
    """Bought without an account, of two sellers, with a number and an address."""
    return bought(None, sellers=2, contact="Guest@Example.org")


def person(model, **fields):
    return model.objects.create_user(**{"mobile": "13900000007"} | fields)


def verified(model, **fields):
    proofs = {f"{kind}_verified_at": timezone.now() for kind in ("mobile", "email") if kind in fields}
    return person(model, **fields | proofs)


def claim(client, user):
    client.force_login(user)
    return client.post(reverse("customer:orders-claim"))


def test_the_page_of_a_purchase_says_how(client, guest):
    page = client.get(guest.get_absolute_url()).content.decode()

    assert f"{reverse('accounts:sign-in-code')}?next={reverse('customer:orders')}" in page


class TestWhoProvedTheContact:
    @BOTH
    def test_is_told_how_many_there_are(self, client, guest, django_user_model, prefix):
        client.force_login(verified(django_user_model, mobile=NUMBER))

        for page in ("/account/", "/account/orders/"):
            assert client.get(f"{prefix}{page}").context["guest_orders"] == 2

    @pytest.mark.parametrize("by", [{"mobile": NUMBER}, {"email": "guest@example.org"}], ids=["mobile", "email"])
    def test_gets_them_and_the_link_still_works(self, client, guest, django_user_model, by):
        owner = verified(django_user_model, **by)

        claim(client, owner)

        guest.refresh_from_db()
        assert guest.buyer == owner and Order.objects.visible_to(owner).count() == 2
        order = guest.orders.first()
        assert client.get(page_of(order)).status_code == 200
        assert client.get(reverse("checkout:order", args=[guest.token, order.number])).status_code == 200
        assert AuditEntry.objects.get(action="purchase.claimed").by == owner

    def test_may_press_twice(self, client, guest, django_user_model):
        owner = verified(django_user_model, mobile=NUMBER)

        claim(client, owner), claim(client, owner)

        assert AuditEntry.objects.filter(action="purchase.claimed").count() == 1
        assert client.get("/account/").context["guest_orders"] == 0


class TestWhoDidNot:
    @pytest.mark.parametrize(
        "fields",
        [{"mobile": NUMBER}, {"email": "guest@example.org"}, {}],
        ids=["same number, not verified", "same address, not verified", "somebody else"],
    )
    def test_learns_and_gets_nothing(self, client, guest, django_user_model, fields):
        stranger = person(django_user_model, **fields)

        claim(client, stranger)

        assert not Purchase.objects.filter(buyer=stranger).exists()
        assert client.get("/account/").context["guest_orders"] == 0
        assert "没有账号时" in client.get("/account/orders/").content.decode()

    def test_never_gets_what_belongs_to_an_account(self, client, django_user_model):
        other = person(django_user_model)
        purchase = bought(other)

        claim(client, verified(django_user_model, mobile=NUMBER))

        purchase.refresh_from_db()
        assert purchase.buyer == other and purchase.mobile == shop.HOME.mobile


def test_costs_the_same_queries_however_many(client, django_user_model):
    client.force_login(verified(django_user_model, mobile=NUMBER))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/account/").status_code == 200
        return len(captured)

    bought(None)
    few = queries()
    for _n in range(4):
        bought(None, sellers=2)

    assert queries() == few
