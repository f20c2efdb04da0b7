"""A team: invited by a link that is good once, with one role each, out at once, and never without an owner."""

import re
import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.models import AuditEntry, Notice
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from marketplace.seller.models import Invitation, Membership
from tests import shop

pytestmark = pytest.mark.django_db
TEAM = "/seller/team/"


def person(ending: str, **fields) -> User:
    return User.objects.create_user(mobile=f"139000001{ending}", nickname=f"样例{ending}", **fields)


@pytest.fixture
def owner():
    user = person("01")
    team.join(seller=shop.seller(), user=user, role=TeamRole.OWNER)
    return user.memberships.get()


def invited(owner, role=TeamRole.PACKER, at=None) -> tuple[Invitation, str]:
    at = at or timezone.now()
    return team.invite(seller=owner.seller, role=role, key=uuid.uuid4(), by=owner.user, at=at)


def as_(client, user):
    client.force_login(user)
    return client


def actions_noted() -> list[str]:
    return list(AuditEntry.objects.filter(action__startswith="team.").order_by("id").values_list("action", flat=True))


class TestInviting:
    def test_with_the_same_form_and_other_words_is_another_invitation(self, owner):
        words = {"seller": owner.seller, "key": uuid.uuid4(), "by": owner.user, "at": timezone.now()}

        first, _token = team.invite(role=TeamRole.PACKER, **words)
        again, _token = team.invite(role=TeamRole.PACKER, **words)
        other, _token = team.invite(role=TeamRole.BOOKKEEPER, **words)
        elsewhere, _token = team.invite(role=TeamRole.PACKER, sent_to="139****0109", **words)

        assert first == again
        assert [each.role for each in (first, other, elsewhere)] == ["packer", "bookkeeper", "packer"]
        assert len({first.pk, other.pk, elsewhere.pk}) == 3

    def test_shows_link_and_code_once_and_keeps_neither(self, client, owner):
        page = as_(client, owner.user).post(TEAM, {"role": "packer", "contact": ""})

        link = BeautifulSoup(page.content, "html.parser").select_one(".invite__link .mono").text
        token = link.rstrip("/").rpartition("/")[2]
        assert len(token) >= 32
        assert "<svg" in page.content.decode()
        assert page.headers["Cache-Control"].find("no-store") >= 0
        assert token not in str(list(Invitation.objects.values()))
        assert token not in client.get(TEAM).content.decode()
        assert actions_noted() == ["team.joined", "team.invited"]

    @pytest.mark.parametrize("role", ["owner", "king", ""])
    def test_invites_packers_and_bookkeepers_only(self, client, owner, role):
        assert as_(client, owner.user).post(TEAM, {"role": role}).status_code == 422
        assert not Invitation.objects.exists()

    def test_the_database_knows_no_invited_owner(self, owner):
        invitation, _token = invited(owner)

        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(role="owner")

    def test_pressed_twice_is_one_invitation_and_the_link_seen_last_is_good(self, client, owner):
        key = uuid.uuid4()
        answers = [as_(client, owner.user).post(TEAM, {"role": "packer", "key": key}) for _n in range(2)]

        links = [BeautifulSoup(a.content, "html.parser").select_one(".invite__link .mono").text for a in answers]
        assert Invitation.objects.count() == 1
        assert [client.get(link).status_code for link in links] == [410, 200]

    def test_sends_the_link_where_the_owner_says(self, client, owner):
        page = as_(client, owner.user).post(TEAM, {"role": "bookkeeper", "contact": "Li@Example.org"})

        assert mail.outbox[0].to == ["li@example.org"]
        assert re.search(r"/seller/join/[\w-]{32}/", mail.outbox[0].body)
        assert "l***@example.org" in page.content.decode()
        assert Invitation.objects.get().sent_to == "l***@example.org"

    def test_sends_so_often_to_one_contact_and_says_when_no_more(self, client, owner):
        for _n in range(4):
            page = as_(client, owner.user).post(TEAM, {"role": "packer", "contact": "li@example.org"})

        assert len(mail.outbox) == 3
        assert page.status_code == 200
        assert "invite__qr" in page.content.decode()

    def test_keeps_what_was_typed_when_it_is_no_contact(self, client, owner):
        page = as_(client, owner.user).post(TEAM, {"role": "bookkeeper", "contact": "12345"})

        assert page.status_code == 422
        assert 'value="12345"' in page.content.decode()
        assert not Invitation.objects.exists()

    def test_refuses_a_twenty_first_that_waits(self, owner):
        for _n in range(team.MOST_OPEN):
            invited(owner)

        with pytest.raises(team.TeamRefused):
            invited(owner)

    @pytest.mark.parametrize("role", [TeamRole.PACKER, TeamRole.BOOKKEEPER])
    def test_is_for_owners(self, client, owner, role):
        helper = person("02")
        team.join(seller=owner.seller, user=helper, role=role)

        assert as_(client, helper).get(TEAM).status_code == 403
        assert client.post(TEAM, {"role": "packer"}).status_code == 403


