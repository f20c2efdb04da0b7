"""Sums of days and goods: always what the facts say, however the facts come and go."""

import random
from collections import Counter
from datetime import date, timedelta
from importlib import import_module
from io import StringIO
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from incubator.agreements import actions as agreements
from incubator.sales import actions, rollups
from incubator.sales.figures import Asked, Figures
from incubator.sales.models import (
    AccountDay,
    AccountWeek,
    ChannelAccount,
    GoodQuarter,
    GoodWeek,
    SaleFact,
    SalesImport,
    quarter_of,
    week_of,
)
from tests import channels, deals, incubator

pytestmark = pytest.mark.django_db
FIRST = date(2025, 1, 1)


ROADS = ("taobao", "douyin", "wechat")


def differences():
    return list(rollups.differences())


def held(model):
    return sorted(model.objects.values_list(*rollups.KEYS[model], *rollups.SUMS))


def sold_by_chance(dice, days):
    """Sales of three accounts over so many days, some taken back, some without a code."""
    for number in range(120):
        deals.sale(
            number,
            on=FIRST + timedelta(days=dice.randrange(days)),
            code=dice.choice(("A-1", "B-2", "")),
            of=deals.account(channel=dice.choice(ROADS)),
            fen=(paid := dice.randrange(1, 9000)),
            refunded=dice.choice((0, 0, paid // 2, paid)),
        )


def net_of(facts, name):
    """What was left of some facts, by a name of theirs."""
    found = Counter()
    for fact in facts:
        found[name(fact)] += fact.gross_fen - fact.refunded_fen
    return dict(found)


def nets(rows):
    return {row.key or row.name: row.net_fen for row in rows}


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
        before = {model: held(model) for model in rollups.KEYS}
        GoodWeek.objects.all().delete()
        GoodQuarter.objects.all().delete()
        AccountDay.objects.update(lines=7)
        assert len(differences()) == sum(map(len, before.values())) - AccountWeek.objects.count()

        rollups.rebuild()

        assert {model: held(model) for model in rollups.KEYS} == before and not differences()


class TestFigures:
    @pytest.mark.parametrize("seed", range(4))
    def test_of_any_days_are_what_the_facts_of_these_days_say(self, seed):
        dice, staff, days = random.Random(seed), incubator.staff(), 500
        sold_by_chance(dice, days)
        facts = list(SaleFact.objects.select_related("account"))
        for _again in range(25):
            since, until = sorted(FIRST + timedelta(days=dice.randrange(-40, days + 40)) for _end in range(2))
            channel = dice.choice(("", *ROADS))
            figures = Figures(staff, Asked(since, until, channel))

            asked = [fact for fact in facts if channel in ("", fact.account.channel)]
            within = [fact for fact in asked if since <= fact.sold_on <= until]
            whole_weeks = [fact for fact in asked if week_of(since) <= fact.week <= until]
            goods = net_of(whole_weeks, lambda fact: f"code:{fact.code}" if fact.code else f"title:{fact.title}")
            assert nets(figures.products) == goods
            assert (figures.whole.net_fen, figures.whole.orders) == (sum(net_of(within, str).values()), len(within))
            weeks = net_of((fact for fact in within if fact.week >= figures.first_drawn), lambda fact: fact.week)
            assert {bar.week: bar.sums.net_fen for bar in figures.weeks if bar.sums.orders} == weeks

    def test_of_many_years_read_quarters_and_of_few_days_weeks(self):
        staff = incubator.staff()
        deals.sale(1, on=FIRST)
        GoodWeek.objects.all().delete()

        assert not Figures(staff, Asked(FIRST, FIRST + timedelta(days=20))).products
        (row,) = Figures(staff, Asked(date(2000, 1, 1), date(2100, 12, 31))).products
        assert row.orders == 1

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

    def test_of_goods_outside_the_catalogue_say_a_title_and_the_code_or_the_title_alone(self):
        deals.sale(1, on=FIRST, code="A-1")
        deals.sale(2, on=FIRST + timedelta(days=200), code="A-1")
        deals.sale(3, on=FIRST, code="")

        rows = Figures(incubator.staff(), Asked(FIRST, FIRST + timedelta(days=300))).products

        assert [(row.key, row.name, row.lines) for row in rows] == [
            ("code:A-1", "大米 5kg · A-1", 2),
            ("title:大米 5kg", "大米 5kg", 1),
        ]


class TestQuarters:
    def test_are_thirteen_whole_weeks_each(self):
        begins = sorted({quarter_of(FIRST + timedelta(days=n)) for n in range(1000)})

        assert all(begin == week_of(begin) for begin in begins)
        assert {later - earlier for earlier, later in pairwise(begins)} == {timedelta(weeks=13)}

    def test_are_made_from_the_weeks_there_are_when_the_code_is_brought_up(self):
        sold_by_chance(random.Random(5), 500)
        before = held(GoodQuarter)
        GoodQuarter.objects.all().delete()

        migration = import_module("incubator.sales.migrations.0007_sums_of_quarters")
        migration.add_up(apps, connection.schema_editor())

        assert held(GoodQuarter) == before and len({row[0] for row in before}) > 4


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

    def test_makes_those_accounts_again_that_differ(self):
        """As after an upgrade, where old processes went on writing sums without the newest kind."""
        channels.bring("douyin.csv", "wechat-group.xlsx")
        one, other = ChannelAccount.objects.filter(pk__in=AccountDay.objects.values("account")).order_by("pk")[:2]
        GoodQuarter.objects.filter(account=one).delete()
        untouched = list(AccountDay.objects.filter(account=other).order_by("pk").values_list("pk", flat=True))
        out = StringIO()

        call_command("sales_sums", "--repair", stdout=out)

        assert out.getvalue() == "Sums of 1 accounts made again.\nEverything agrees.\n"
        assert untouched == list(AccountDay.objects.filter(account=other).order_by("pk").values_list("pk", flat=True))
