"""Income shared among households: to the fen, checked by another, read by few, and every reading noted."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from incubator.households import actions as households
from incubator.households.models import HouseholdLink
from incubator.income import actions
from incubator.income.models import IncomeRound, IncomeShare
from incubator.income.views import computed
from incubator.income.waterfall import CostKind
from marketplace.core.models import AuditEntry
from marketplace.core.refusal import Refusal
from tests import families, incubator

pytestmark = pytest.mark.django_db
NO_COST = {
    "code": "", "basis": "percent", "value": 0, "since": date(2026, 1, 1), "until": None, "evidence": 1, "by": None,
}  # fmt: skip


def reader(area=incubator.QIQIHAR, ending="0031"):
    """Staff who may read who earned what."""
    user = incubator.staff(area, ending)
    user.user_permissions.add(Permission.objects.get(codename="read_income"))
    return user


@pytest.fixture
def her():
    return reader()


@pytest.fixture
def desk(client, her):
    client.force_login(her)
    return client


@pytest.fixture
def cooperative():
    return incubator.cooperative(area=incubator.NEHE)


@pytest.fixture
def links(cooperative):
    made = [families.household(cooperative, name=f"样例户{number}") for number in range(3)]
    return [household.links.get() for household in made]


def opened(cooperative, by=None, fen=10_000, **fields):
    usual = {"since": date(2026, 1, 1), "until": date(2026, 6, 30), "basis": "declared", "evidence": 1}
    return actions.open_round(
        cooperative=cooperative, distributable_fen=fen, by=by, at=timezone.now(), **(usual | fields)
    )


class TestSharing:
    @pytest.mark.parametrize(
        ("fen", "weights", "retained", "parts"),
        [
            (10_000, (1, 1, 1), 0, [3334, 3333, 3333]),
            (10_000, (1, 1, 1), 1, [3333, 3333, 3333]),
            (100, (1, 2, 4), 0, [14, 29, 57]),
            (1, (5, 5, 5), 0, [1, 0, 0]),
            (10_000, (0, 0, 7), 9_999, [1]),
        ],
    )
    def test_adds_up_to_the_fen(self, cooperative, links, fen, weights, retained, parts):
        made = opened(cooperative, fen=fen)

        actions.allocate(
            round=made,
            weights=dict(zip([link.pk for link in links], weights, strict=True)),
            retained_fen=retained,
            by=None,
        )

        shares = list(made.shares.values_list("fen", flat=True))
        made.refresh_from_db()
        assert shares == parts and sum(shares) + made.retained_fen == fen

    def test_again_replaces_what_was_shared(self, cooperative, links):
        made = opened(cooperative)

        for weight in (1, 2):
            actions.allocate(round=made, weights={links[0].pk: weight}, retained_fen=0, by=None)

        assert IncomeShare.objects.get().weight == 2

    def test_needs_a_weight_and_retains_at_most_everything(self, cooperative, links):
        made = opened(cooperative)

        for weights, retained in (({}, 0), ({links[0].pk: 1}, 10_001)):
            with pytest.raises(Refusal):
                actions.allocate(round=made, weights=weights, retained_fen=retained, by=None)

    def test_counts_only_links_that_held_in_these_days(self, cooperative, links):
        households.end_link(link=links[0], on=date(2025, 12, 31), by=None)
        late = families.household(cooperative, since=date(2026, 7, 1)).links.get()

        found = set(actions.links_in(opened(cooperative, until=date(2026, 6, 30))))

        assert late not in found and set(links[1:]) <= found

    def test_never_shares_days_twice(self, cooperative):
        opened(cooperative)

        with pytest.raises(Refusal):
            opened(cooperative, since=date(2026, 6, 30), until=date(2026, 7, 31))


class TestTheSecondPerson:
    def test_makes_it_final_and_then_nothing_changes(self, cooperative, links, her):
        made = opened(cooperative, her)
        actions.allocate(round=made, weights={links[0].pk: 1}, retained_fen=0, by=her)
        with pytest.raises(Refusal):
            actions.make_final(round=made, by=her, at=timezone.now())
        actions.make_final(round=made, by=reader(ending="0032"), at=timezone.now())

        with pytest.raises(Refusal):
            actions.allocate(round=made, weights={links[1].pk: 1}, retained_fen=0, by=her)
        assert IncomeRound.objects.get().is_final

    def test_is_never_who_typed_the_shares(self, cooperative, links, her):
        made = opened(cooperative, reader(ending="0032"))
        actions.allocate(round=made, weights={links[0].pk: 1}, retained_fen=0, by=her)

        with pytest.raises(Refusal):
            actions.make_final(round=made, by=her, at=timezone.now())

    def test_finds_what_does_not_add_up(self, cooperative, links, her):
        made = opened(cooperative, her)

        with pytest.raises(Refusal):
            actions.make_final(round=made, by=reader(ending="0032"), at=timezone.now())


class TestPages:
    @pytest.mark.parametrize(
        "typed", ["9" * 5000, "10000000000", "-1", "1.5"], ids=["endless", "huge", "negative", "part"]
    )
    def test_ask_for_a_whole_number(self, desk, her, cooperative, links, typed):
        made = opened(cooperative, her)

        page = desk.post(made.get_absolute_url(), {f"weight-{links[0].pk}": typed})

        assert "整数" in page.content.decode() and not made.shares.exists()

    def test_share_and_lose_nothing_that_was_typed_wrong(self, desk, her, cooperative, links):
        made = opened(cooperative, her)
        form = {f"weight-{links[0].pk}": "12", f"weight-{links[1].pk}": "一些", "retained": "10.00"}

        page = desk.post(made.get_absolute_url(), form).content.decode()
        assert 'value="12"' in page and "整数" in page and not made.shares.exists()
        desk.post(made.get_absolute_url(), form | {f"weight-{links[1].pk}": "24"})

        made.refresh_from_db()
        assert list(made.shares.values_list("fen", flat=True)) == [3000, 6000] and made.retained == Decimal("10.00")

    def test_show_the_sum_of_two_links_of_a_household_once(self, desk, her, cooperative, links):
        link = links[0]
        households.end_link(link=link, on=date(2026, 3, 1), by=None)
        again = HouseholdLink.objects.create(
            household=link.household, cooperative=cooperative, kind=link.kind, since=date(2026, 3, 2)
        )
        made = opened(cooperative, her)
        actions.allocate(round=made, weights={link.pk: 5, again.pk: 7}, retained_fen=0, by=her)

        shown = {link.pk: weight for link, weight, _problem in desk.get(made.get_absolute_url()).context["links"]}

        assert sorted([str(shown[link.pk]), str(shown[again.pk])]) == ["", "12"]

    def test_note_every_reading_by_page_and_by_file(self, desk, her, cooperative, links):
        made = opened(cooperative, her)
        actions.allocate(round=made, weights={links[0].pk: 1}, retained_fen=0, by=her)

        page = desk.get(made.get_absolute_url()).content.decode()
        file = desk.post(
            reverse("incubator:income:round-export", args=[made.pk]), {"purpose": "audit"}
        ).content.decode()

        hows = list(
            AuditEntry.objects.filter(action="income_round.read", by=her).values_list("details__how", flat=True)
        )
        assert sorted(hows) == ["export:audit", "page"] and "样例户" not in page + file
        assert str(links[0].household.key) in file and links[0].household.short_key in page

    def test_open_for_nobody_without_the_permission_of_their_own(self, client, cooperative, her):
        made = opened(cooperative, her)
        for person in (
            incubator.staff(ending="0041"),
            families.reader(ending="0042"),
            reader(incubator.WUCHANG, "0043"),
        ):
            client.force_login(person)

            assert client.get(made.get_absolute_url()).status_code == 404
            assert (
                client.post(reverse("incubator:income:round-export", args=[made.pk]), {"purpose": "audit"}).status_code
                == 404
            )

    def test_compute_only_where_every_cost_is_known(self, desk, cooperative):
        from tests import deals

        staff = incubator.staff(ending="0004")
        deals.counted(deals.signed(deals.agreement(cooperative, by=staff), staff, incubator.staff(ending="0008")))
        deals.sale(1, on=date(2026, 3, 1), fen=10_000)
        form = {
            "cooperative": cooperative.pk,
            "since": "2026-01-01",
            "until": "2026-06-30",
            "basis": "computed",
            "evidence": "2",
        }

        page = desk.post(reverse("incubator:income:new-round"), form).content.decode()

        assert "成本未知" in page and not IncomeRound.objects.exists()

    def test_compute_the_same_for_every_county(self, cooperative):
        from tests import deals

        staff = incubator.staff(ending="0004")
        signed = deals.signed(deals.agreement(cooperative, by=staff), staff, incubator.staff(ending="0008"))
        elsewhere = deals.account("五常店", area=incubator.WUCHANG)
        chosen = {"cooperative": cooperative, "since": date(2026, 1, 1), "until": date(2026, 6, 30)}
        for number, account in enumerate((deals.account(), elsewhere), start=1):
            deals.counted(signed, by_account=account)
            deals.sale(number, on=date(2026, 3, 1), of=account, fen=10_000)
            for kind in CostKind:
                actions.set_cost(account=account, kind=kind, at=timezone.now(), **NO_COST)

        assert computed(chosen) == 20_000

    def test_compute_nothing_where_nothing_was_sold(self, desk, cooperative):
        form = {"since": "2026-01-01", "until": "2026-06-30", "basis": "computed", "evidence": "2"}

        page = desk.post(reverse("incubator:income:new-round"), form | {"cooperative": cooperative.pk}).content.decode()

        assert "没有计入" in page and not IncomeRound.objects.exists()

    @pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
    def test_open_in_both_languages(self, desk, cooperative, links, her, prefix):
        made = opened(cooperative, her)

        for address in (
            reverse("incubator:income:rounds"),
            reverse("incubator:income:new-round"),
            made.get_absolute_url(),
        ):
            assert desk.get(prefix + address).status_code == 200
