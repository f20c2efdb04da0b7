"""The ledger grows and balances; neither the code nor the database lets anybody do otherwise."""

from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from marketplace.settlement import ledger
from marketplace.settlement.kinds import AccountKind, Label, PostingKind
from marketplace.settlement.models import Account, Entry, Posting
from marketplace.settlement.plans import Holder, Leg, Plan, Unbalanced, clearing, of
from tests import money, shop

pytestmark = pytest.mark.django_db
FAR = 10**9
"""The number of a posting that no sequence has come to, however many were written before and rolled back."""


def sale(seller, fen=1000, cause="sale", **more):
    """Money arrives at the bank and is held for a seller."""
    legs = (
        Leg(clearing("bank"), -fen, Label.MONEY),
        Leg(of(AccountKind.HELD, seller.pk), fen, Label.GOODS),
    )
    return Plan(cause, PostingKind.PAID, timezone.now(), legs, **more)


class TestAPlan:
    def test_has_to_balance(self):
        with pytest.raises(Unbalanced):
            Plan("x", PostingKind.PAID, timezone.now(), (Leg(clearing("bank"), -5, Label.MONEY),))

    def test_leaves_out_legs_of_nothing(self):
        legs = tuple(Leg(of(kind), fen, Label.FEE) for kind, fen in [("fees", -3), ("commission", 0), ("rounding", 3)])

        assert len(Plan("x", PostingKind.FEE, timezone.now(), legs).legs) == 2

    @pytest.mark.parametrize(
        ("kind", "seller", "place"),
        [("held", None, ""), ("fees", 1, ""), ("clearing", None, ""), ("fees", None, "bank")],
    )
    def test_names_whose_or_where_exactly_when_the_kind_asks(self, kind, seller, place):
        with pytest.raises(ValueError, match=kind):
            Holder(AccountKind(kind), seller, place)


class TestPost:
    def test_keeps_balances_with_the_entries(self):
        seller = shop.seller("甲店")

        ledger.post([sale(seller, 1000), sale(seller, 50, "another")])

        assert money.books() == {"clearing bank": "-10.50", "held 甲店": "10.50"}
        assert money.all_adds_up()

    def test_posts_one_cause_once(self):
        seller = shop.seller()
        ledger.post([sale(seller)])

        assert ledger.post([sale(seller), sale(seller)]) == []
        assert Posting.objects.count() == 1
        assert money.holds("held", seller) == "10.00"

    def test_refuses_to_pay_what_is_not_there(self):
        seller = shop.seller()
        ledger.post([sale(seller, 1000)])

        with pytest.raises(ledger.TooLittle):
            ledger.post([sale(seller, -1001, "too much")])
        assert money.holds("held", seller) == "10.00"

    def test_reverses_to_the_fen_and_only_once(self):
        seller = shop.seller()
        (posted,) = ledger.post([sale(seller)])

        plan = ledger.reversal(posted, at=timezone.now())
        ledger.post([plan])

        assert ledger.post([plan]) == []
        assert money.books() == {}
        assert Posting.objects.get(reverses=posted).entries.count() == 2

    def test_takes_few_statements_however_many_entries(self, django_assert_max_num_queries):
        sellers = [shop.seller(f"店{n}") for n in range(8)]
        ledger.post([sale(sellers[0])])

        with django_assert_max_num_queries(12):
            ledger.post([sale(seller, cause=f"c{seller.pk}") for seller in sellers])


class TestTheDatabase:
    """Raw SQL, past all code of ours."""

    @pytest.fixture
    def posted(self):
        return ledger.post([sale(shop.seller())])[0]

    def run(self, statement, *values):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE settlement_entry SET fen = fen + 1",
            "DELETE FROM settlement_entry",
            "UPDATE settlement_posting SET cause = 'other'",
            "DELETE FROM settlement_posting",
        ],
    )
    def test_changes_nothing_that_is_written(self, posted, statement):
        with pytest.raises(DatabaseError, match="what is written stays"):
            self.run(statement)

    def entry(self, posting_id, fen):
        self.run(
            "INSERT INTO settlement_entry (posting_id, account_id, fen, label, at) VALUES (%s, %s, %s, 'goods', %s)",
            posting_id,
            Account.objects.first().pk,
            fen,
            timezone.now(),
        )

    def seal(self, posting_id):
        self.run(
            "INSERT INTO settlement_posting (id, cause, kind, at, written_at) VALUES (%s, 'raw', 'paid', %s, %s)",
            posting_id,
            timezone.now(),
            timezone.now(),
        )

    def test_lets_nothing_join_a_posting(self, posted):
        with pytest.raises(DatabaseError, match="sealed"):
            self.entry(posted.pk, 5)

    def test_seals_no_posting_that_does_not_balance(self, posted):
        with transaction.atomic():
            self.entry(FAR, 5)
            self.entry(FAR, -4)
            with pytest.raises(DatabaseError, match="add up to zero"):
                self.seal(FAR)
            transaction.set_rollback(True)

    def test_seals_no_posting_without_entries(self, posted):
        with pytest.raises(DatabaseError, match="add up to zero"):
            self.seal(FAR)

    def test_seals_one_that_does(self, posted):
        self.entry(FAR, 5)
        self.entry(FAR, -5)
        self.seal(FAR)

        assert Posting.objects.get(pk=FAR).entries.count() == 2

    @pytest.mark.parametrize(("kind", "fen"), [("held", -1), ("available", -1), ("leaving", -1), ("debt", 1)])
    def test_keeps_sellers_accounts_on_their_side_of_zero(self, kind, fen):
        with pytest.raises(IntegrityError, match="account_"), transaction.atomic():
            Account.objects.create(kind=kind, seller=shop.seller(), fen=fen)


@pytest.mark.django_db(transaction=True)
class TestEntriesWithoutAPosting:
    def test_do_not_survive_the_transaction(self):
        ledger.post([sale(shop.seller())])
        orphan = Entry(posting_id=FAR, account=Account.objects.first(), fen=5, label=Label.GOODS, at=timezone.now())

        with pytest.raises(IntegrityError):
            orphan.save(force_insert=True)
        assert Entry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_lose_no_fen(self):
        sellers = [shop.seller(f"店{n}") for n in range(3)]
        calls = [
            partial(ledger.post, [sale(sellers[n % 3], 7, f"c{n}"), sale(sellers[(n + 1) % 3], 5, f"d{n}")])
            for n in range(60)
        ]

        answers = shop.at_once(calls, workers=12)

        assert not [answer for answer in answers if isinstance(answer, Exception)]
        assert money.holds("clearing", place="bank") == "-7.20"
        assert money.all_adds_up()

    def test_post_one_cause_once(self):
        seller = shop.seller()

        answers = shop.at_once([partial(ledger.post, [sale(seller)])] * 24, workers=12)

        assert sum(bool(answer) for answer in answers) == Posting.objects.count() == 1
        assert money.holds("held", seller) == "10.00"


class TestRepair:
    def test_sets_a_balance_to_what_its_entries_say(self):
        seller = shop.seller()
        ledger.post([sale(seller)])
        Account.objects.filter(kind="held").update(fen=1)

        (wrong,) = ledger.repair_balances()

        assert wrong.kind == "held"
        assert money.all_adds_up()
