"""The example of docs/money.md §4, computed by the rules and compared with the numbers printed there."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from marketplace.core.money import split, to_fen, to_yuan
from marketplace.settlement import postings, shares
from marketplace.settlement.kinds import AccountKind, Place
from marketplace.settlement.netting import net
from marketplace.settlement.plans import clearing, of
from marketplace.settlement.shares import Back, LineShare, OrderShare

A, B = 1, 2
NOW = timezone.now()
GOODS = {"A1": 11980, "A2": 3990, "B1": 5280}
OWN = dict(zip(["A1", "A2"], split(1000, [GOODS["A1"], GOODS["A2"]]), strict=True)) | {"B1": 0}
LEFT = {line: GOODS[line] - OWN[line] for line in GOODS}
PLATFORM = dict(zip(GOODS, split(2000, list(LEFT.values())), strict=True))
RATE = {"A1": 300, "A2": 300, "B1": 500}
LINES = {
    line: LineShare(GOODS[line], OWN[line], PLATFORM[line], shares.commission(LEFT[line], RATE[line])) for line in GOODS
}
ORDER_A = OrderShare({1: LINES["A1"], 2: LINES["A2"]}, freight=800)
ORDER_B = OrderShare({3: LINES["B1"]})


def printed(heading: str) -> dict[str, list[Decimal | None]]:
    """A table of docs/money.md by the first word or digit of its rows; None where a cell is empty."""
    text = (Path(settings.BASE_DIR) / "docs" / "money.md").read_text()
    table = text[text.index(heading) :].split("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return {row[0]: [number(cell) for cell in row[1:]] for row in rows}


def number(cell: str) -> Decimal | None:
    found = re.sub(r"[+¥]", "", cell.replace("−", "-"))
    return Decimal(found) if found else None


class TestWhoGetsWhat:
    @pytest.mark.parametrize(
        ("row", "amount"),
        [
            ("goods", lambda line: line.goods),
            ("A's voucher", lambda line: -line.own_discount),
            ("platform's voucher", lambda line: -line.platform_discount),
            ("buyer pays", lambda line: line.paid),
            ("commission", lambda line: line.commission),
            ("seller's share", lambda line: line.share),
        ],
    )
    def test_is_what_the_table_says(self, row, amount):
        table = printed("| | A1 rice × 2 |")
        cells = next(cells for name, cells in table.items() if name.startswith(row))

        computed = [amount(line) for line in LINES.values()]

        assert [to_yuan(fen) for fen in [*computed, sum(computed)]] == [cell or Decimal("0.00") for cell in cells]

    def test_adds_up_to_what_the_buyer_pays(self):
        assert to_yuan(ORDER_A.paid + ORDER_B.paid) == Decimal("190.50")


def steps():
    """The seven steps as plans."""
    debt = of(AccountKind.DEBT, A)
    share = ORDER_A.share
    whole, part = LINES["A2"].back(LINES["A2"].paid), LINES["A1"].back(2000)
    return {
        "1": [
            postings.sale(order=1, seller=A, share=ORDER_A, place="demo", at=NOW),
            postings.sale(order=2, seller=B, share=ORDER_B, place="demo", at=NOW),
        ],
        "2": [postings.release(order=1, seller=A, fen=share, at=NOW)],
        "3": [postings.payout(payout=1, seller=A, total=share, netted=0, at=NOW)],
        "4": [postings.payout_sent(payout=1, seller=A, fen=share, place=Place.BANK, at=NOW)],
        "5": [postings.refund(cause="r1", order=1, source=debt, back=whole, at=NOW)],
        "6": [postings.refund(cause="r2", order=1, source=debt, back=part, at=NOW)],
        "7": [
            postings.refund_sent(f"sent{n}", fen=back.refunded, place="demo", order=1, at=NOW)
            for n, back in [(1, whole), (2, part)]
        ],
    }


COLUMNS = [
    clearing("demo"),
    of(AccountKind.HELD, A),
    of(AccountKind.AVAILABLE, A),
    of(AccountKind.LEAVING, A),
    of(AccountKind.DEBT, A),
    of(AccountKind.HELD, B),
    of(AccountKind.COMMISSION),
    of(AccountKind.PROMOTION),
    of(AccountKind.BUYERS),
    clearing(Place.BANK),
]


def moved(plans) -> list[int]:
    """Fen by column."""
    return [sum(leg.fen for plan in plans for leg in plan.legs if leg.holder == column) for column in COLUMNS]


class TestTheSteps:
    @pytest.mark.parametrize("step", list("1234567"))
    def test_move_what_the_table_says(self, step):
        table = printed("| Step | provider |")
        cells = next(cells for name, cells in table.items() if name.startswith(step))

        assert moved(steps()[step]) == [to_fen(cell or Decimal("0.00")) for cell in cells]

    def test_end_in_the_balances_it_says(self):
        everything = [plan for plans in steps().values() for plan in plans]

        assert moved(everything) == [to_fen(cell) for cell in printed("| Step | provider |")["balances"]]

    def test_net_the_debt_from_the_next_payout(self):
        assert net([8000], 5780) == [2220]


class TestRefundsInParts:
    """In any number of parts, and whatever the discounts, everything is back at the end and nobody pays twice."""

    @pytest.mark.parametrize("discount", [0, 1, 333, 900, 2800])
    @pytest.mark.parametrize("basis_points", [0, 1, 333, 5000])
    @pytest.mark.parametrize("step", [1, 7, 199])
    def test_never_take_more_than_she_got(self, discount, basis_points, step):
        line = LineShare(3000, 100, discount, shares.commission(2900, basis_points))
        before, refunded = Back(), 0
        while refunded < line.paid:
            refunded = min(refunded + step, line.paid)
            back = line.back(refunded)
            assert (back - before).from_seller >= 0
            assert back.from_seller <= line.share
            before = back

        assert before == Back(line.paid, line.commission, line.platform_discount)
        assert before.from_seller == line.share

    def test_give_all_back_of_a_line_the_platform_paid_for(self):
        line = LineShare(1000, 0, 1000, 50)

        assert line.back(0) == Back()
        assert line.back(0, gone=True).from_seller == line.share == 950
