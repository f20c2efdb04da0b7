"""A seller and her money: what she sees, where it goes, and pressing twice."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.core.models import Consent
from marketplace.payment.standin import connect
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from marketplace.settlement.models import BankAccount, Payout, TransferAccount
from tests import money, shop

pytestmark = pytest.mark.django_db
TYPED = {"holder": "王样例", "bank": "示例银行讷河支行", "number": "6222 0000 0000 0002", "agreed": "on"}


@pytest.fixture
def seller():
    return shop.seller("甲店")


@pytest.fixture
def centre(client, seller):
    """The owner's browser."""
    owner = User.objects.create(mobile="+8613900000021", nickname="示例店主")
    team.join(seller=seller, user=owner, role=TeamRole.OWNER)
    client.force_login(owner)
    return client


def page(answer):
    return BeautifulSoup(answer.content, "html.parser").select_one("#main, main, body")


class TestTheMoneyPage:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_shows_balances_and_no_way_out_without_an_account(self, centre, seller, prefix):
        money.owe(seller, 5000)

        shown = page(centre.get(f"{prefix}/seller/money/"))

        assert "50" in shown.select_one(".price").text and shown.select_one("button[disabled]")

    def test_withdraws_once_however_often_it_is_pressed(self, centre, seller):
        money.owe(seller, 5000)
        money.give_account(seller)

        for _twice in range(2):
            centre.post(reverse("seller:money-withdraw"))

        payout = Payout.objects.get()
        assert payout.fen == 5000 and payout.number in page(centre.get(reverse("seller:money"))).text

    def test_shows_nothing_of_another_seller(self, centre, seller):
        other = money.give_account(shop.seller("乙店"))
        money.owe(other, 7777)

        assert "77.77" not in page(centre.get(reverse("seller:money"))).text

    def test_is_shut_for_packers(self, client, seller):
        packer = User.objects.create(mobile="+8613900000022", nickname="示例打包")
        team.join(seller=seller, user=packer, role=TeamRole.PACKER)
        client.force_login(packer)

        assert client.get(reverse("seller:money")).status_code == 403
        assert client.get(reverse("seller:money-account")).status_code == 403

    def test_shows_amounts_to_bookkeepers_and_lets_only_owners_say_where_money_goes(self, client, seller):
        bookkeeper = User.objects.create(mobile="+8613900000023", nickname="示例会计")
        team.join(seller=seller, user=bookkeeper, role=TeamRole.BOOKKEEPER)
        client.force_login(bookkeeper)

        refused = client.post(reverse("seller:money-account"), TYPED | {"number": "12345678901"})

        assert reverse("seller:money-account") not in client.get(reverse("seller:money")).text
        assert refused.status_code == 403 and not BankAccount.objects.exists()


class TestTheAccount:
    def test_is_kept_encrypted_with_consent(self, centre, seller):
        centre.post(reverse("seller:money-account"), TYPED | {"number": "12345678901"})

        kept = BankAccount.objects.get()
        assert (kept.number, kept.last_four) == ("12345678901", "8901")
        assert Consent.objects.get().purpose == "bank_account"
        shown = page(centre.get(reverse("seller:money-account"))).text
        assert "8901" in shown and "12345678901" not in shown

    def test_is_replaced_and_never_changed(self, centre, seller):
        for number in ("12345678901", "12345678901", "10987654321"):
            centre.post(reverse("seller:money-account"), TYPED | {"number": number})

        assert BankAccount.objects.count() == 2
        assert BankAccount.objects.current(seller).last_four == "4321"

    @pytest.mark.parametrize(
        "changes",
        [{"number": "6222000000000000"}, {"number": "12ab"}, {"holder": ""}, {"agreed": ""}, {"number": "1" * 31}],
        ids=["check digit", "letters", "nobody", "no consent", "too long"],
    )
    def test_is_refused_in_words_with_everything_typed_still_there(self, centre, changes):
        shown = page(centre.post(reverse("seller:money-account"), TYPED | changes))

        assert shown.select_one(".field__error").text.strip() and TYPED["bank"] in str(shown)
        assert not BankAccount.objects.exists()

    def test_with_the_provider_is_opened_on_its_page(self, centre, seller, stripe, settings):
        settings.PAYOUT_DOORS = [settings.STRIPE_DOOR, *settings.PAYOUT_DOORS]

        there = centre.post(reverse("seller:money-transfers"))
        assert there.url.startswith(f"{stripe.base}/setup/")
        with stripe.store.change():
            connect.submit_details(stripe.store, there.url.rpartition("/")[2])
        centre.get(reverse("seller:money-transfers-back"))

        assert TransferAccount.objects.get(seller=seller).can_receive

    def test_with_a_provider_that_is_down_can_be_tried_again(self, centre, stripe, settings):
        settings.PAYOUT_DOORS = [settings.STRIPE_DOOR, *settings.PAYOUT_DOORS]
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"

        shown = centre.post(reverse("seller:money-transfers"), follow=True)

        assert page(shown).select_one(".alert--stop")
