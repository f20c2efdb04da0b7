"""The demonstration: complete, the same when repeated, and never in production."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from marketplace.accounts.models import User
from marketplace.accounts.workplaces import workplaces_of
from marketplace.catalogue.models import Certificate, Listing, Product
from marketplace.demo import accounts, goods, orders, sellers, specialties
from marketplace.order.models import Order
from marketplace.order.states import OrderState
from marketplace.partner.models import Partner, StockRecord
from marketplace.shipping import freight
from marketplace.shipping.models import FreightTemplate

pytestmark = pytest.mark.django_db


def load(**options):
    said = StringIO()
    call_command("load_demo", stdout=said, **options)
    return said.getvalue()


def rows():
    """How many rows each table of ours holds."""
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.managed}


class TestLoadDemo:
    @pytest.fixture(autouse=True)
    def loaded(self, demo, db):
        self.said = demo

    def test_changes_nothing_when_repeated(self):
        before = rows()
        stock = list(StockRecord.objects.order_by("pk").values_list("pk", "num_in_stock", "num_allocated"))

        load()

        assert rows() == before
        assert list(StockRecord.objects.order_by("pk").values_list("pk", "num_in_stock", "num_allocated")) == stock

    def test_does_its_work_only_once_when_told_so(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            said = load(once=True)

        assert "13800000001" in said

    def test_prints_who_can_sign_in(self):
        assert accounts.PASSWORD in self.said
        for person in accounts.PEOPLE:
            assert User.objects.get(mobile=person.mobile).check_password(accounts.PASSWORD)
            assert person.mobile.removeprefix("+86") in self.said

    def test_gives_the_sellers_their_shops(self):
        assert accounts.by_ending("02").memberships.get(role="owner").seller.name == "卫东家的大米(示例)"
        assert accounts.by_ending("03").memberships.filter(role="owner").count() == 1

    def test_lets_editors_into_the_content_and_operators_everywhere(self):
        editor, operator = accounts.by_ending("05"), accounts.by_ending("06")

        assert editor.has_perm("wagtailadmin.access_admin")
        assert not editor.is_superuser
        assert operator.is_superuser

    @pytest.mark.parametrize("ending", ["10", "11"])
    def test_lets_both_sides_of_an_agreement_find_their_own_page(self, client, ending):
        person = User.objects.get(mobile=f"+86138000000{ending}")
        client.force_login(person)

        assert workplaces_of(person) == [{"href": "/incubator/", "text": "孵化工作台"}]
        assert client.get("/incubator/", follow=True).status_code == 200

    def test_lists_every_specialty_once(self):
        assert Listing.objects.live().count() == len(specialties.everything()) == 40
        assert Partner.objects.count() == 12

    def test_sells_the_new_rice_in_three_packs(self):
        rice = Product.objects.get(upc="qqhr-rice")

        assert [pack.net_weight_g for pack in rice.packs] == [2500, 5000, 10000]
        assert (rice.title, rice.title_en) == ("齐齐哈尔新米", "Qiqihar new-crop rice")

    def test_has_orders_in_every_state(self):
        assert set(Order.objects.values_list("status", flat=True)) == set(OrderState.values)

    def test_marks_every_certificate_as_a_sample(self):
        assert not Certificate.objects.exclude(is_sample=True, number__startswith="DEMO-").exists()
        assert not Certificate.objects.filter(kind="gi", products__upc="yx-650402-33").exists()

    def test_has_a_sold_out_good_and_a_shop_on_holiday(self):
        assert not Listing.objects.get(product__upc=goods.SOLD_OUT.lower()).is_in_stock
        assert [seller.code for seller in Partner.objects.all() if not seller.is_open] == ["minnan"]

    def test_offers_only_freight_terms_that_price_rightly(self):
        for template in FreightTemplate.objects.prefetch_related("zones"):
            freight.validate(template.tariff())

    def test_describes_everything_in_both_languages_under_a_short_title(self):
        for product in Product.objects.exclude(structure="child"):
            assert product.description and product.description_en and product.title_en
            assert len(product.title) <= 30


class TestLoadDemoInBulk:
    def test_adds_goods_of_many_sellers_and_goes_on_where_it_stopped(self):
        load(products=30, sellers=5)
        first = list(Product.objects.filter(upc__startswith="bulk-").order_by("pk").values_list("upc", "title"))

        load(products=60, sellers=5)
        after = list(Product.objects.filter(upc__startswith="bulk-").order_by("pk").values_list("upc", "title"))

        assert after[: len(first)] == first
        assert Listing.objects.live().filter(seller__code__startswith="bulk-").count() == 60
        assert len({title for _upc, title in after}) > 30

    def test_says_how_far_it_is(self):
        said = load(products=20, sellers=3)

        assert "products: 20 of 20" in said
        assert "listings and search index: 60 of 60" in said


def test_refuses_in_production(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="production"):
        load()

    assert not User.objects.exists()


@pytest.mark.parametrize("options", [{"products": -1}, {"products": 5, "sellers": 0}], ids=["products", "sellers"])
def test_refuses_impossible_numbers(options):
    with pytest.raises(CommandError):
        load(**options)


def test_knows_how_to_do_every_step_of_its_stories():
    assert {step for story in orders.STORIES for step in story.then} == set(orders.STEPS)


def test_counts_the_sellers_it_was_given(db):
    accounts.load()

    assert sellers.load() == Partner.objects.count() == 12
