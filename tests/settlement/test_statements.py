"""A seller's statement says what the ledger says, line by line, and nothing of anybody else's."""

import csv
import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from marketplace.accounts.models import User
from marketplace.core.models import AuditEntry
from marketplace.payment import actions as payments
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from marketplace.settlement import payouts, release
from marketplace.settlement.models import Account, CommissionRate, Entry
from marketplace.settlement.periods import Period, PeriodForm, month_of, quarter_of
from marketplace.settlement.statements import statement
from tests import money, shop
from tests.settlement.test_sales_and_refunds import received

pytestmark = pytest.mark.django_db
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def at(month, day, hour=12):
    return timezone.make_aware(datetime(2026, month, day, hour))


@pytest.fixture
def seller():
    """In October: one sale of 100.00 + 8.00 at 5 %, released and paid out; in November one refund of it, an adjustment, a sale."""
    CommissionRate.objects.create(scope="platform", percent=5, since=timezone.now() - timedelta(days=99))
    seller = money.give_account(shop.seller("甲店", fee="8.00"))
    goods = shop.product(seller, price="100.00", grams=500, stock=99)
    other = shop.product(shop.seller("乙店"), price="77.77")
    first = bought(goods, other, on=at(10, 2))
    received(first, at(10, 3))
    release.release_ripe(at(10, 12))
    payout = payouts.begin(seller=seller, by=None, at=at(10, 13))
    payouts.arrive(payout=payout, reference="BANK-1", by=None, at=at(10, 14))
    line = first.lines.get().pk
    payments.refund_lines(order=first, amounts={line: Decimal("20.00")}, cause="x", by=None, at=at(11, 1, 0))
    bought(goods, other, on=at(11, 30, 23))
    return seller


def bought(*goods, on):
    purchase = shop.buy(*goods)
    payments.complete(attempt=purchase.attempts.get(), at=on)
    return purchase.orders.get(seller=goods[0].seller)


def table_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


class TestAStatement:
    def test_is_the_ledger_line_by_line(self, seller):
        found = statement(seller, NOVEMBER)

        entries = Entry.objects.filter(account__seller=seller, at__gte=at(11, 1, 0), at__lt=at(12, 1, 0))
        ledger = list(entries.order_by("at", "id").values_list("id", "account__kind", "fen", "label"))
        assert [(line.number, line.account, line.fen, line.label) for line in found.lines] == ledger
        assert len(ledger) == 5  # refund and commission back; goods, freight, commission

    @pytest.mark.parametrize("period", [OCTOBER, NOVEMBER, Period(date(2026, 10, 13), date(2026, 11, 1))])
    def test_begins_and_ends_with_what_entries_add_up_to(self, seller, period):
        found = statement(seller, period)

        for kind in found.opening:
            mine = [(e.at, e.fen) for e in Entry.objects.filter(account__seller=seller, account__kind=kind)]
            assert found.opening[kind] == sum(fen for when, fen in mine if when < period.begins)
            assert found.closing[kind] == sum(fen for when, fen in mine if when < period.ends)

    def test_keeps_held_available_and_debt_apart(self, seller):
        found = statement(seller, NOVEMBER)

        assert {kind.value: fen for kind, fen in found.opening.items()} == {
            "held": 0,
            "available": 0,
            "leaving": 0,
            "debt": 0,
        }
        assert {kind.value: fen for kind, fen in found.closing.items()} == {
            "held": 10300,
            "available": 0,
            "leaving": 0,
            "debt": -1900,
        }

    def test_runs_the_balance_of_each_account_from_line_to_line(self, seller):
        found = statement(seller, OCTOBER)

        by_account = sorted(found.lines, key=lambda line: line.account)
        for kind, lines in groupby(by_account, key=lambda line: line.account):
            running = found.opening[kind]
            for line in lines:
                running += line.fen
                assert line.after == running

    def test_names_orders_and_payouts(self, seller):
        found = statement(seller, OCTOBER)

        order = seller.orders.order_by("pk").first()
        assert {line.about for line in found.lines} == {order.number, seller.payouts.get().number}

    def test_sums_up_what_came_and_went(self, seller):
        found = statement(seller, OCTOBER)

        assert [str(amount) for _words, amount in found.totals] == ["100.00", "8.00", "-5.00", "-103.00"]

    def test_closes_where_the_next_one_opens(self, seller):
        assert statement(seller, OCTOBER).closing == statement(seller, NOVEMBER).opening

    def test_now_closes_with_what_is_kept(self, seller):
        kept = dict(Account.objects.filter(seller=seller).values_list("kind", "fen"))

        assert statement(seller, NOVEMBER).closing == {
            kind: kept.get(kind, 0) for kind in ("held", "available", "leaving", "debt")
        }

    def test_opens_right_though_something_is_posted_while_it_is_read(self, seller):
        """What comes between reading her accounts and anything else is in the lines and not in what she had before."""
        before, sold = statement(seller, NOVEMBER).opening, []

        def sell_once(execute, sql, *rest):
            answer = execute(sql, *rest)
            if "settlement_account" in sql and not sold:
                sold.append(sql)
                bought(seller.products.get(), on=at(11, 20))
            return answer

        with connection.execute_wrapper(sell_once):
            read = statement(seller, NOVEMBER)

        assert sold and read.opening == before
        assert read.closing == statement(seller, NOVEMBER).closing

    def test_asks_as_often_for_many_lines_as_for_few(self, seller, django_assert_num_queries):
        with django_assert_num_queries(2):
            statement(seller, Period(OCTOBER.since, OCTOBER.since))
        with django_assert_num_queries(2):
            statement(seller, Period(OCTOBER.since, NOVEMBER.until))


