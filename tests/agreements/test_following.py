"""What follows a signed agreement: tonnes, reminders, commission really charged, goods opened to the partner's shop."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import product as every

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.agreements import actions, charges, reminders, splitting, storefront
from incubator.agreements.fulfilment import attributed, fulfilment
from incubator.agreements.models import Agreement, AgreementGood, AgreementSupply, CommissionCharge
from incubator.matching import actions as matching
from incubator.matching.engine.tonnes import Pair, split_kg
from incubator.sales.models import SaleFact
from marketplace.catalogue.models import Product
from marketplace.core.models import Notice
from marketplace.core.refusal import Refusal
from marketplace.partner import actions as supply
from marketplace.partner.models import SupplyGrant
from marketplace.payment import actions as payments
from tests import deals, fairs, incubator, shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return incubator.staff()


@pytest.fixture
def second():
    return incubator.staff(ending="0008")


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


class TestSplittingTonnes:
    def test_brings_most_within_supply_and_capacity(self):
        pairs = [Pair(1, 1, 1, 800), Pair(2, 1, 2, 700)]

        found = split_kg(pairs, {1: 1000}, {1: 600, 2: 900})

        assert (found.kg, found.fen) == ({1: 600, 2: 400}, 600 * 800 + 400 * 700)

    def test_leaves_what_is_signed_as_it_is(self):
        pairs = [Pair(1, 1, 1, 100, fixed_kg=300), Pair(2, 1, 2, 900)]

        assert split_kg(pairs, {1: 1000}, {1: 500, 2: None}).kg == {1: 300, 2: 700}

    def test_forces_nothing_on_a_pair_that_earns_nothing(self):
        assert split_kg([Pair(1, 1, 1, 0)], {1: 10}, {1: 10}).fen == 0

    @pytest.mark.parametrize("prices", [(5, 7, 6, 9), (9, 1, 1, 9), (3, 3, 3, 3), (8, 2, 7, 1)])
    def test_finds_what_trying_everything_finds(self, prices):
        pairs = [Pair(n, n // 2, n % 2, price) for n, price in enumerate(prices)]
        supply, room = {0: 3, 1: 2}, {0: 2, 1: 4}

        best = max(
            sum(kg * price for kg, price in zip(tried, prices, strict=True))
            for tried in every(range(4), repeat=4)
            if tried[0] + tried[1] <= 3
            and tried[2] + tried[3] <= 2
            and tried[0] + tried[2] <= 2
            and tried[1] + tried[3] <= 4
        )

        assert split_kg(pairs, supply, room).fen == best

    def test_is_written_into_letters_of_intent_only(self, desk, staff, second):
        fair = fairs.registered(staff, 1, 2)
        fair.products.update(slots=2)
        matching.enrol_strangers(fair=fair, by=staff)
        proposals = fairs.run(fair, staff).proposals.select_related("product", "partner").order_by("partner__code")
        made = [
            deals.agreement(
                each.product.cooperative,
                each.partner.partner,
                staff,
                proposal=each,
                price=Decimal(price),
                volume_kg=1000,
            )
            for each, price in zip(proposals, ("8", "9"), strict=True)
        ]
        deals.signed(made[0], staff, second)
        type(made[1].partner).objects.filter(pk=made[1].partner_id).update(monthly_capacity_t=Decimal(1))

        page = desk.get(reverse("incubator:agreements:split", args=[fair.pk])).content.decode()
        desk.post(reverse("incubator:agreements:take-split", args=[fair.pk]))

        for each in made:
            each.refresh_from_db()
        assert [each.volume_kg for each in made] == [1000, 12_000] and "12,000 kg" in page
        assert not any(share.is_change for share in splitting.shares(fair)[0])

    def test_says_so_when_one_was_handed_in_meanwhile(self, desk, staff, monkeypatch):
        fair = fairs.registered(staff, 1, 1)
        made = deals.agreement(by=staff)
        actions.move(agreement=made, move="submit", by=staff, at=timezone.now())
        monkeypatch.setattr(splitting, "shares", lambda _fair: ([splitting.Share(made, made.volume_kg + 1)], None))

        page = desk.post(reverse("incubator:agreements:take-split", args=[fair.pk]))

        assert page.status_code == 302 and Agreement.objects.get().volume_kg == made.volume_kg


class TestReminders:
    def agreement(self, staff, second, **terms):
        people = {"cooperative": incubator.person("0061"), "partner": incubator.person("0062")}
        made = deals.agreement(
            incubator.cooperative(users=[people["cooperative"]]),
            incubator.partner(users=[people["partner"]]),
            staff,
            **terms,
        )
        return deals.signed(made, staff, second), people

    @pytest.mark.parametrize(
        ("today", "sold_on", "kinds"),
        [
            (date(2026, 2, 9), None, []),
            (date(2026, 2, 10), None, ["first_order"]),
            (date(2026, 2, 10), date(2026, 2, 1), []),
            (date(2026, 4, 11), date(2026, 2, 1), ["90_days"]),
            (date(2026, 11, 30), date(2026, 2, 1), ["90_days"]),
            (date(2026, 12, 1), date(2026, 2, 1), ["90_days", "ends"]),
        ],
        ids=["in time", "late", "sold", "90 days", "31 days left", "30 days left"],
    )
    def test_are_of_what_is_due(self, staff, second, today, sold_on, kinds):
        made, _people = self.agreement(staff, second)
        if sold_on:
            deals.counted(made)
            deals.sale(1, on=sold_on)

        found = [each.cause.split(":")[-1] for each in reminders.reminders_of(fulfilment([made])[made.pk], today)]

        assert found == kinds

    def test_tell_both_sides_and_the_staff_once(self, staff, second):
        made, people = self.agreement(staff, second)

        for _day in range(3):
            reminders.remind(date(2026, 2, 10))

        told = set(Notice.objects.filter(cause=f"agreement:{made.pk}:first_order").values_list("user", flat=True))
        assert told == {staff.pk, *(person.pk for person in people.values())} and Notice.objects.count() == 3

    def test_of_goods_with_a_long_name_have_a_subject_that_fits(self, staff, second):
        made, _people = self.agreement(staff, second)
        Agreement.objects.filter(pk=made.pk).update(goods="长" * 120)

        reminders.remind(date(2026, 2, 10))

        assert {len(notice.subject) for notice in Notice.objects.all()} == {120}

    def test_say_nothing_of_letters_of_intent_and_ended_ones(self, staff, second):
        deals.agreement(by=staff)
        ended, _people = self.agreement(staff, second)
        actions.move(agreement=ended, move="end", by=staff, at=timezone.now())

        assert reminders.remind(date(2026, 2, 10)) == 0


class TestCommissionReallyCharged:
    @pytest.fixture
    def agreement(self, staff, second):
        made = deals.signed(deals.agreement(by=staff), staff, second)
        deals.counted(made)
        deals.sale(1, on=date(2026, 3, 1), fen=100_000, refunded=20_000)
        deals.sale(2, on=date(2026, 4, 1), fen=500_000)
        return made

    def test_stands_beside_what_was_agreed(self, desk, agreement):
        form = {"since": "2026-03-01", "until": "2026-03-31", "amount": "80.00"}
        desk.post(reverse("incubator:agreements:charge", args=[agreement.pk]), form)

        (found,) = charges.charged(agreement)
        page = desk.get(agreement.get_absolute_url()).content.decode()

        assert (found.net_fen, found.agreed_fen, found.over_fen, found.percent) == (
            80_000,
            6_400,
            1_600,
            Decimal("10.0"),
        )
        assert "10.0%" in page and "¥64.00" in page

    def test_is_unknown_while_nobody_recorded_it(self, desk, agreement):
        assert charges.charged(agreement) == [] and "未知" in desk.get(agreement.get_absolute_url()).content.decode()

    def test_is_corrected_by_the_same_days_and_refused_for_overlapping_ones(self, staff, agreement):
        record = partial(charges.record_charge, agreement=agreement, by=staff, at=timezone.now())
        for fen in (100, 200):
            record(since=date(2026, 3, 1), until=date(2026, 3, 31), fen=fen)

        with pytest.raises(Refusal):
            record(since=date(2026, 3, 31), until=date(2026, 4, 30), fen=1)
        assert CommissionCharge.objects.get().fen == 200


class TestGoodsOpenedToTheShop:
    @pytest.fixture
    def sides(self):
        shop.country()
        cooperative = incubator.cooperative(seller=shop.seller("样例合作社店", kind="cooperative"))
        return cooperative, incubator.partner(seller=shop.seller("样例电商店"))

    @pytest.fixture
    def agreement(self, sides, staff, second):
        today = timezone.localdate()
        made = deals.agreement(
            *sides, staff, begins_on=today, ends_on=today + timedelta(days=200), price=Decimal("6.00")
        )
        return deals.signed(made, staff, second, on=today)

    def opened(self, agreement, staff, **more):
        usual = {"pool": None, "kg": 100, "floor": None, "by": staff, "at": timezone.now(), "on": timezone.localdate()}
        return storefront.open_goods(agreement=agreement, **(usual | more))

    def listed(self, grant):
        good = shop.product(grant.seller, price="59.90")
        supply.fill_from(record=good.stockrecords.get(), pool=grant.pool, grant=grant, by=None)
        return Product.objects.get(pk=good.pk)

    def test_are_granted_from_the_agreements_page(self, desk, agreement):
        address = reverse("incubator:agreements:open-goods", args=[agreement.pk])
        for _press in range(2):
            desk.post(address, {"kg": "500", "floor": ""})

        grant = SupplyGrant.objects.get()
        assert (grant.seller, grant.floor_per_kg, grant.ends_on) == (
            agreement.partner.seller,
            Decimal("6.00"),
            agreement.ends_on,
        )
        assert (grant.pool.grams, grant.pool.seller) == (500_000, agreement.cooperative.seller)

    def test_when_bought_become_a_sale_of_the_agreement(self, agreement, staff, django_capture_on_commit_callbacks):
        good = self.listed(self.opened(agreement, staff).grant)

        with django_capture_on_commit_callbacks(execute=True):
            payments.complete(attempt=shop.buy(good, quantity=2).attempts.get(), at=timezone.now())

        fact = SaleFact.objects.current().get()
        assert list(attributed(SaleFact.objects.current())) == [fact]
        assert AgreementGood.objects.get().agreement == agreement
        assert fulfilment([agreement])[agreement.pk].grams == fact.grams == 2 * good.net_weight_g

    def test_are_no_sale_of_it_when_the_shop_sells_its_own(self, agreement, staff, django_capture_on_commit_callbacks):
        self.opened(agreement, staff)

        bought = shop.buy(shop.product(agreement.partner.seller))
        with django_capture_on_commit_callbacks(execute=True):
            payments.complete(attempt=bought.attempts.get(), at=timezone.now())

        assert SaleFact.objects.count() == 1 and not attributed(SaleFact.objects.current()).exists()

    def test_close_with_the_agreement(self, desk, agreement, staff):
        grant = self.opened(agreement, staff).grant

        actions.move(agreement=agreement, move="end", by=staff, at=timezone.now())

        grant.refresh_from_db()
        assert grant.revoked_at is not None

    def test_close_and_open_again(self, desk, agreement, staff):
        self.opened(agreement, staff)
        desk.post(reverse("incubator:agreements:close-goods", args=[agreement.pk]))
        self.opened(agreement, staff)

        assert [grant.revoked_at is None for grant in SupplyGrant.objects.order_by("pk")] == [False, True]

    @pytest.mark.parametrize("missing", ["shop", "pile", "signature"])
    def test_say_what_is_missing(self, sides, staff, second, missing):
        cooperative, buyer = sides
        today = timezone.localdate()
        if missing == "shop":
            buyer.seller = None
            buyer.save()
        made = deals.agreement(cooperative, buyer, staff, begins_on=today, ends_on=today + timedelta(days=9))
        if missing != "signature":
            made = deals.signed(made, staff, second, on=today)

        with pytest.raises(Refusal):
            self.opened(made, staff, kg=None if missing == "pile" else 10)
        assert not AgreementSupply.objects.exists()
