"""Roles hold for places and what lies within them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from marketplace.accounts import roles
from marketplace.accounts.models import Role, User
from marketplace.accounts.workplaces import workplaces_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user(mobile="13911110001")


class TestHolds:
    @pytest.mark.parametrize(
        ("given", "asked", "expected"),
        [("230200", "230281", True), ("230281", "230224", False), ("", "230281", True), ("230281", "", True)],
        ids=["county of the city", "another county", "everywhere", "anywhere"],
    )
    def test_covers_what_lies_within(self, person, given, asked, expected):
        roles.give(user=person, role=Role.INCUBATOR, area=given, by=None)

        assert roles.holds(person, Role.INCUBATOR, asked) is expected

    def test_is_not_another_role(self, person):
        roles.give(user=person, role=Role.INCUBATOR, by=None)

        assert not roles.holds(person, Role.FINANCE)

    def test_is_every_role_for_operators_and_none_for_strangers(self):
        operator = User.objects.create_superuser(mobile="13911110002")

        assert roles.holds(operator, Role.FINANCE, "230281")
        assert not roles.holds(AnonymousUser(), Role.FINANCE)


class TestWithin:
    def test_finds_rows_of_the_places_only(self, person):
        for area in ("230281", "230224", "230184"):
            roles.give(user=person, role=Role.INCUBATOR, area=area, by=None)

        assert person.role_grants.filter(roles.within(("2302",))).count() == 2
        assert person.role_grants.filter(roles.within(())).count() == 0


class TestWorkplaces:
    def test_are_none_for_somebody_who_only_buys(self):
        assert workplaces_of(User.objects.create(mobile="+8613900000031")) == []

    def test_lead_staff_and_sellers_to_their_rooms(self):
        reviewer = User.objects.create(mobile="+8613900000032")
        roles.give(user=reviewer, role=Role.REVIEWER, by=None)

        assert [place["href"] for place in workplaces_of(reviewer)] == [reverse("dashboard:listing-queue")]

    def test_lead_operators_everywhere(self):
        operator = User.objects.create_superuser(mobile="+8613900000033")

        addresses = [place["href"] for place in workplaces_of(operator)]

        assert {reverse("dashboard:index"), reverse("incubator:today"), reverse("wagtailadmin_home")} <= set(addresses)


def test_the_person_of_a_request_is_asked_for_her_roles_once(django_assert_num_queries):
    person = User.objects.create_user(mobile="13911110000")
    roles.give(user=person, role=Role.INCUBATOR, area="230200", by=None)
    lazy = SimpleLazyObject(lambda: User.objects.get(pk=person.pk))
    assert lazy.pk

    with django_assert_num_queries(1):
        for _again in range(3):
            assert roles.areas_of(lazy, Role.INCUBATOR) == ("2302",)
    roles.give(user=lazy, role=Role.INCUBATOR, area="230281", by=None)
    assert roles.areas_of(lazy, Role.INCUBATOR) == ("2302", "230281")
