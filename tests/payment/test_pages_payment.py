"""Paying as a buyer meets it: the pretended wallet, transfers with slips, failure, lateness and giving up."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from marketplace.order.models import Purchase
from marketplace.payment.models import AttemptState, PaymentAttempt, Refund
from tests import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought():
    return shop.buy(*(shop.product(shop.seller(f"样例店{n}", fee="8.00"), f"米{n}") for n in range(3)))


def answer(client, purchase, outcome):
    return client.post(reverse("payment:demo", args=[purchase.attempts.last().key]), {"outcome": outcome})


def page(client, purchase):
    return BeautifulSoup(client.get(purchase.get_absolute_url()).content, "html.parser")


class TestTheDemonstration:
    def test_ends_in_thanks_with_an_order_of_each_seller(self, client, bought):
        answer(client, bought, "succeed")

        shown = page(client, bought).select_one("#main").text
        assert Purchase.objects.get().paid_at
        assert all(order.number in shown and order.seller_name in shown for order in bought.orders.all())

    def test_lets_one_pay_again_after_a_failure(self, client, bought):
        answer(client, bought, "fail")
        again = page(client, bought).find("button", {"name": "method", "value": "demo"}).find_parent("form")["action"]

        client.post(again, {"method": "demo"})
        answer(client, bought, "succeed")

        assert Purchase.objects.get().paid_at
        assert list(bought.attempts.values_list("state", flat=True)) == [AttemptState.FAILED, AttemptState.SUCCEEDED]

    def test_is_not_paid_before_the_late_answer_came(self, client, bought):
        answer(client, bought, "late")
        assert Purchase.objects.get().is_unpaid

        client.post(reverse("payment:ask", args=[bought.attempts.get().key]))
        assert Purchase.objects.get().paid_at

    def test_gives_back_what_is_paid_after_giving_up(self, client, bought):
        client.post(reverse("checkout:cancel", args=[bought.token]))
        answer(client, bought, "succeed")

        assert Refund.objects.get().amount == bought.total
        assert page(client, bought).select_one(".done__head--stop")

    def test_does_nothing_for_an_unknown_answer(self, client, bought):
        assert answer(client, bought, "<script>").status_code == 200
        assert Purchase.objects.get().is_unpaid

    def test_offers_nothing_once_it_has_paid(self, client, bought):
        answer(client, bought, "succeed")

        shown = BeautifulSoup(answer(client, bought, "fail").content, "html.parser").select_one("#main")

        assert "已经付过款" in shown.text and not shown.select("button")
        assert shown.select_one("a.btn")["href"] == bought.get_absolute_url()
        assert bought.attempts.get().state == AttemptState.SUCCEEDED

    def test_is_not_found_outside_demonstrations(self, client, bought, settings):
        key = bought.attempts.get().key
        settings.DEMO = False

        assert client.get(reverse("payment:demo", args=[key])).status_code == 404


class TestGivingUp:
    def test_closes_every_order(self, client, bought):
        client.post(reverse("checkout:cancel", args=[bought.token]))

        assert set(bought.orders.values_list("status", flat=True)) == {"closed"}

    def test_is_refused_in_words_once_paid(self, client, bought):
        answer(client, bought, "succeed")

        shown = client.post(reverse("checkout:cancel", args=[bought.token]), follow=True)

        assert Purchase.objects.get().state == "confirmed"
        assert BeautifulSoup(shown.content, "html.parser").select_one(".alert--stop")


class TestAnotherWayToPay:
    def test_shows_the_account_and_the_code(self, client, bought):
        client.post(reverse("payment:pay", args=[bought.attempts.get().key]), {"method": "transfer"})

        assert len(page(client, bought).select_one(".code").text) == 6

    @pytest.mark.parametrize("method", ["cash", "gold", ""])
    def test_has_to_be_one_that_waits_for_money(self, client, bought, method):
        client.post(reverse("payment:pay", args=[bought.attempts.get().key]), {"method": method})

        assert PaymentAttempt.objects.get().provider == "demo"

    def test_cannot_start_once_paid(self, client, bought):
        answer(client, bought, "succeed")
        client.post(reverse("payment:pay", args=[bought.attempts.get().key]), {"method": "transfer"})

        assert PaymentAttempt.objects.count() == 1


def photo(width=60, kind="JPEG"):
    out = BytesIO()
    Image.new("RGB", (width, 40), "white").save(out, kind)
    return out.getvalue()


class TestTheSlip:
    @pytest.fixture
    def transfer(self):
        return shop.buy(shop.product(shop.seller()), payment_method="transfer")

    def send(self, client, purchase, content, name="slip.jpg"):
        file = SimpleUploadedFile(name, content)
        return client.post(reverse("payment:slip", args=[purchase.attempts.get().key]), {"slip": file})

    def test_is_kept_as_a_clean_picture(self, client, transfer):
        self.send(client, transfer, photo())

        with Image.open(PaymentAttempt.objects.get().slip) as kept:
            assert kept.format == "WEBP"
        assert Purchase.objects.get().is_unpaid

    @pytest.mark.parametrize(
        "content",
        [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", photo()[:80], b"\xff" * (11 * 1024 * 1024)],
        ids=["empty", "svg", "pdf", "broken", "too large"],
    )
    def test_is_refused_in_words_when_it_is_no_usable_photo(self, client, transfer, content):
        refused = self.send(client, transfer, content)

        assert BeautifulSoup(refused.content, "html.parser").select_one(".field__error").text.strip()
        assert not PaymentAttempt.objects.get().slip

    def test_is_not_taken_for_a_closed_purchase(self, client, transfer):
        client.post(reverse("checkout:cancel", args=[transfer.token]))

        self.send(client, transfer, photo())

        assert not PaymentAttempt.objects.get().slip


class TestThePurchasePage:
    def test_is_not_found_without_the_right_link(self, client, bought):
        assert client.get(reverse("checkout:purchase", args=["x" * 32])).status_code == 404
        assert client.get(reverse("checkout:purchase", args=[bought.number])).status_code == 404

    @pytest.mark.parametrize("prefix", ["", "/en"])
    @pytest.mark.parametrize("outcome", ["succeed", "fail", "late"])
    def test_answers_in_both_languages(self, client, bought, prefix, outcome):
        answer(client, bought, outcome)

        found = client.get(f"{prefix}/checkout/purchase/{bought.token}/")

        assert found.status_code == 200 and "no-store" in found["Cache-Control"]
