"""The quarterly report of sellers' income: right to the fen, for finance staff only, identities for fewer still."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from marketplace.accounts import roles
from marketplace.accounts.models import Role, User
from marketplace.core.models import AuditEntry
from marketplace.dashboard.income import report
from marketplace.opening.models import Opening
from marketplace.payment import actions as payments
from marketplace.settlement import income
from marketplace.settlement.models import CommissionRate
from marketplace.settlement.periods import quarter_of
from tests import shop

pytestmark = pytest.mark.django_db
THIRD, FOURTH = quarter_of(date(2026, 9, 1)), quarter_of(date(2026, 10, 1))
IDENTITY = "230281199001011237"


def at(month, day):
    return timezone.make_aware(datetime(2026, month, day, 12))


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(datetime(2026, 11, 26, 4, tzinfo=UTC))


@pytest.fixture
def sellers():
    """甲 sold for 108.00 and 108.00 in the third quarter, gave 20.00 back in the fourth and sold nothing; 乙 sold for 77.77."""
    CommissionRate.objects.create(scope="platform", percent=5, since=at(1, 1))
    first = shop.seller("甲店", fee="8.00", kind="grower", area="230281")
    applicant = User.objects.create(mobile="+8613900000055", nickname="示例农户")
    Opening.objects.create(
        applicant=applicant, seller=first, state="opened", person="王样例", identity=IDENTITY, begun_at=at(1, 1)
    )
    goods = shop.product(first, price="100.00", grams=500)
    other = shop.product(shop.seller("乙店", kind="company"), price="77.77")
    for day, bought in ((1, shop.buy(goods, other)), (30, shop.buy(goods))):
        payments.complete(attempt=bought.attempts.get(), at=at(9, day))
    order = first.orders.order_by("pk").first()
    amounts = {order.lines.get().pk: Decimal("20.00")}
    payments.refund_lines(order=order, amounts=amounts, cause="x", by=None, at=at(10, 1))
    return first, other.seller


class TestTheFigures:
    def test_are_what_was_sold_given_back_and_charged(self, sellers):
        third = {each.seller: each for each in income.of_sellers(THIRD)}

        assert third[sellers[0].pk].in_yuan == {
            "sold": Decimal("216.00"),
            "refunded": Decimal("0.00"),
            "net": Decimal("216.00"),
            "fees": Decimal("10.00"),
        }
        assert (third[sellers[0].pk].orders, third[sellers[1].pk].sold) == (2, 7777)

    def test_count_a_refund_in_the_quarter_it_was_made(self, sellers):
        (fourth,) = income.of_sellers(FOURTH)

        assert (fourth.orders, fourth.sold, fourth.refunded_orders, fourth.refunded, fourth.fees) == (
            0,
            0,
            1,
            2000,
            -100,
        )

    def test_take_two_questions(self, sellers, django_assert_num_queries):
        with django_assert_num_queries(2):
            income.of_sellers(THIRD)


class TestWho:
    @pytest.fixture
    def person(self, client):
        """Somebody of the finance staff, with this permission or without."""

        def make(*, reads_identities=False, role=Role.FINANCE):
            user = User.objects.create(mobile="+8613900000061", nickname="示例财务")
            roles.give(user=user, role=role, by=None)
            if reads_identities:
                user.user_permissions.add(Permission.objects.get(codename="read_identity"))
            client.force_login(user)
            return client

        return make

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_finance_staff_see_figures_and_no_identities(self, person, sellers, prefix):
        shown = person().get(f"{prefix}/dashboard/income/?quarter=2026Q3").content.decode()

        assert "216.00" in shown and "230***********1237" in shown
        assert IDENTITY not in shown and "王样例" not in shown

    def test_whoever_may_reads_identities_too_and_it_is_noted(self, person, sellers):
        answer = person(reads_identities=True).get("/dashboard/income/table/?quarter=2026Q3")

        _head, first, second = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert first[3:5] == ["王样例", IDENTITY] and first[7:] == ["2", "216.00", "0", "0.00", "216.00", "10.00"]
        assert second[1] == "乙店" and second[3:6] == ["", "", ""]
        noted = AuditEntry.objects.get(action="income_report.taken")
        assert noted.details == {"quarter": "2026Q3", "identities": "True"}

    def test_each_look_is_noted(self, person, sellers):
        person().get("/dashboard/income/")

        assert AuditEntry.objects.get(action="income_report.viewed").details["identities"] == "False"

    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.INCUBATOR, Role.EDITOR])
    @pytest.mark.parametrize("page", ["/dashboard/income/", "/dashboard/income/table/"])
    def test_nobody_else_may(self, person, role, page):
        assert person(role=role).get(page).status_code == 403

    def test_finance_staff_open_no_other_room(self, person):
        assert person().get("/dashboard/shops/").status_code == 403

    @pytest.mark.parametrize("quarter", ["2026Q5", "1999Q1", "x"])
    def test_a_quarter_that_is_none_is_not_there(self, person, quarter):
        assert person().get("/dashboard/income/", {"quarter": quarter}).status_code == 404


class TestWords:
    @pytest.mark.parametrize(
        ("text", "shown"), [("王样例", "王**"), (IDENTITY, "230***********1237"), ("", ""), ("1234", "****")]
    )
    def test_hide_the_middle(self, text, shown):
        first, last = (1, 0) if text == "王样例" else (3, 4)

        assert report.masked(text, first, last) == shown

    def test_name_quarters_and_when_they_are_due(self):
        assert report.name_of(FOURTH) == "2026Q4" and report.due(FOURTH) == date(2027, 1, 31)
        assert [report.name_of(each) for each in report.quarters(date(2026, 2, 1))][:2] == ["2026Q1", "2025Q4"]