class TestAccepting:
    def test_makes_a_member_and_tells_whoever_invited(self, client, owner):
        _invitation, token = invited(owner)
        helper = person("02")

        answer = as_(client, helper).post(reverse("seller:join", args=[token]))

        assert answer.url == reverse("seller:home")
        assert helper.memberships.get().role == "packer"
        assert Notice.objects.filter(user=owner.user, cause__startswith="team-joined").count() == 1

    def test_is_good_once(self, owner):
        _invitation, token = invited(owner)
        team.accept(token=token, user=person("02"), at=timezone.now())

        with pytest.raises(team.TeamRefused):
            team.accept(token=token, user=person("03"), at=timezone.now())
        assert Membership.objects.count() == 2

    def test_looking_uses_nothing_up(self, client, owner):
        _invitation, token = invited(owner)

        assert [client.get(reverse("seller:join", args=[token])).status_code for _n in range(2)] == [200, 200]

    @pytest.mark.parametrize("late", [timedelta(days=7), timedelta(days=70)])
    def test_is_too_late_after_seven_days(self, client, owner, late):
        _invitation, token = invited(owner, at=timezone.now() - late)

        assert client.get(reverse("seller:join", args=[token])).status_code == 410
        with pytest.raises(team.TeamRefused):
            team.accept(token=token, user=person("02"), at=timezone.now())

    def test_leads_nowhere_once_withdrawn(self, client, owner):
        invitation, token = invited(owner)

        as_(client, owner.user).post(reverse("seller:invitation-withdraw", args=[invitation.pk]))

        with pytest.raises(team.TeamRefused):
            team.accept(token=token, user=person("02"), at=timezone.now())

    def test_of_a_member_leaves_the_link_for_whom_it_was_meant(self, owner):
        _invitation, token = invited(owner)

        with pytest.raises(team.TeamRefused):
            team.accept(token=token, user=owner.user, at=timezone.now())
        assert owner.user.memberships.get().role == "owner"
        team.accept(token=token, user=person("02"), at=timezone.now())

    @pytest.mark.parametrize("token", ["x", "0" * 32, "../../seller"])
    def test_knows_no_made_up_link(self, client, token):
        assert client.get(f"/seller/join/{token}/").status_code in {404, 410}

    def test_waits_for_somebody_who_signs_up(self, client, owner):
        _invitation, token = invited(owner)
        place = reverse("seller:join", args=[token])

        shown = BeautifulSoup(client.get(place).content, "html.parser")
        doors = [link["href"] for link in shown.select(".door__card a.btn")]

        assert [door.partition("?")[0] for door in doors] == ["/sign-up/", "/sign-in/"]
        assert all(f'value="{place}"' in client.get(door).content.decode() for door in doors)
        assert client.post(place).url == f"/sign-in/?next={place}"

    def test_acts_for_the_new_shop_at_once(self, client, owner):
        helper = person("02")
        team.join(seller=shop.seller("别家样例店"), user=helper, role=TeamRole.OWNER)
        _invitation, token = invited(owner)

        home = as_(client, helper).post(reverse("seller:join", args=[token]), follow=True)

        assert BeautifulSoup(home.content, "html.parser").h1.text == owner.seller.name