class TestPeriods:
    def test_are_whole_months_and_quarters(self):
        assert month_of(date(2028, 2, 29)) == Period(date(2028, 2, 1), date(2028, 2, 29))
        assert quarter_of(date(2026, 11, 26)) == Period(date(2026, 10, 1), date(2026, 12, 31))
        assert month_of(date(2026, 1, 5)).month_before == Period(date(2025, 12, 1), date(2025, 12, 31))

    @pytest.mark.parametrize(
        ("since", "until", "wrong"),
        [
            ("2026-11-02", "2026-11-01", "until"),
            ("2025-01-01", "2026-01-02", "until"),
            ("yesterday", "", "since"),
            ("0001-01-01", "", "since"),
            ("", "9999-12-31", "until"),
        ],
    )
    def test_that_make_no_sense_are_refused_in_words(self, since, until, wrong):
        form = PeriodForm({"since": since, "until": until})

        assert not form.is_valid() and list(form.errors) == [wrong]
        assert form.period == month_of(timezone.localdate())


class TestPages:
    @pytest.fixture
    def member(self, client, seller):
        def join(role):
            user = User.objects.create(mobile="+8613900000021", nickname="示例店员")
            team.join(seller=seller, user=user, role=role)
            client.force_login(user)
            return client

        return join

    @pytest.mark.parametrize("role", [TeamRole.OWNER, TeamRole.BOOKKEEPER])
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_show_the_lines_to_owner_and_bookkeeper(self, member, seller, role, prefix):
        answer = member(role).get(f"{prefix}/seller/money/statement/?{OCTOBER.query}")

        shown = BeautifulSoup(answer.content, "html.parser")
        assert len(shown.select(".stmt__lines li")) == len(statement(seller, OCTOBER).lines) == 8
        assert seller.payouts.get().number in shown.text and "77.77" not in shown.text

    @pytest.mark.parametrize("name", ["", "-table", "-paper"])
    def test_are_shut_to_the_packer(self, member, name):
        assert member(TeamRole.PACKER).get(reverse(f"seller:money-statement{name}")).status_code == 403

    def test_say_what_is_wrong_and_keep_what_was_typed(self, member):
        answer = member(TeamRole.OWNER).get(
            reverse("seller:money-statement"), {"since": "2026-11-02", "until": "2026-11-01"}
        )

        shown = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 200 and "结束日期早于开始日期" in shown.text
        assert shown.select_one("[name=since]")["value"] == "2026-11-02"

    def test_lead_back_where_a_table_cannot_be_made(self, member):
        answer = member(TeamRole.OWNER).get(reverse("seller:money-statement-table"), {"since": "x"})

        assert answer.status_code == 302 and answer.url.endswith("?since=x")

    def test_make_a_table_that_adds_up(self, member, seller):
        answer = member(TeamRole.BOOKKEEPER).get(f"/seller/money/statement/table/?{NOVEMBER.query}")

        _head, *rows = table_of(answer)
        opening = [Decimal(row[7]) for row in rows if row[2] == "期初余额"]
        closing = [Decimal(row[7]) for row in rows if row[2] == "期末余额"]
        moved = [Decimal(row[6]) for row in rows if row[6]]
        assert len(opening) == len(closing) == 4 and len(moved) == 5
        assert sum(opening) + sum(moved) == sum(closing) == Decimal("84.00")

    def test_make_a_paper_with_every_order(self, member, seller):
        answer = member(TeamRole.OWNER).get(f"/seller/money/statement/paper/?{OCTOBER.query}")

        text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(answer.content)).pages)
        assert seller.orders.order_by("pk").first().number in text and "103.00" in text

    def test_a_seller_who_has_never_sold_sees_nothing_and_no_error(self, client):
        stranger = shop.seller("空店")
        user = User.objects.create(mobile="+8613900000022", nickname="示例店主")
        team.join(seller=stranger, user=user, role=TeamRole.OWNER)
        client.force_login(user)

        for name in ("", "-table", "-paper"):
            assert client.get(reverse(f"seller:money-statement{name}")).status_code == 200


class TestForStaff:
    @pytest.fixture
    def operator(self, client):
        client.force_login(User.objects.create(mobile="+8613900000031", nickname="示例运营", is_superuser=True))
        return client

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_any_sellers_lines_are_shown(self, operator, seller, prefix):
        answer = operator.get(f"{prefix}/dashboard/money/statements/?seller={seller.pk}&{OCTOBER.query}")

        assert seller.payouts.get().number in answer.content.decode()

    @pytest.mark.parametrize("form", ["csv", "pdf"])
    def test_taking_one_away_is_noted(self, operator, seller, form):
        answer = operator.get(f"/dashboard/money/statements/?seller={seller.pk}&{OCTOBER.query}&as={form}")

        assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
        assert AuditEntry.objects.get(action="statement.taken").object_id == str(seller.pk)

    def test_without_a_seller_there_is_only_the_form(self, operator):
        assert operator.get("/dashboard/money/statements/").status_code == 200
        assert operator.get("/dashboard/money/statements/?seller=x&as=csv").status_code == 200
