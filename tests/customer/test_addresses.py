"""The address book: hers alone, one usual address, nothing typed lost."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from marketplace.address import actions
from marketplace.address.models import UserAddress
from marketplace.order.models import Purchase
from tests import shop
from tests.checkout.test_pages_checkout import TYPED as CHECKOUT
from tests.checkout.test_pages_checkout import hidden

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
TYPED = {
    "name": "王样例",
    "mobile": "13800000001",
    "area-0": "230000",
    "area-1": "230200",
    "area-2": "230281",
    "detail": "示例路 8 号",
}


@pytest.fixture
def buyer(django_user_model):
    return django_user_model.objects.create_user(mobile="13900000001")


@pytest.fixture
def mine(client, buyer):
    shop.country()
    client.force_login(buyer)
    return client


@pytest.fixture
def foreign(django_user_model):
    """An address of somebody else's book."""
    return address(django_user_model.objects.create_user(mobile="13900000002"), detail="别人路 1 号")


def address(user, detail="示例路 8 号", **fields):
    shop.country()
    made = UserAddress(
        user=user, first_name="王样例", phone_number="+8613800000001", line1=detail, country_id="CN", **fields
    )
    made.take_area("230281")
    made.save()
    return made


def add(client, **changes):
    return client.post(reverse("customer:address-new"), TYPED | changes)


class TestTheBook:
    def test_keeps_an_address_and_makes_the_first_the_usual_one(self, mine, buyer):
        answer = add(mine, label="家")

        kept = buyer.addresses.get()
        assert answer.url == "/account/addresses/"
        assert kept.one_line == "黑龙江省齐齐哈尔市讷河市 示例路 8 号" and kept.label == "家"
        assert kept.is_default_for_shipping

    def test_has_one_usual_address(self, mine, buyer):
        add(mine)
        add(mine, detail="示例路 9 号", usual="on")
        add(mine, detail="示例路 10 号")

        assert buyer.addresses.get(is_default_for_shipping=True).line1 == "示例路 9 号"
        first = buyer.addresses.get(line1="示例路 8 号")
        mine.post(reverse("customer:address-usual", args=[first.pk]))
        assert buyer.addresses.get(is_default_for_shipping=True) == first

    def test_changes_an_address(self, mine, buyer):
        kept = address(buyer)

        page = mine.get(reverse("customer:address", args=[kept.pk])).content.decode()
        assert 'value="示例路 8 号"' in page and '"230281" selected' in page
        mine.post(reverse("customer:address", args=[kept.pk]), TYPED | {"detail": "示例路 88 号", "area-2": "230208"})

        kept.refresh_from_db()
        assert kept.line1 == "示例路 88 号" and kept.line3 == "梅里斯达斡尔族区"

    def test_forgets_an_address_and_finds_another_usual_one(self, mine, buyer):
        first, second = address(buyer, is_default_for_shipping=True), address(buyer, "示例路 9 号")

        mine.post(reverse("customer:address-delete", args=[first.pk]))

        assert buyer.addresses.get() == second and buyer.addresses.get().is_default_for_shipping

    def test_refuses_a_double_in_words(self, mine, buyer):
        add(mine)

        assert "已经保存过" in add(mine).content.decode() and buyer.addresses.count() == 1

    def test_has_an_end(self, mine, buyer, monkeypatch):
        monkeypatch.setattr(actions, "MOST", 2)
        for number in range(3):
            answer = add(mine, detail=f"示例路 {number} 号")

        assert "最多保存 2 个" in answer.content.decode() and buyer.addresses.count() == 2

    @BOTH
    @pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
    def test_has_pages_in_both_languages(self, mine, buyer, prefix, filled):
        path = f"/account/addresses/{address(buyer).pk}/" if filled else "/account/addresses/new/"

        assert mine.get(f"{prefix}/account/addresses/").status_code == mine.get(f"{prefix}{path}").status_code == 200

    def test_leads_back_to_where_she_came_from(self, mine):
        assert add(mine, next="/checkout/").url == "/checkout/"
        assert add(mine, next="//example.com/", detail="示例路 9 号").url == "/account/addresses/"


