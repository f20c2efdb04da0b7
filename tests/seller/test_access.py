"""The door of the seller centre: whom it admits, and to what."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from marketplace.seller import team
from marketplace.seller.capabilities import Can, TeamRole
from marketplace.seller.models import Membership
from tests import shop

pytestmark = pytest.mark.django_db
HOME = "/seller/"


@pytest.fixture
def weidong(django_user_model):
    return django_user_model.objects.create_user(mobile="13900000002", nickname="卫东样例")


def member_of(user, role=TeamRole.OWNER, name="样例粮铺"):
    return team.join(seller=shop.seller(name), user=user, role=role)


class TestTheDoor:
    def test_leads_a_person_without_a_shop_to_opening_one(self, client, weidong):
        client.force_login(weidong)

        assert client.get(HOME).url == reverse("seller:open")
        assert client.get(reverse("seller:open")).status_code == 200

    @pytest.mark.parametrize("prefix", ["", "/en"])
    @pytest.mark.parametrize("role", TeamRole.values)
    def test_is_open_for_every_member(self, client, weidong, role, prefix):
        member_of(weidong, role)
        client.force_login(weidong)

        assert client.get(f"{prefix}{HOME}").status_code == 200

    def test_shows_no_other_sellers_name(self, client, weidong):
        member_of(weidong)
        shop.seller("别家样例店")
        client.force_login(weidong)

        assert "别家样例店" not in client.get(HOME).content.decode()


class TestSwitching:
    def test_acts_for_the_chosen_seller_from_then_on(self, client, weidong):
        member_of(weidong)
        second = member_of(weidong, name="山里样例店")
        client.force_login(weidong)

        client.post(reverse("seller:act-for"), {"seller": second.seller_id})

        page = BeautifulSoup(client.get(HOME).content, "html.parser")
        assert page.h1.text == "山里样例店"

    @pytest.mark.parametrize("wanted", ["", "0", "x", "99999999999999999999", "other"])
    def test_refuses_a_seller_whose_team_one_is_not_in(self, client, weidong, wanted):
        member_of(weidong)
        other = shop.seller("别家样例店")
        client.force_login(weidong)

        answer = client.post(reverse("seller:act-for"), {"seller": other.pk if wanted == "other" else wanted})

        assert answer.status_code == 404
        assert BeautifulSoup(client.get(HOME).content, "html.parser").h1.text == "样例粮铺"


@pytest.mark.parametrize(
    ("role", "may_not"),
    [
        (TeamRole.OWNER, set()),
        (TeamRole.PACKER, {Can.MONEY, Can.LIST, Can.SHOP, Can.TEAM}),
        (TeamRole.BOOKKEEPER, {Can.BUYERS, Can.SHIP, Can.TALK, Can.LIST, Can.SHOP, Can.TEAM}),
    ],
)
def test_a_role_lets_do_what_it_says(role, may_not):
    member = Membership(role=role)

    assert {can for can in Can if not member.may(can)} == may_not
