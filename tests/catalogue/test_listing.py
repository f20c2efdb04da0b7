"""Listings follow what they repeat, by whatever door it changed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from marketplace.catalogue import actions
from marketplace.catalogue.models import Certificate, FacetCell, Listing, Product
from tests import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def good():
    return shop.product(shop.seller(), "齐齐哈尔大米", origin="230281")


def listing():
    return Listing.objects.get()


def test_a_new_product_is_listed_and_counted_once(good):
    assert listing().is_live
    assert sum(FacetCell.objects.values_list("count", flat=True)) == 1


def test_a_changed_price_is_listed_at_once(good):
    record = good.stockrecords.get()
    record.price = Decimal("150.00")
    record.save()

    assert listing().price == Decimal("150.00")
    assert FacetCell.objects.get(count=1).price_band == actions.band_of(Decimal("150.00"))


def test_a_certificate_counts_between_its_dates(good):
    today = timezone.localdate()
    paper = Certificate.objects.create(
        seller=good.seller, kind="green", number="DEMO-1", valid_from=today, valid_until=today, checked_on=today
    )
    paper.products.add(good)
    assert listing().certificates == actions.certificate_bits(["green"])

    actions.refresh_listing(product=good, on=today + timedelta(days=1))
    assert listing().certificates == 0


def test_a_certificate_that_ended_is_claimed_on_no_list(good):
    today = timezone.localdate()
    ending = {"valid_from": today, "valid_until": today, "checked_on": today}
    later = {"valid_from": today + timedelta(days=1), "valid_until": today + timedelta(days=9), "checked_on": today}
    for kind, dates in (("green", ending), ("test", later)):
        Certificate.objects.create(seller=good.seller, kind=kind, number="DEMO-1", **dates).products.add(good)
    assert actions.follow_certificates(today) == 0

    changed = actions.follow_certificates(today + timedelta(days=1))

    assert (changed, listing().certificates) == (1, actions.certificate_bits(["test"]))


def test_a_hidden_product_leaves_the_shelf_and_the_count(good):
    good.is_public = False
    good.save()

    assert not listing().is_live
    assert sum(FacetCell.objects.values_list("count", flat=True)) == 0


def test_a_renamed_seller_is_found_by_her_new_name(good, client):
    good.seller.name = "雁南样例店"
    good.seller.save()

    assert "齐齐哈尔大米" in client.get("/products/", {"q": "雁南样例店"}).content.decode()


def test_everything_written_anew_says_the_same(good):
    before = list(Listing.objects.values()), sorted(FacetCell.objects.filter(count__gt=0).values_list("count"))

    actions.refresh_all()

    assert (list(Listing.objects.values()), sorted(FacetCell.objects.values_list("count"))) == before


@pytest.mark.parametrize("at_once", [False, True])
def test_a_product_that_is_deleted_takes_its_listing_along(at_once):
    goods = shop.product(shop.seller("样例店"))

    if at_once:
        Product.objects.filter(pk=goods.pk).delete()
    else:
        goods.delete()

    assert not Listing.objects.exists()