class TestTyping:
    def test_reads_a_pasted_address_for_checking_and_keeps_nothing(self, mine, buyer):
        page = mine.post(
            reverse("customer:address-new"), {"paste": "李样例 13900139000 北京市海淀区中关村大街1号", "parse": "1"}
        ).content.decode()

        assert 'value="李样例"' in page and '"110108" selected' in page
        assert not buyer.addresses.exists()

    def test_shows_the_next_places_without_script(self, mine):
        page = mine.post(reverse("customer:address-new"), {"name": "王样例", "area-0": "230000", "refresh": "1"})

        assert "齐齐哈尔市" in page.content.decode() and 'value="王样例"' in page.content.decode()
        assert "field__error" not in page.content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"mobile": "12345"},
            {"area-2": ""},
            {"area-2": "110108"},
            {"detail": "x" * 121},
            {"label": "x" * 21},
        ],
        ids=["no name", "no number", "no county", "county of another city", "endless", "endless label"],
    )
    def test_keeps_what_was_typed_when_something_is_wrong(self, mine, buyer, wrong):
        page = add(mine, **wrong).content.decode()

        assert "field__error" in page and not buyer.addresses.exists()
        for field in {"name", "mobile", "detail"} - set(wrong):
            assert BeautifulSoup(page, "html.parser").find("input", {"name": field})["value"] == TYPED[field]

    def test_shows_markup_as_text(self, mine, buyer):
        add(mine, name="<script>alert(1)</script>", detail='"><img src=x onerror=alert(1)>', label="<b>x</b>")

        page = mine.get(reverse("customer:addresses")).content.decode()
        assert buyer.addresses.exists() and "<script>alert" not in page and "<img src=x" not in page


class TestAnothersAddress:
    @pytest.mark.parametrize("name", ["address", "address-usual", "address-delete"])
    def test_is_not_found_for_writing(self, mine, foreign, name):
        before = UserAddress.objects.values().get()

        assert mine.post(reverse(f"customer:{name}", args=[foreign.pk]), TYPED).status_code == 404
        assert UserAddress.objects.values().get() == before

    def test_is_not_found_for_reading(self, mine, foreign):
        assert mine.get(reverse("customer:address", args=[foreign.pk])).status_code == 404
        assert "别人路" not in mine.get(reverse("customer:addresses")).content.decode()

    @pytest.mark.parametrize("name", ["address-usual", "address-delete"])
    def test_is_not_touched_by_a_link(self, mine, buyer, name):
        kept = address(buyer)

        assert mine.get(reverse(f"customer:{name}", args=[kept.pk])).status_code == 405


class TestAtTheCheckout:
    def order(self, client, buyer, **changes):
        client.post(reverse("basket:add"), {"product": shop.product(shop.seller()).pk, "quantity": 1})
        shown = client.post(reverse("checkout:index"), CHECKOUT | {"refresh": "1"})
        form = CHECKOUT | hidden(shown) | changes
        return client.post(reverse("checkout:index"), form)

    def test_keeps_a_new_address_where_she_asked_for_it(self, mine, buyer):
        self.order(mine, buyer, keep="on")

        assert Purchase.objects.exists() and buyer.addresses.get().recipient == CHECKOUT["name"]

    def test_keeps_none_where_she_did_not(self, mine, buyer):
        self.order(mine, buyer)

        assert Purchase.objects.exists() and not buyer.addresses.exists()

    def test_does_not_stop_for_a_double(self, mine, buyer):
        add(mine, detail=CHECKOUT["detail"])

        self.order(mine, buyer, keep="on", saved="")

        assert Purchase.objects.exists() and buyer.addresses.count() == 1
