"""After-sale cases: what may be asked, who moves them, where the money and the goods go."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from marketplace.aftersales import actions as cases
from marketplace.aftersales import overdue
from marketplace.aftersales.models import Case, CasePhoto
from marketplace.aftersales.states import CASE_MOVES, CLOSED, OPEN, TURNS, CaseState, Side
from marketplace.core.states import IllegalMove
from marketplace.order import actions as orders
from marketplace.order.models import Order
from marketplace.payment.models import Refund
from tests import shop
from tests.cases import ZTO, a_case, an_order, wishes

pytestmark = pytest.mark.django_db
D = Decimal
SHED = "样例粮铺 0452-000000 讷河示例路 8 号"


def now():
    return timezone.now()


class TestTheTable:
    def test_gives_every_open_state_a_turn_and_no_closed_one(self):
        assert set(TURNS) == OPEN

    def test_leads_out_of_every_open_state_and_of_no_closed_one(self):
        sources = frozenset().union(*(states for states, _target in CASE_MOVES.moves.values()))

        assert sources == OPEN
        assert not sources & CLOSED

    def test_lets_time_make_only_moves_that_exist(self):
        for state, turn in TURNS.items():
            assert turn.then is None or CASE_MOVES.allows(turn.then, state)


class TestOpenCase:
    def test_keeps_what_was_asked_with_its_photo_and_starts_the_shops_clock(self):
        opened = now()
        case = a_case(at=opened)

        assert (case.state, case.due_at) == ("asked", opened + timedelta(hours=48))
        assert case.asked == D("4.00")
        assert CasePhoto.objects.get().entry.case == case

    def test_masks_the_number_of_a_phone(self):
        order = an_order()
        case = cases.open_case(
            order=order,
            kind="refund",
            reason="not_arrived",
            text="请打 138 0000 0001",
            wishes=wishes(order, "1.00"),
            by=None,
            at=now(),
        )

        assert case.entries.get().text == "请打 138****0001"

    def test_leads_a_second_request_to_the_open_one(self):
        case = a_case()

        with pytest.raises(cases.AlreadyOpen) as second:
            a_case(case.order)
        assert second.value.case == case

    def test_stops_time_from_confirming_receipt(self):
        order = an_order()
        case = a_case(order)

        assert orders.confirm_overdue_receipts(order.confirm_receipt_by) == 0
        cases.withdraw(case=case, by=None, at=order.confirm_receipt_by)
        order.refresh_from_db()
        assert orders.confirm_overdue_receipts(order.confirm_receipt_by) == 1

    @pytest.mark.parametrize(
        ("asked", "why"),
        [
            pytest.param({"amounts": ("20.01",)}, "超过", id="above what was paid"),
            pytest.param({"amounts": ("1.00",), "freight": "99.00"}, "超过", id="above the freight"),
            pytest.param({"amounts": ("1.00",), "quantity": 3}, "数量", id="more pieces than bought"),
            pytest.param({"photos": 0}, "照片", id="spoilt goods without a photo"),
            pytest.param({"kind": "resend"}, "补寄", id="sent again and paid"),
            pytest.param({"kind": "refund", "reason": "changed_mind"}, "退货", id="no reason and nothing sent back"),
        ],
    )
    def test_is_refused_in_words(self, asked, why):
        amounts = asked.pop("amounts", ("4.00",))

        with pytest.raises(cases.CaseRefused) as refusal:
            a_case(an_order(), *amounts, **asked)

        assert why in refusal.value.for_people
        assert not Case.objects.exists()

    def test_offers_only_a_refund_while_nothing_was_sent(self):
        with pytest.raises(cases.CaseRefused):
            a_case(an_order(sent=False), kind="return", reason="other")

    def test_is_refused_for_fresh_goods_without_a_reason(self):
        order = an_order(received=True, return_exempt=True)

        with pytest.raises(cases.CaseRefused):
            a_case(order, kind="return", reason="changed_mind")

    def test_is_refused_when_the_time_is_over(self):
        order = an_order(received=True)

        with pytest.raises(cases.CaseRefused):
            a_case(order, at=now() + timedelta(days=16))

    def test_sends_a_buyer_who_pays_the_courier_to_confirm_first(self):
        order = an_order(method="cash")

        with pytest.raises(cases.CaseRefused, match="快递员"):
            a_case(order)
        orders.confirm_receipt(order=order, by=None, at=now())
        assert a_case(order).state == "asked"


class TestMoney:
    def test_follows_the_shops_consent(self):
        case = cases.agree(case=a_case(), by=None, at=now())

        assert (case.state, case.refund.amount) == ("refunded", D("4.00"))
        assert case.refund.lines.get().amount == D("4.00")
        assert not Case.objects.open().exists()

    def test_follows_an_offer_only_once_the_buyer_takes_it(self):
        case = a_case()
        line = case.lines.get().line_id

        cases.offer(case=case, amounts={line: D("2.50")}, by=None, at=now(), text="坏了四分之一")
        assert not Refund.objects.exists()
        cases.accept(case=case, by=None, at=now())

        assert Refund.objects.get().amount == D("2.50")

    def test_never_exceeds_what_is_left(self):
        order = an_order(quantity=1)
        first = a_case(order, "8.00")
        cases.agree(case=first, by=None, at=now())

        with pytest.raises(cases.CaseRefused):
            a_case(order, "2.01")

    def test_of_unsent_goods_keeps_them_here(self):
        order = an_order(sent=False)
        bag = order.lines.order_by("id")[0]
        case = a_case(order, "10.00", kind="refund", reason="late", photos=0)

        cases.agree(case=case, by=None, at=now())

        bag.refresh_from_db()
        assert (bag.num_allocated, bag.stockrecord.num_allocated, bag.stockrecord.num_in_stock) == (1, 1, 10)
        assert Order.objects.get().status == "awaiting_shipment"

    def test_of_a_whole_unsent_order_closes_it(self):
        order = an_order(sent=False)
        case = a_case(order, "20.00", "60.00", quantity=2, freight=str(order.freight), kind="refund", reason="late")

        cases.agree(case=case, by=None, at=now())

        assert Order.objects.get().status == "closed"
        assert Refund.objects.get().amount == order.total

    def test_of_everything_closes_an_order_that_never_arrived(self):
        order = an_order()
        case = a_case(
            order, "20.00", "60.00", quantity=2, freight=str(order.freight), kind="refund", reason="not_arrived"
        )

        cases.agree(case=case, by=None, at=now())

        assert Order.objects.get().status == "closed"

    def test_leaves_a_partly_refunded_order_as_it_is(self):
        order = an_order(sent=False)

        cases.agree(case=a_case(order, "5.00", kind="refund", reason="late", photos=0), by=None, at=now())

        assert order.lines.order_by("id")[0].num_allocated == 2


class TestReturn:
    def test_brings_money_and_goods_back_together(self):
        case = a_case(an_order(received=True), "10.00", kind="return", reason="changed_mind")
        record = case.lines.get().line.stockrecord

        cases.agree(case=case, return_address=SHED, by=None, at=now())
        cases.send_back(case=case, by=None, at=now(), **ZTO)
        assert not Refund.objects.exists()
        cases.take_back(case=case, restock=True, by=None, at=now())

        record.refresh_from_db()
        assert record.num_in_stock == 9
        assert Refund.objects.get().amount == D("10.00")

    def test_of_spoilt_goods_fills_no_shelf(self):
        case = a_case(an_order(received=True), "10.00", kind="return")
        cases.agree(case=case, return_address=SHED, by=None, at=now())

        cases.take_back(case=case, restock=False, by=None, at=now())

        assert case.lines.get().line.stockrecord.num_in_stock == 8

    def test_needs_an_address_to_come_back_to(self):
        case = a_case(an_order(received=True), "10.00", kind="return")

        with pytest.raises(cases.CaseRefused):
            cases.agree(case=case, by=None, at=now())

        assert Case.objects.get().state == "asked"


class TestResend:
    def test_takes_free_stock_and_shows_its_parcel(self):
        case = a_case(an_order(), "0", kind="resend")
        record = case.lines.get().line.stockrecord

        cases.agree(case=case, by=None, at=now())
        sent = cases.resend(case=case, carrier="zhongtong", tracking_number="73100000000024", by=None, at=now())

        record.refresh_from_db()
        assert (record.num_in_stock, sent.order.parcels.count()) == (7, 2)
        assert cases.confirm_resend(case=case, by=None, at=now()).state == "settled"

    def test_is_refused_when_nothing_is_left(self):
        case = a_case(an_order(), "0", kind="resend")
        record = case.lines.get().line.stockrecord
        record.num_in_stock = 0
        record.save()
        cases.agree(case=case, by=None, at=now())

        with pytest.raises(cases.CaseRefused, match="库存"):
            cases.resend(case=case, carrier="zhongtong", tracking_number="73100000000024", by=None, at=now())
        assert Case.objects.get().state == "awaiting_resend"


class TestStaff:
    def escalated(self):
        case = a_case()
        cases.refuse(case=case, by=None, at=now(), text="寄出时是好的")
        return cases.escalate(case=case, by=None, at=now(), text="照片上看得清")

    def test_decide_with_reasons(self):
        case = self.escalated()

        decided = cases.decide(
            case=case,
            outcome="refund",
            amounts={case.lines.get().line_id: D("3.00")},
            by=None,
            at=now(),
            text="照片清楚",
        )

        assert (decided.state, decided.refund.amount) == ("refunded", D("3.00"))
        assert decided.entries.last().text == "照片清楚"

    def test_decide_nothing_without(self):
        with pytest.raises(cases.CaseRefused):
            cases.decide(case=self.escalated(), outcome="rejection", amounts={}, by=None, at=now(), text=" ")

    def test_wait_until_they_are_asked(self):
        with pytest.raises(IllegalMove):
            cases.decide(case=a_case(), outcome="rejection", amounts={}, by=None, at=now(), text="因为")


class TestTime:
    def test_takes_an_unanswered_request_to_staff_and_moves_no_money(self):
        case = a_case()

        assert overdue.move_overdue(case.due_at) == 1
        assert Case.objects.get().state == "escalated"
        assert not Refund.objects.exists()

    def test_pays_an_unanswered_offer(self):
        case = a_case()
        cases.offer(case=case, amounts={case.lines.get().line_id: D("2.00")}, by=None, at=now())

        overdue.move_overdue(Case.objects.get().due_at)

        assert Refund.objects.get().amount == D("2.00")
        assert case.entries.last().side == Side.CLOCK

    def test_leaves_those_who_still_have_time(self):
        case = a_case()

        assert overdue.move_overdue(case.due_at - timedelta(seconds=1)) == 0

    def test_closes_what_the_buyer_does_not_pursue(self):
        cases.refuse(case=a_case(), by=None, at=now(), text="寄出时是好的")

        overdue.move_overdue(Case.objects.get().due_at)

        assert Case.objects.get().state == "lapsed"

    def test_hurries_no_staff(self):
        case = a_case()
        overdue.move_overdue(case.due_at)

        assert overdue.move_overdue(Case.objects.get().due_at) == 0


class TestSay:
    def test_adds_a_word_and_moves_nothing(self):
        case = a_case()

        cases.say(case=case, side=Side.SELLER, text="正在查", by=None, at=now())

        assert Case.objects.get().state == "asked"
        assert case.entries.last().move == ""

    def test_is_over_when_the_case_is(self):
        case = a_case()
        cases.withdraw(case=case, by=None, at=now())

        with pytest.raises(IllegalMove):
            cases.say(case=case, side=Side.BUYER, text="还有", by=None, at=now())


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_nothing_moves_a_closed_case(state):
    assert not any(CASE_MOVES.allows(move, state) for move in CASE_MOVES.moves)
    assert state not in {CaseState.ASKED}


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_case_however_often_it_is_pressed(self):
        order = an_order()

        answers = shop.at_once([partial(a_case, order)] * 12, workers=12)

        assert Case.objects.count() == 1
        assert sum(isinstance(answer, cases.AlreadyOpen) for answer in answers) == 11

    def test_one_refund_however_many_agree_and_decide(self):
        case = a_case()
        line = case.lines.get().line_id
        cases.offer(case=case, amounts={line: D("2.00")}, by=None, at=now())
        agree = partial(cases.agree, case=case, by=None, at=now())
        accept = partial(cases.accept, case=case, by=None, at=now())

        shop.at_once([agree, accept] * 8, workers=16)

        assert Refund.objects.count() == 1
        assert Refund.objects.get().amount == Case.objects.get().agreed
