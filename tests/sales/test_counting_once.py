"""The files of the example add up to what they should, whatever happens to them on the way."""

import random
from itertools import permutations

import pytest
from django.utils import timezone

from incubator.sales import actions, rollups
from incubator.sales.models import AccountDay, SaleFact, SalesImport, SourceRow
from marketplace.core.states import IllegalMove
from tests import channels

pytestmark = pytest.mark.django_db
TAOBAO = ("taobao-orders.csv", "taobao-items.csv", "taobao-orders-later.csv")
EVERYTHING = tuple(channels.CHANNEL_OF)


def undo(run):
    return actions.undo_import(run=run, by=None, at=timezone.now())


def taobao():
    return channels.totals(channel="taobao")["taobao"]


@pytest.fixture
def complete():
    """All files of Taobao are in."""
    return {name: channels.bring(name) for name in TAOBAO}


class TestTheExampleFiles:
    def test_add_up_to_what_is_expected(self):
        channels.bring(*EVERYTHING)

        assert channels.totals() == channels.numbers(channels.EXPECTED)

    @pytest.mark.parametrize("names", list(permutations(TAOBAO)), ids="-".join)
    def test_add_up_in_any_order(self, names):
        channels.bring(*names)

        assert taobao() == channels.expected("taobao")["taobao"]

    @pytest.mark.parametrize("seed", range(12))
    def test_add_up_however_they_are_mixed_repeated_tried_and_taken_back(self, seed):
        chance = random.Random(seed)
        for name in chance.choices(EVERYTHING, k=8) + chance.sample(EVERYTHING, k=6) + chance.choices(EVERYTHING, k=3):
            outcome = channels.bring(name)
            if chance.random() < 0.3:
                undo(outcome.run)
                channels.look_at(name)
                channels.bring(name)

        assert channels.totals() == channels.numbers(channels.EXPECTED)
        assert not SourceRow.objects.filter(is_pending=True).exists()


class TestTakingBackAndIn:
    @pytest.mark.parametrize("seed", range(8))
    def test_of_any_imports_in_any_order_leaves_what_the_files_say(self, seed):
        chance = random.Random(seed)
        brought = [(name, channels.bring(name)) for name in chance.sample(EVERYTHING * 2, k=2 * len(EVERYTHING))]

        gone = chance.sample(brought, k=chance.randrange(1, len(brought)))
        for _name, outcome in gone:
            undo(outcome.run)
        left = {name for name, _outcome in (each for each in brought if each not in gone)}
        if left >= set(EVERYTHING):
            assert channels.totals() == channels.numbers(channels.EXPECTED)
        for name, _outcome in chance.sample(gone, k=len(gone)):
            channels.bring(name)

        assert channels.totals() == channels.numbers(channels.EXPECTED)
        assert list(rollups.differences()) == []

    def test_of_all_leaves_nothing(self):
        brought = [channels.bring(name) for name in EVERYTHING * 2]

        for outcome in brought:
            undo(outcome.run)

        assert not SaleFact.objects.current().exists()
        assert not AccountDay.objects.filter(lines__gt=0).exists() and list(rollups.differences()) == []


class TestTheSameFileTwice:
    @pytest.mark.parametrize("name", EVERYTHING)
    def test_changes_nothing(self, name):
        first = channels.bring(name)
        facts = SaleFact.objects.count()

        second = channels.bring(name)

        assert (first.new, second.new, second.updated, second.unchanged) == (first.read, 0, 0, first.read)
        assert SaleFact.objects.count() == facts


class TestALaterExport:
    def test_moves_states_forward_and_brings_refunds(self, complete):
        later = complete["taobao-orders-later.csv"]

        assert (later.read, later.new, later.updated, later.unchanged) == (19, 3, 6, 10)

    def test_before_the_earlier_one_lets_it_change_nothing(self):
        channels.bring("taobao-items.csv", "taobao-orders-later.csv")
        facts = SaleFact.objects.count()

        earlier = channels.bring("taobao-orders.csv")

        assert (earlier.new, earlier.updated, earlier.unchanged) == (0, 0, 16)
        assert SaleFact.objects.count() == facts

    def test_keeps_what_was_true_before_as_a_version(self):
        channels.bring("taobao-items.csv", "taobao-orders.csv")
        before = timezone.now()
        sums = SaleFact.objects.current().sums()

        channels.bring("taobao-orders-later.csv")

        assert SaleFact.objects.as_of(before).sums() == sums
        assert SaleFact.objects.current().sums() != sums


class TestTwoHalves:
    def test_wait_for_each_other(self):
        orders = channels.bring("taobao-orders.csv")

        assert (orders.new, orders.waiting) == (16, 16)
        assert not SaleFact.objects.exists()

    def test_count_when_both_are_there(self):
        channels.bring("taobao-orders.csv")

        items = channels.bring("taobao-items.csv")

        assert items.waiting == 3  # of orders only the later list has
        assert SaleFact.objects.current().count() == 19


