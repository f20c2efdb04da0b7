"""Cases as buyers, guests, shops and staff meet them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.aftersales import actions as cases
from marketplace.aftersales.models import Case, CaseEntry, CasePhoto
from marketplace.core.models import Notice
from marketplace.payment.models import Refund
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import shop
from tests.cases import ZTO, a_case, an_order, photo

pytestmark = pytest.mark.django_db
D = Decimal
SHED = "样例粮铺 0452-000000 讷河示例路 8 号"


@pytest.fixture
def people(django_user_model):
    """Makes persons."""

    def make(**fields):
        return django_user_model.objects.create_user(mobile=f"1390000{django_user_model.objects.count():04}", **fields)

    return make


@pytest.fixture
def buyer(people, client):
    user = people()
    client.force_login(user)
    return user


def member(people, client, order, role=TeamRole.OWNER):
    user = people()
    team.join(seller=order.seller, user=user, role=role)
    client.force_login(user)
    return client


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def picture(name="bag.jpg"):
    return SimpleUploadedFile(name, photo().read(), content_type="image/webp")


def asks(order, *, pieces=1, amount="", **more):
    """What the form sends about the first line."""
    line = order.lines.order_by("id")[0]
    return {
        "kind": "compensation",
        "reason": "damaged",
        "text": "袋子破了",
        f"n-{line.pk}": pieces,
        f"yuan-{line.pk}": amount,
        "photos": [picture()],
    } | more


def ask(client, order, **typed):
    return client.post(reverse("customer:ask", args=[order.number]), asks(order, **typed))


class TestAsking:
    @pytest.mark.parametrize(("pieces", "amount", "expected"), [(1, "", "10.00"), (2, "", "20.00"), (1, "4.5", "4.50")])
    def test_takes_the_amount_or_what_the_pieces_cost(self, client, buyer, pieces, amount, expected):
        order = an_order(owner=buyer)

        answer = ask(client, order, pieces=pieces, amount=amount)

        case = Case.objects.get()
        assert answer.url == case.get_absolute_url()
        assert (case.asked, CasePhoto.objects.count()) == (D(expected), 1)

    @pytest.mark.parametrize("sent", [False, True])
    def test_offers_what_the_order_allows(self, client, buyer, sent):
        order = an_order(owner=buyer, sent=sent)

        page = page_of(client.get(reverse("customer:ask", args=[order.number])))

        assert len(page.select("[name=kind]")) == (4 if sent else 1)

    @pytest.mark.parametrize(
        "typed",
        [
            {"amount": "20.01"},
            {"amount": "-1"},
            {"amount": "x"},
            {"pieces": 3},
            {"pieces": 0},
            {"kind": "everything"},
            {"reason": ""},
            {"photos": []},
            {"text": "a" * 501},
        ],
        ids=str,
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client, buyer, typed):
        order = an_order(owner=buyer)

        answer = ask(client, order, **typed)

        page = page_of(answer)
        assert answer.status_code == 200 and page.select(".field__error")
        assert "袋子破了" in page.text or "text" in typed
        assert not Case.objects.exists()

    @pytest.mark.parametrize("file", ["script", "seven"])
    def test_takes_photos_only_and_six_at_most(self, client, buyer, file):
        order = an_order(owner=buyer)
        photos = [SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>")] if file == "script" else None

        answer = ask(client, order, photos=photos or [picture() for _n in range(7)])

        assert page_of(answer).select(".field__error") and not CasePhoto.objects.exists()

    def test_twice_leads_to_the_same_case(self, client, buyer):
        order = an_order(owner=buyer)

        first, second = ask(client, order), ask(client, order)

        assert first.url == second.url and Case.objects.count() == 1

    def test_is_not_offered_when_the_time_is_over(self, client, buyer):
        order = an_order(owner=buyer, received=True)
        order.received_at = timezone.now() - timedelta(days=16)
        order.save()

        assert not page_of(client.get(reverse("customer:ask", args=[order.number]))).select("[name=kind]")
        assert reverse("customer:ask", args=[order.number]) not in client.get(order.get_absolute_url()).content.decode()

    def test_works_for_a_guest_by_her_link(self, client):
        order = an_order()
        token = order.purchase.token

        answer = client.post(reverse("checkout:ask", args=[token, order.number]), asks(order))

        case = Case.objects.get()
        assert answer.url == reverse("checkout:case", args=[token, case.number])
        assert client.get(answer.url).status_code == 200
        client.post(reverse("checkout:case-deed", args=[token, case.number, "withdraw"]))
        assert Case.objects.get().state == "withdrawn"


def deed(client, case, name, *, room="customer", **typed):
    return client.post(reverse(f"{room}:case-deed", args=[case.number, name]), typed)


class TestTheBuyer:
    def test_writes_shows_and_is_masked(self, client, buyer):
        case = a_case(an_order(owner=buyer))

        deed(client, case, "say", text="打我 13800000001 <script>alert(1)</script>", photos=[picture()])

        page = client.get(case.get_absolute_url()).content.decode()
        assert "138****0001" in page and "<script>alert" not in page
        shown = client.get(page_of(client.get(case.get_absolute_url())).select(".talk__pics a")[-1]["href"])
        assert shown.headers["Content-Type"] == "image/webp"

    def test_says_nothing_with_nothing(self, client, buyer):
        case = a_case(an_order(owner=buyer))

        answer = deed(client, case, "say", text=" ")

        assert page_of(answer).select(".deed[open] .field__error") and CaseEntry.objects.count() == 1

    def test_accepts_an_offer_once(self, client, buyer):
        case = a_case(an_order(owner=buyer))
        line = case.lines.get()
        cases.offer(case=case, amounts={line.line_id: D("3.00")}, by=None, at=timezone.now())

        for _time in range(2):
            deed(client, case, "accept")

        assert Refund.objects.get().amount == D("3.00")

    def test_sends_back_with_a_number(self, client, buyer):
        case = a_case(an_order(owner=buyer), kind="return")
        cases.agree(case=case, return_address=SHED, by=None, at=timezone.now())

        assert SHED in client.get(case.get_absolute_url()).content.decode()
        deed(client, case, "send-back", tracking_number="SF1234567890123")

        case.refresh_from_db()
        assert (case.state, case.return_carrier) == ("returning", "shunfeng")

    def test_asks_staff_with_a_reason_only(self, client, buyer):
        case = a_case(an_order(owner=buyer))
        cases.refuse(case=case, text="没有坏", by=None, at=timezone.now())

        deed(client, case, "escalate", text="")
        assert Case.objects.get().state == "refused"
        deed(client, case, "escalate", text="照片上看得见")
        assert Case.objects.get().state == "escalated"

    def test_does_nothing_a_shop_or_staff_does(self, client, buyer):
        case = a_case(an_order(owner=buyer))

        answers = {name: deed(client, case, name).status_code for name in ("agree", "offer", "decide", "nonsense")}

        assert set(answers.values()) == {404} and Case.objects.get().state == "asked"


class TestTheShop:
    def test_agrees_and_pays_once(self, people, client):
        case = a_case()
        member(people, client, case.order)

        for _time in range(2):
            deed(client, case, "agree", room="seller", text="对不住")

        assert Refund.objects.get().amount == D("4.00")

    def test_names_where_goods_come_back_to(self, people, client):
        case = a_case(kind="return")
        member(people, client, case.order)

        deed(client, case, "agree", room="seller", return_address="")
        assert Case.objects.get().state == "asked"
        deed(client, case, "agree", room="seller", return_address=SHED)
        assert Case.objects.get().return_address == SHED

    def test_offers_per_line_and_never_above_what_was_paid(self, people, client):
        case = a_case()
        line = case.lines.get().line_id
        member(people, client, case.order)

        answer = deed(client, case, "offer", room="seller", **{f"yuan-{line}": "20.01"})
        assert page_of(answer).select(".deed[open] .field__error")
        deed(client, case, "offer", room="seller", **{f"yuan-{line}": "2.50"})

        assert Case.objects.get().agreed == D("2.50")

    def test_takes_back_and_fills_the_shelf(self, people, client):
        case = a_case(an_order(received=True), kind="return")
        cases.agree(case=case, return_address=SHED, by=None, at=timezone.now())
        cases.send_back(case=case, by=None, at=timezone.now(), **ZTO)
        member(people, client, case.order)

        deed(client, case, "take-back", room="seller", restock="on")

        case.refresh_from_db()
        assert (case.state, case.restocked) == ("refunded", True)

    def test_refuses_with_a_reason(self, people, client):
        case = a_case()
        member(people, client, case.order)

        deed(client, case, "refuse", room="seller")
        assert Case.objects.get().state == "asked"
        deed(client, case, "refuse", room="seller", text="照片看不清")
        assert Case.objects.get().state == "refused"

    def test_lets_a_packer_talk_and_send_but_see_and_move_no_money(self, people, client):
        case = a_case(None, "0", kind="resend")
        paying = a_case(an_order(of=case.order.seller))
        cases.agree(case=case, by=None, at=timezone.now())
        member(people, client, case.order, TeamRole.PACKER)

        pages = [client.get(reverse("seller:cases")), client.get(reverse("seller:case", args=[paying.number]))]
        refused = [deed(client, paying, name, room="seller").status_code for name in ("agree", "offer", "refuse")]
        deed(client, paying, "say", room="seller", text="我看看")
        deed(client, case, "resend", room="seller", tracking_number="73100000000024")

        assert not any("¥" in answer.content.decode() for answer in pages)
        assert refused == [404, 404, 404] and not Refund.objects.exists()
        assert paying.entries.count() == 2 and Case.objects.get(pk=case.pk).state == "resent"

    def test_sees_its_clock_at_home_and_in_the_list(self, people, client):
        case = a_case()
        member(people, client, case.order)

        assert "还有 47 小时" in client.get("/seller/").content.decode()
        assert case.get_state_display() in client.get(reverse("seller:cases")).content.decode()

    @pytest.mark.parametrize("state", ["", "open", "closed"])
    def test_asks_the_database_as_often_for_ten_cases_as_for_one(self, people, client, state):
        of, counts = shop.seller("样例粮铺", fee="8.00"), []
        for more in (1, 9):
            for _time in range(more):
                case = a_case(an_order(of=of))
                if state == "closed":
                    cases.withdraw(case=case, by=None, at=timezone.now())
            member(people, client, case.order)
            client.get(reverse("seller:cases"))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("seller:cases"), {"state": state})
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestStaff:
    @pytest.fixture
    def operator(self, client, django_user_model):
        client.force_login(django_user_model.objects.create_superuser(mobile="13900009999"))
        return client

    def test_decide_with_reasons_once(self, operator):
        case = a_case()
        cases.refuse(case=case, text="没有坏", by=None, at=timezone.now())
        cases.escalate(case=case, text="有", by=None, at=timezone.now())
        typed = {"outcome": "refund", f"yuan-{case.lines.get().line_id}": "4.00"}

        assert case.number in operator.get(reverse("dashboard:case-list")).content.decode()
        page = operator.get(reverse("dashboard:case", args=[case.number])).content.decode()
        assert "申请金额" in page
        assert page.index("审批结果") < page.index("最多还可退")
        deed(operator, case, "decide", room="dashboard", text="", **typed)
        assert Case.objects.get().state == "escalated"
        for _time in range(2):
            deed(operator, case, "decide", room="dashboard", text="照片清楚", **typed)

        assert Refund.objects.get().amount == D("4.00")
        assert "照片清楚" in CaseEntry.objects.get(move="decide_refund").text


class TestWhoReads:
    """Another buyer, another seller: 404 for reading and writing, and nothing changes."""

    def addresses(self, room, case):
        yield "get", reverse(f"{room}:case", args=[case.number])
        yield "get", reverse(f"{room}:case-photo", args=[case.number, CasePhoto.objects.get().pk])
        for name in ("say", "withdraw", "accept", "escalate", "agree", "refuse", "offer"):
            yield "post", reverse(f"{room}:case-deed", args=[case.number, name])

    def test_another_buyer_finds_nothing(self, client, buyer, people):
        case = a_case(an_order(owner=people()))

        answers = [getattr(client, method)(where).status_code for method, where in self.addresses("customer", case)]
        answers.append(ask(client, case.order).status_code)

        assert set(answers) == {404} and CaseEntry.objects.count() == 1

    @pytest.mark.parametrize("role", TeamRole.values)
    def test_another_seller_finds_nothing(self, client, people, role):
        case = a_case()
        member(people, client, an_order(), role)

        answers = [getattr(client, method)(where).status_code for method, where in self.addresses("seller", case)]

        assert set(answers) == {403 if role == TeamRole.BOOKKEEPER else 404} and CaseEntry.objects.count() == 1

    def test_a_wrong_link_finds_nothing(self, client):
        case, other = a_case(), an_order()

        assert client.get(reverse("checkout:case", args=[other.purchase.token, case.number])).status_code == 404

    def test_a_photo_is_found_under_its_own_case_only(self, client, buyer):
        case, mine = a_case(), a_case(an_order(owner=buyer))
        strange = CasePhoto.objects.get(entry__case=case)

        assert client.get(reverse("customer:case-photo", args=[mine.number, strange.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_each_side_is_told_of_what_the_other_did(people, client, django_user_model):
    buyer = django_user_model.objects.create_user(mobile="13900007777")
    order = an_order(owner=buyer)
    owner = django_user_model.objects.create_user(mobile="13900007778")
    team.join(seller=order.seller, user=owner, role=TeamRole.OWNER)
    case = a_case(order)

    cases.refuse(case=case, text="没有坏", by=owner, at=timezone.now())

    told = Notice.objects.filter(cause__startswith="case:").values_list("user", "link")
    assert set(told) == {
        (owner.pk, reverse("seller:case", args=[case.number])),
        (buyer.pk, case.get_absolute_url()),
    }
