"""The shop a member sells in, and the producer a cooperative stands behind."""

import re

import pytest
from django.urls import reverse

from incubator.members import actions
from incubator.members.models import Cooperative
from marketplace.core.models import AuditEntry
from marketplace.core.refusal import Refusal
from marketplace.partner.models import Partner
from marketplace.producers.models import Producer
from tests import incubator

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])


@pytest.fixture
def shop():
    return Partner.objects.create(code="s1", name="甘南样例店", area=incubator.GANNAN)


def grower(name="甘南样例合作社", area=incubator.GANNAN):
    return Producer.objects.create(name=name, kind="cooperative", area=area)


def choose(client, member, kind, **form):
    return client.post(reverse(f"incubator:members:{kind}-shop", args=[member.pk]), form, follow=True)


class TestStaff:
    @pytest.fixture(autouse=True)
    def staff(self, client):
        client.force_login(incubator.staff())

    @BOTH
    def test_find_the_form_on_a_members_page(self, client, prefix):
        member = incubator.cooperative()
        address = prefix + reverse("incubator:members:cooperative-shop", args=[member.pk])

        assert address in client.get(prefix + member.get_absolute_url()).content.decode()
        (heading,) = re.findall("<h1>(.*?)</h1>", client.get(address).content.decode())
        assert member.display_name in heading

    def test_link_a_cooperative_to_its_shop_and_producer_and_take_the_link_back(self, client, shop):
        member, producer = incubator.cooperative(), grower()

        page = choose(client, member, "cooperative", seller=shop.pk, producer=producer.pk).content.decode()

        member.refresh_from_db()
        assert (member.seller, member.producer) == (shop, producer) and shop.get_absolute_url() in page
        choose(client, member, "cooperative", seller="", producer="")
        member.refresh_from_db()
        assert (member.seller, member.producer) == (None, None)
        assert AuditEntry.objects.filter(action="member.shop_linked").count() == 2

    def test_link_a_partner_to_a_shop(self, client, shop):
        member = incubator.partner()

        choose(client, member, "partner", seller=shop.pk)

        member.refresh_from_db()
        assert member.seller == shop

    def test_choose_among_shops_and_producers_of_their_places_only(self, client):
        far = Partner.objects.create(code="s2", name="五常样例店", area=incubator.WUCHANG)
        member = incubator.cooperative()

        choose(client, member, "cooperative", seller=far.pk, producer=grower("五常合作社", incubator.WUCHANG).pk)

        member.refresh_from_db()
        assert (member.seller, member.producer) == (None, None)

    def test_choose_no_producer_another_cooperative_stands_behind(self, client):
        producer = grower()
        incubator.cooperative("先来合作社", producer=producer)
        member = incubator.cooperative()

        choose(client, member, "cooperative", producer=producer.pk)

        member.refresh_from_db()
        assert member.producer is None
        with pytest.raises(Refusal):
            actions.link_shop(member=member, producer=producer, by=None)
        assert Cooperative.objects.get(producer=producer).name == "先来合作社"


class TestOthers:
    def test_of_another_county_find_no_form(self, client):
        client.force_login(incubator.staff(incubator.WUCHANG))
        member, partner = incubator.cooperative(), incubator.partner()

        assert choose(client, member, "cooperative").status_code == 404
        assert choose(client, partner, "partner").status_code == 404

    def test_who_are_the_members_own_people_see_the_shop_and_cannot_change_it(self, client, shop):
        user = incubator.person()
        member = incubator.cooperative(users=[user], seller=shop)
        client.force_login(user)

        page = client.get(member.get_absolute_url()).content.decode()

        assert shop.get_absolute_url() in page
        assert reverse("incubator:members:cooperative-shop", args=[member.pk]) not in page
        assert choose(client, member, "cooperative").status_code == 404