class TestADryRun:
    def test_says_what_the_import_will_say_and_writes_nothing(self):
        told = [outcome.as_dict() for outcome in channels.look_at(*TAOBAO)]

        assert not SalesImport.objects.exists()
        assert not SourceRow.objects.exists()
        account = channels.account()
        opened = [(name, (channels.FILES / name).open("rb")) for name in TAOBAO]
        done = actions.import_files(account=account, files=opened, by=None, at=timezone.now())
        assert told == [outcome.as_dict() for outcome in done]

    def test_after_an_import_sees_what_is_there(self, complete):
        assert [outcome.unchanged for outcome in channels.look_at(*TAOBAO)] == [16, 24, 19]


class TestUndoingAnImport:
    def test_takes_out_what_only_it_said(self, complete):
        undo(complete["taobao-items.csv"].run)

        assert not SaleFact.objects.current().exists()

    def test_falls_back_to_what_the_others_say(self):
        channels.bring("taobao-orders.csv", "taobao-items.csv")
        before = taobao()
        later = channels.bring("taobao-orders-later.csv")

        undo(later.run)

        assert taobao() == before

    def test_leaves_rows_that_another_import_holds_too(self, complete):
        again = channels.bring("taobao-items.csv")

        undo(complete["taobao-items.csv"].run)
        assert taobao() == channels.expected("taobao")["taobao"]
        undo(again.run)
        assert not SaleFact.objects.current().exists()

    def test_is_undone_by_importing_again(self, complete):
        undo(complete["taobao-orders-later.csv"].run)

        redone = channels.bring("taobao-orders-later.csv")

        assert (redone.new, redone.updated, redone.unchanged) == (3, 6, 10)
        assert taobao() == channels.expected("taobao")["taobao"]

    def test_twice_changes_nothing_more(self, complete):
        run = complete["taobao-items.csv"].run

        undo(run)
        undo(run)

        assert not SaleFact.objects.current().exists()

    def test_is_refused_for_one_that_failed(self):
        run = SalesImport.objects.create(
            account=channels.account(), file_name="x", digest="", state="failed", started_at=timezone.now()
        )

        with pytest.raises(IllegalMove):
            undo(run)

    def test_deletes_nothing(self, complete):
        rows, facts = SourceRow.objects.count(), SaleFact.objects.count()

        undo(complete["taobao-orders.csv"].run)

        assert SourceRow.objects.count() == rows
        assert SaleFact.objects.count() >= facts


class TestTwoAccountsWithOneOrder:
    def test_count_it_once_together_and_each_in_its_own_report(self):
        channels.bring("pinduoduo.csv")

        channels.bring("pinduoduo.csv", into=channels.account("pinduoduo", "another name"))

        assert channels.totals()["pinduoduo"] == channels.expected("pinduoduo")["pinduoduo"]
        assert channels.totals(account="another name")["pinduoduo"] == channels.expected("pinduoduo")["pinduoduo"]

    def test_say_how_many_rows_the_other_one_brought_already(self):
        first = channels.bring("pinduoduo.csv")
        other = channels.account("pinduoduo", "another name")
        with (channels.FILES / "pinduoduo.csv").open("rb") as file:
            (tried,) = actions.try_files(account=other, files=[("pinduoduo.csv", file)])

        second = channels.bring("pinduoduo.csv", into=other)

        assert (first.elsewhere, tried.elsewhere, second.elsewhere) == (0, second.new, second.new) and second.new
        assert SalesImport.objects.get(pk=second.run.pk).elsewhere == second.new
        assert second.read == second.new + second.updated + second.unchanged + second.refused
        assert channels.bring("pinduoduo.csv", into=other).elsewhere == 0

    def test_say_nothing_of_it_where_a_number_means_nothing_outside_its_list(self):
        channels.bring("wechat-group.xlsx")

        assert channels.bring("wechat-group.xlsx", into=channels.account("wechat", "another name")).elsewhere == 0

    def test_count_it_in_the_second_when_the_first_is_taken_back(self):
        first = channels.bring("pinduoduo.csv")
        channels.bring("pinduoduo.csv", into=channels.account("pinduoduo", "another name"))

        undo(first.run)

        assert channels.totals()["pinduoduo"] == channels.expected("pinduoduo")["pinduoduo"]


def test_an_interrupted_count_is_completed_by_the_next_import(monkeypatch):
    from incubator.sales import ledger

    with monkeypatch.context() as broken:
        broken.setattr(ledger, "write", None)
        with pytest.raises(TypeError):
            channels.bring("douyin.csv")

    channels.bring("douyin.csv")

    assert channels.totals()["douyin"] == channels.expected("douyin")["douyin"]