class TestChanging:
    def test_counts_from_the_next_page(self, client, owner):
        helper = person("02")
        member = team.join(seller=owner.seller, user=helper, role=TeamRole.BOOKKEEPER)
        assert as_(client, helper).get("/seller/money/").status_code == 200

        team.change_role(member=member, role=TeamRole.PACKER, by=owner.user, at=timezone.now())

        assert client.get("/seller/money/").status_code == 403
        assert Notice.objects.filter(user=helper).count() == 1

    def test_removed_she_opens_nothing_from_that_moment(self, client, owner):
        helper = person("02")
        member = team.join(seller=owner.seller, user=helper, role=TeamRole.PACKER)
        assert as_(client, helper).get("/seller/orders/").status_code == 200

        team.part(member=member, by=owner.user, at=timezone.now())

        assert client.get("/seller/orders/").url == reverse("seller:open")
        assert actions_noted()[-1] == "team.left"
        assert Notice.objects.filter(user=helper).count() == 1

    def test_an_owner_who_goes_takes_her_open_invitations_along(self, owner):
        second = person("02")
        joined = team.join(seller=owner.seller, user=second, role=TeamRole.OWNER)
        _invitation, token = invited(joined)

        team.part(member=joined, by=owner.user, at=timezone.now())

        assert team.invitation_of(token, timezone.now()) is None

    def test_an_owner_who_is_one_no_more_has_no_open_invitations(self, owner):
        joined = team.join(seller=owner.seller, user=person("02"), role=TeamRole.OWNER)
        _invitation, hers = invited(joined)
        _other, kept = invited(owner)

        team.change_role(member=joined, role=TeamRole.PACKER, by=owner.user, at=timezone.now())

        assert team.invitation_of(hers, timezone.now()) is None
        assert team.invitation_of(kept, timezone.now())

    def test_the_last_owner_stays(self, client, owner):
        as_(client, owner.user)
        client.post(reverse("seller:team-remove", args=[owner.pk]))
        client.post(reverse("seller:team-role", args=[owner.pk]), {"role": "packer"})
        client.post(reverse("seller:leave"))

        assert Membership.objects.get().role == "owner"

    def test_one_of_two_owners_may_go(self, client, owner):
        team.join(seller=owner.seller, user=person("02"), role=TeamRole.OWNER)

        assert as_(client, owner.user).post(reverse("seller:leave")).url == reverse("customer:account")
        assert not owner.user.memberships.exists()

    @pytest.mark.parametrize("role", [TeamRole.PACKER, TeamRole.BOOKKEEPER])
    def test_everybody_else_may_leave(self, client, owner, role):
        helper = person("02")
        team.join(seller=owner.seller, user=helper, role=role)

        assert as_(client, helper).get(reverse("seller:leave")).status_code == 200
        client.post(reverse("seller:leave"))

        assert not helper.memberships.exists()
        assert not Notice.objects.filter(user=helper).exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_link_makes_one_member(self):
        user = person("01")
        owner = team.join(seller=shop.seller(), user=user, role=TeamRole.OWNER)
        _invitation, token = invited(owner)
        others = [person(f"{n:02}") for n in range(10, 16)]

        shop.at_once(
            [lambda user=user: team.accept(token=token, user=user, at=timezone.now()) for user in others], workers=6
        )

        assert Membership.objects.count() == 2

    def test_two_owners_cannot_both_leave(self):
        seller = shop.seller()
        both = [team.join(seller=seller, user=person(f"0{n}"), role=TeamRole.OWNER) for n in (1, 2)]

        shop.at_once([lambda m=member: team.part(member=m, by=m.user, at=timezone.now()) for member in both], workers=2)

        assert Membership.objects.count() == 1
