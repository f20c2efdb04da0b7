"""Who sees which member."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from incubator.members.models import Cooperative, EcommercePartner, Membership
from tests import deals, fairs, families, incubator

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
LISTS = ["", "members/", "members/partners/", "members/strategic/", "members/bodies/"]


class TestTheDoor:
    @pytest.mark.parametrize("path", LISTS)
    def test_leads_strangers_to_sign_in(self, client, settings, path):
        settings.LOGIN_URL = "/sign-in/"

        assert client.get(f"/incubator/{path}").status_code == 302

    @pytest.mark.parametrize("path", LISTS)
    def test_is_no_door_for_people_without_the_role(self, client, path):
        client.force_login(incubator.person())

        assert client.get(f"/incubator/{path}").status_code == 404

    @BOTH
    @pytest.mark.parametrize("path", LISTS)
    def test_is_open_for_staff(self, client, prefix, path):
        client.force_login(incubator.staff())

        assert client.get(f"{prefix}/incubator/{path}").status_code == 200

    def test_leads_a_member_to_her_own_page(self, client):
        user = incubator.person()
        own = incubator.cooperative(users=[user])
        client.force_login(user)

        assert client.get("/incubator/").url == own.get_absolute_url()


class TestAMembersPage:
    @pytest.fixture
    def pages(self):
        return [incubator.cooperative().get_absolute_url(), incubator.partner().get_absolute_url()]

    @BOTH
    def test_opens_for_staff_of_its_place(self, client, pages, prefix):
        client.force_login(incubator.staff())

        assert [client.get(prefix + page).status_code for page in pages] == [200, 200]

    def test_is_not_found_by_staff_of_another_county(self, client, pages):
        client.force_login(incubator.staff(incubator.WUCHANG))

        assert [client.get(page).status_code for page in pages] == [404, 404]

    def test_is_not_found_by_other_members(self, client, pages):
        user = incubator.person()
        incubator.partner("别家", users=[user])
        client.force_login(user)

        assert [client.get(page).status_code for page in pages] == [404, 404]

    def test_leads_to_households_only_whom_they_are_open_to(self, client):
        own, lists = incubator.cooperative().get_absolute_url(), reverse("incubator:members:cooperatives")
        href = f'href="{reverse("incubator:households:households")}"'
        client.force_login(incubator.staff())
        assert not [page for page in (own, lists) if href in client.get(page).content.decode()]

        client.force_login(families.reader(ending="0088"))
        assert all(href in client.get(page).content.decode() for page in (own, lists))

    def test_names_what_it_registered_at_fairs_where_no_supply_is_noted(self, client):
        staff, own = incubator.staff(), incubator.cooperative()
        fair = fairs.registered(staff, 1, 1)
        fair.products.update(cooperative=own)
        client.force_login(staff)

        page = client.get(own.get_absolute_url()).content.decode()
        assert fair.products.get().name in page and "对接会上已登记" in page

    def test_counts_its_households_on_record_small_numbers_only_for_who_may_read_them(self, client):
        user = incubator.person()
        own = incubator.cooperative(users=[user])
        families.household(own)
        address = f"/en{own.get_absolute_url()}"

        def told(reader):
            client.force_login(reader)
            return client.get(address).content.decode()

        reader = incubator.staff()
        staff = told(reader)
        assert "Households on record" in staff and "fewer than 10" in staff
        assert "<dd>1</dd>" in told(families.reader(ending="0088")) and "on record" not in told(user)
        for _household in range(11):
            families.household(own)
        staff = told(reader)
        assert "10 or more" in staff and "<dd>12</dd>" not in staff

    def test_leads_to_its_agreements(self, client):
        staff, own = incubator.staff(), incubator.cooperative()
        made = deals.agreement(own, by=staff)
        client.force_login(staff)

        assert f'href="{made.get_absolute_url()}"' in client.get(own.get_absolute_url()).content.decode()

    def test_tells_its_own_people_nothing_about_weakness(self, client):
        user = incubator.person()
        own = incubator.cooperative(users=[user], is_weak=True, weak_reason="偏远无线上销售")
        client.force_login(user)

        page = client.get(own.get_absolute_url()).content.decode()

        assert "重点帮扶" not in page and "偏远无线上销售" not in page


class TestLists:
    @pytest.mark.parametrize("path", ["members/", "members/partners/", "members/bodies/new/"])
    def test_offer_places_by_their_names_in_the_readers_language(self, client, path):
        incubator.cooperative("甘南某合作社")
        incubator.partner(area=incubator.GANNAN)
        client.force_login(incubator.staff())

        chinese, english = (client.get(f"{prefix}/incubator/{path}").content.decode() for prefix in ("", "/en"))

        assert "甘南县</option>" in chinese and "甘南县" not in english and "Gannan" in english

    def test_hold_members_of_ones_places_only(self, client):
        incubator.cooperative("五常某合作社", area=incubator.WUCHANG)
        incubator.cooperative("甘南某合作社")
        client.force_login(incubator.staff())

        page = client.get(reverse("incubator:members:cooperatives")).content.decode()

        assert "甘南某合作社" in page and "五常某合作社" not in page

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"q": "讷河"}, 1),
            ({"area": incubator.GANNAN}, 1),
            ({"category": "mushroom"}, 1),
            ({"weak": "on"}, 1),
            ({"area": "x"}, 2),
        ],
        ids=["name", "place", "category", "weak", "nonsense"],
    )
    def test_are_narrowed(self, client, asked, found):
        incubator.cooperative("讷河某合作社", area=incubator.NEHE, categories=["mushroom", "grain_oil"], is_weak=True)
        incubator.cooperative("甘南某合作社", categories=["grain_oil"])
        client.force_login(incubator.staff())

        page = client.get(reverse("incubator:members:cooperatives"), asked)

        assert len(page.context["members"]) == found

    def test_cost_the_same_queries_however_many(self, client):
        client.force_login(incubator.staff())

        def queries_with_more(number):
            for _each in range(number):
                incubator.supply(incubator.cooperative())
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("incubator:members:cooperatives"))
            return len(captured)

        assert queries_with_more(1) == queries_with_more(8)


class TestTheDatabase:
    def test_refuses_two_cooperatives_of_one_registration(self):
        incubator.cooperative(registration_no="91230281MA00000000")

        with pytest.raises(IntegrityError):
            incubator.cooperative(registration_no="91230281MA00000000")

    def test_knows_two_cooperatives_of_one_name(self):
        incubator.cooperative("同名合作社")
        incubator.cooperative("同名合作社", area=incubator.NEHE)

        assert Cooperative.objects.named_like("同名合作社").count() == 2

    def test_refuses_a_membership_of_nobody(self):
        with pytest.raises(IntegrityError):
            Membership.objects.create(body_id=1, state="admitted")

    def test_refuses_a_commission_of_everything(self):
        with pytest.raises(IntegrityError):
            incubator.partner(commission_percent=100)
        assert EcommercePartner._meta.get_field("commission_percent").decimal_places == 2
