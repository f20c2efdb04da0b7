"""Sums of days and goods: always what the facts say, however the facts come and go."""

import random
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from incubator.agreements import actions as agreements
from incubator.sales import actions, rollups
from incubator.sales.figures import Asked, Figures
from incubator.sales.models import AccountDay, GoodWeek, SaleFact, SalesImport
from tests import channels, deals, incubator

pytestmark = pytest.mark.django_db


def differences():
    return list(rollups.differences())


class TestSums:
    @pytest.mark.parametrize("seed", range(3))
    def test_follow_files_in_any_order_and_their_undoing(self, seed):
        dice = random.Random(seed)
        names = [*channels.CHANNEL_OF, *channels.CHANNEL_OF]
        dice.shuffle(names)
        channels.bring(*names)
        assert differences() == [] and AccountDay.objects.exists() and GoodWeek.objects.exists()

        for run in dice.sample(list(SalesImport.objects.filter(state="done")), 4):
            actions.undo_import(run=run, by=None, at=timezone.now())
            assert differences() == []

    def test_count_an_order_that_two_accounts_brought_once(self):
        channels.bring("pinduoduo.csv")
        channels.bring("pinduoduo.csv", into=channels.account("pinduoduo", "另一家"))

        whole = SaleFact.objects.current().counted().sums()
        assert sum(AccountDay.objects.values_list("gross_fen", flat=True)) == whole["gross"]
        assert sum(GoodWeek.objects.values_list("orders", flat=True)) == whole["orders"]
        assert differences() == []

    def test_follow_agreements(self):
        first, second = incubator.staff(), incubator.staff(ending="0008")
        for number in range(4):
            deals.sale(number, on=date(2026, 1, 5) + timedelta(days=2 * number))
        made = deals.agreement(by=first, begins_on=date(2026, 1, 8), ends_on=date(2026, 12, 31))
        good = deals.counted(made)
        assert not AccountDay.objects.filter(agreement=made.pk).exists()

        deals.signed(made, first, second)
        attributed = AccountDay.objects.filter(agreement=made.pk, lines__gt=0)
        assert sorted(attributed.values_list("day", flat=True)) == [date(2026, 1, 9), date(2026, 1, 11)]
        assert differences() == []

        agreements.leave_out_good(good=good, by=first)
        assert not attributed.exists() and differences() == []
        deals.counted(made)
        assert attributed.count() == 2 and differences() == []

    def test_can_be_made_again(self):
        channels.bring("douyin.csv", "wechat-group.xlsx")
        before = sorted(GoodWeek.objects.values_list(*rollups.GOOD_KEY, *rollups.SUMS))
        GoodWeek.objects.all().delete()
        AccountDay.objects.update(lines=7)

        rollups.rebuild()

        assert sorted(GoodWeek.objects.values_list(*rollups.GOOD_KEY, *rollups.SUMS)) == before and not differences()


class TestFigures:
    def test_of_many_years_draw_sixty_weeks_and_count_the_others_in_every_table(self):
        today = date(2026, 1, 7)
        for number, weeks in enumerate((0, 59, 60, 61, 300)):
            deals.sale(number, on=today - timedelta(weeks=weeks))

        figures = Figures(incubator.staff(), Asked(date(2000, 1, 1), today))

        bars = figures.weeks
        assert (len(bars), bars[0].week, bars[-1].week) == (
            60,
            date(2026, 1, 5) - timedelta(weeks=59),
            date(2026, 1, 5),
        )
        assert [bar.sums.orders for bar in bars if bar.sums.orders] == [1, 1]
        assert figures.whole.orders == figures.rest.orders == 5
        assert [row.orders for row in figures.channels] == [row.orders for row in figures.counties] == [5]

    def test_of_one_week_draw_that_week(self):
        deals.sale(1, on=date(2026, 1, 6))

        (bar,) = Figures(incubator.staff(), Asked(date(2026, 1, 6), date(2026, 1, 8))).weeks

        assert (bar.week, bar.sums.orders) == (date(2026, 1, 5), 1)


class TestTheCommand:
    def test_says_when_everything_agrees(self):
        channels.bring("douyin.csv")
        out = StringIO()

        call_command("sales_sums", stdout=out)

        assert "Everything agrees" in out.getvalue()

    def test_names_what_differs_and_mends_it(self):
        channels.bring("douyin.csv")
        AccountDay.objects.filter(pk=AccountDay.objects.first().pk).update(gross_fen=1)
        out = StringIO()

        with pytest.raises(SystemExit):
            call_command("sales_sums", stdout=out, stderr=StringIO())
        assert "AccountDay" in out.getvalue() and "facts say" in out.getvalue()
        call_command("sales_sums", "--rebuild", stdout=out)

        assert differences() == []
