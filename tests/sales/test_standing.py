"""Sellers who have come to a stop, and what goods add to their raw price."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.sales.figures import Sums
from incubator.sales.models import ChannelAccount, RawPrice
from incubator.sales.stalled import LISTING, REFUNDS, SALE, Standing, stalled, standings
from incubator.sales.value import added_in_all, values
from marketplace.catalogue.models import Listing
from marketplace.partner.models import Partner
from tests import deals, incubator, shop

TODAY = timezone.localdate()


def standing(*, listed=None, sold=None, joined=400, **sums):
    """A seller as of today; days ago."""

    def day(ago):
        return None if ago is None else TODAY - timedelta(days=ago)

    return Standing(Partner(name="样例", joined_on=day(joined)), day(listed), day(sold), **sums)


@pytest.mark.parametrize(
    ("seller", "signs"),
    [
        (standing(listed=6, sold=13), ()),
        (standing(listed=7, sold=13), (LISTING,)),
        (standing(listed=0, sold=14), (SALE,)),
        (standing(listed=30, sold=30), (SALE, LISTING)),
        (standing(joined=3), ()),
        (standing(joined=20), (SALE, LISTING)),
        (standing(listed=0, sold=0, gross=1000, back=200, days_back=3, gross_before=1000, back_before=100), (REFUNDS,)),
        (standing(listed=0, sold=0, gross=1000, back=100, days_back=3, gross_before=1000, back_before=100), ()),
        (standing(listed=0, sold=0, gross=1000, back=900, days_back=2, gross_before=1000, back_before=0), ()),
        (standing(listed=0, sold=0, gross=1000, back=900, days_back=3), ()),
    ],
    ids=[
        "well",
        "listing",
        "sale",
        "both",
        "new",
        "not so new",
        "refunds",
        "as before",
        "too few days",
        "nothing before",
    ],
)
def test_signs(seller, signs):
    assert seller.signs(TODAY) == signs


@pytest.mark.django_db
class TestStalledSellers:
    def test_are_those_of_ones_places_with_a_next_step(self):
        quiet = shop.seller("安静的店")
        quiet.area, quiet.joined_on = incubator.NEHE, TODAY - timedelta(days=90)
        quiet.save()
        busy = shop.seller("热闹的店")
        busy.area, busy.joined_on = incubator.NEHE, TODAY - timedelta(days=90)
        busy.save()
        shop.product(busy)
        Listing.objects.filter(seller=busy).update(listed_at=timezone.now())
        account = deals.account()
        account.seller = busy
        account.save()
        deals.sale(1, on=TODAY)

        found = stalled(incubator.staff(), TODAY)

        assert [each.standing.seller for each in found] == [quiet] and found[0].step and found[0].reasons
        assert stalled(incubator.staff(incubator.WUCHANG, "0009"), TODAY) == []

    def test_are_known_by_their_last_sale_on_any_channel_and_by_two_stretches_of_28_days(self):
        seller = shop.seller("两个渠道的店")
        Partner.objects.filter(pk=seller.pk).update(area=incubator.NEHE)
        accounts = [deals.account(f"渠道{n}") for n in range(2)]
        ChannelAccount.objects.filter(pk__in=[each.pk for each in accounts]).update(seller=seller)
        for number, (ago, of, refunded) in enumerate(
            [(300, 0, 0), (56, 0, 0), (55, 1, 1000), (28, 1, 0), (27, 0, 5000), (0, 1, 5000), (-1, 1, 0)]
        ):
            deals.sale(number, on=TODAY - timedelta(days=ago), of=accounts[of], refunded=refunded)

        (found,) = standings(incubator.staff(), TODAY)

        assert found.sold_on == TODAY - timedelta(days=28)
        assert (found.gross, found.back, found.days_back) == (10_000, 10_000, 2)
        assert (found.gross_before, found.back_before) == (10_000, 1000)

    @pytest.mark.parametrize("prefix", ["", "/en"])
    @pytest.mark.parametrize("name", ["stalled", "stalled-export", "value", "value-export"])
    def test_and_values_have_pages(self, client, prefix, name):
        seller = shop.seller("安静的店")
        Partner.objects.filter(pk=seller.pk).update(area=incubator.NEHE, joined_on=TODAY - timedelta(days=90))
        deals.sale(1, on=TODAY)
        client.force_login(incubator.staff())

        answer = client.get(prefix + reverse(f"incubator:sales:{name}"))

        assert answer.status_code == 200 and answer.content


def good(**figures):
    return Sums("大米", lines=1, key="code:A-1", **figures)


def raw(price, yields=100, as_of=date(2026, 1, 1)):
    return RawPrice(good="code:A-1", price=Decimal(price), yield_percent=Decimal(yields), as_of=as_of)


class TestValueAdded:
    def test_is_what_stands_in_the_table(self):
        (value,) = values([good(grams=100_000, gross_fen=125_000, refunded_fen=5_000)], [raw("2.60", "65")])

        assert (value.per_kg, value.raw_per_kg, value.added_per_kg) == (
            Decimal("12.00"),
            Decimal("4.00"),
            Decimal("8.00"),
        )
        assert (value.added, value.times) == (Decimal("800.00"), Decimal("3.0"))

    def test_takes_the_latest_price(self):
        (value,) = values([good(grams=1000, gross_fen=900)], [raw("2.00"), raw("3.00", as_of=date(2026, 5, 1))])

        assert value.raw_per_kg == Decimal("3.00")

    @pytest.mark.parametrize(
        ("sums", "prices"),
        [
            ({"grams": 1000, "gross_fen": 900}, []),
            ({"grams": 0, "gross_fen": 900}, [raw("2.00")]),
            ({"grams": 1000, "gross_fen": 900, "weights_unknown": 1}, [raw("2.00")]),
        ],
        ids=["no price", "no weight", "some weights unknown"],
    )
    def test_is_unknown_and_never_nothing(self, sums, prices):
        found = values([good(**sums)], prices)

        assert found[0].added is None and added_in_all(found) == (0, 1)


@pytest.mark.django_db
class TestARawPrice:
    def note(self, client, **changes):
        form = {
            "price": "2.60",
            "yield_percent": "65",
            "as_of": "2026-01-01",
            "source": "讷河粮市",
            "area": incubator.NEHE,
        }
        return client.post(reverse("incubator:sales:raw-price") + "?good=code:A-1", form | changes)

    def test_is_noted_once_with_its_source(self, client):
        deals.sale(1, on=TODAY, grams=1000, fen=1200)
        client.force_login(incubator.staff())
        for _press in range(2):
            assert self.note(client).status_code == 302

        page = client.get(reverse("incubator:sales:value"))
        assert RawPrice.objects.count() == 1 and page.context["added"] == Decimal("8.00")

    @pytest.mark.parametrize(
        "changes",
        [
            {"price": "0"},
            {"price": "x"},
            {"source": ""},
            {"yield_percent": "0"},
            {"as_of": "2999-01-01"},
            {"area": "230184"},
        ],
        ids=str,
    )
    def test_that_makes_no_sense_is_told_so(self, client, changes):
        deals.sale(1, on=TODAY)
        client.force_login(incubator.staff())

        page = self.note(client, **changes)

        assert page.context["form"].errors and not RawPrice.objects.exists()

    def test_of_a_good_nobody_sold_is_no_page(self, client):
        client.force_login(incubator.staff())

        assert client.get(reverse("incubator:sales:raw-price") + "?good=code:X").status_code == 404

    def test_of_another_place_stays_there(self, client):
        deals.sale(1, on=TODAY)
        client.force_login(incubator.staff())
        self.note(client)
        client.force_login(incubator.staff(incubator.WUCHANG, "0009"))

        assert not client.get(reverse("incubator:sales:value")).context["page"].object_list
