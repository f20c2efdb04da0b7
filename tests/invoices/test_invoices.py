"""Invoices: what buyers ask, what sellers answer, for how much, and what a refund makes of it."""

import io
from decimal import Decimal
from functools import partial
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.models import AuditEntry, Notice
from marketplace.core.states import IllegalMove
from marketplace.invoices import actions, export, rules
from marketplace.invoices.forms import AskForm, IssueForm
from marketplace.invoices.models import InvoiceRequest
from marketplace.invoices.receivers import buyer_has_left
from marketplace.payment import actions as payments
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import shop
from tests.settlement.test_sales_and_refunds import received

pytestmark = pytest.mark.django_db
RIGHT = "91230281MA1B2C3D4Q"
TYPED = {"kind": "person", "title": "王样例", "tax_number": "", "email": "buyer@example.com"}
PDF = SimpleUploadedFile("fapiao.pdf", b"%PDF-1.7 sample", "application/pdf")


@pytest.fixture
def buyer():
    return User.objects.create(mobile="+8613900000011", nickname="示例买家")


@pytest.fixture
def order(buyer):
    return an_order(owner=buyer)


def an_order(*, pay=True, **changes):
    """Two bags for 40.00 each and freight, of a cooperative."""
    goods = shop.product(shop.seller("甲店", fee="8.00", kind="cooperative"), price="40.00", grams=500)
    bought = shop.buy(goods, quantity=2, **changes)
    if pay:
        payments.complete(attempt=bought.attempts.get(), at=timezone.now())
    return bought.orders.get()


def ask(order, **changes):
    return actions.ask(order=order, by=order.user, at=timezone.now(), **(TYPED | changes))


def issue(invoice, number="26000001", file=None):
    return actions.issue(invoice=invoice, number=number, file=file, by=None, at=timezone.now())


def give_back(order, amount, cause="x"):
    line = order.lines.get().pk
    payments.refund_lines(order=order, amounts={line: Decimal(amount)}, cause=cause, by=None, at=timezone.now())


class TestTheForm:
    @pytest.mark.parametrize(
        ("typed", "number"),
        [
            ({"kind": "company", "tax_number": RIGHT}, RIGHT),
            ({"kind": "company", "tax_number": " 9123 0281 ma1b 2c3d 4q "}, RIGHT),
            ({"kind": "person", "tax_number": "nonsense"}, ""),
        ],
        ids=["right", "with spaces", "none for a person"],
    )
    def test_takes(self, typed, number):
        form = AskForm(TYPED | typed)

        assert form.is_valid(), form.errors
        assert form.cleaned_data["tax_number"] == number

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"kind": "company"}, "tax_number"),
            ({"kind": "company", "tax_number": RIGHT[:-1] + "H"}, "tax_number"),
            ({"kind": "company", "tax_number": RIGHT[:-1]}, "tax_number"),
            ({"title": "  "}, "title"),
            ({"email": "nowhere"}, "email"),
            ({"email": "a@" + "b." * 130 + "cn"}, "email"),
            ({"kind": "king"}, "kind"),
        ],
        ids=["no number", "wrong check digit", "too short", "no title", "no address", "long address", "no such kind"],
    )
    def test_refuses(self, typed, field):
        assert list(AskForm(TYPED | typed).errors) == [field]

    @pytest.mark.parametrize(
        ("content", "ending"), [(b"%PDF-1.4 x", "pdf"), (b"<html><script>", None), (b"PK\x03\x04broken", None)]
    )
    def test_takes_papers_and_no_pages(self, content, ending):
        form = IssueForm({"number": "1"}, {"file": SimpleUploadedFile("a.pdf", content)})

        assert form.is_valid() is (ending is not None)
        assert ending is None or form.cleaned_data["file"].name.endswith(ending)

    def test_takes_the_tax_offices_archive_and_no_other(self):
        for name, is_good in (("OFD.xml", True), ("word/document.xml", False)):
            packed = io.BytesIO()
            with ZipFile(packed, "w") as archive:
                archive.writestr(name, "<x/>")
            form = IssueForm({"number": "1"}, {"file": SimpleUploadedFile("a.ofd", packed.getvalue())})
            assert form.is_valid() is is_good


class TestAsking:
    def test_is_for_goods_after_refunds_and_without_freight(self, order):
        assert rules.amount_of(order) == Decimal("80.00")

        give_back(order, "12.34")

        assert rules.amount_of(order) == Decimal("67.66")

    def test_is_one_request_however_often_it_is_pressed(self, order):
        assert ask(order) == ask(order)
        assert AuditEntry.objects.filter(action__startswith="invoice.").count() == 1

    def test_can_be_put_right_until_it_is_issued(self, order):
        ask(order)
        assert ask(order, kind="company", title="示例公司", tax_number=RIGHT).title == "示例公司"

        issue(InvoiceRequest.objects.get())

        assert ask(order).title == "示例公司"

    @pytest.mark.parametrize("how", ["unpaid", "given back", "cancelled"])
    def test_needs_something_paid(self, buyer, how):
        order = an_order(owner=buyer, pay=how != "unpaid")
        if how == "given back":
            give_back(order, "80.00")
        elif how == "cancelled":
            payments.cancel_order(order=order, by=None, at=timezone.now())
        order.refresh_from_db()

        with pytest.raises(actions.InvoiceRefused):
            ask(order)

    def test_of_cash_is_possible_once_it_was_paid(self, buyer):
        order = an_order(owner=buyer, pay=False, payment_method="cash")
        with pytest.raises(actions.InvoiceRefused):
            ask(order)

        received(order)
        order.refresh_from_db()

        assert ask(order).state == "asked"

    def test_again_after_it_was_declined(self, order):
        first = ask(order)
        actions.decline(invoice=first, reason="重复申请", by=None, at=timezone.now())

        assert ask(order) != first

    def test_the_database_keeps_a_company_without_number_out(self, order):
        with pytest.raises(IntegrityError), transaction.atomic():
            InvoiceRequest.objects.create(order=order, asked_at=timezone.now(), **(TYPED | {"kind": "company"}))


class TestIssuing:
    def test_freezes_what_it_is_for(self, order):
        give_back(order, "12.34")

        assert issue(ask(order)).amount == Decimal("67.66")

    def test_twice_changes_nothing(self, order):
        invoice = issue(ask(order))

        assert issue(invoice, "another").number == "26000001"

    def test_has_to_be_cancelled_after_a_refund_and_is_issued_anew(self, order):
        invoice = issue(ask(order))
        assert not rules.has_to_be_cancelled(invoice)

        give_back(order, "20.00")
        assert rules.has_to_be_cancelled(invoice)

        again = issue(invoice, "26000002")
        assert (again.number, again.amount, rules.has_to_be_cancelled(again)) == ("26000002", Decimal("60.00"), False)

    def test_anew_without_a_file_keeps_no_file_of_the_one_before(self, order):
        invoice = issue(ask(order), file=ContentFile(b"%PDF-1.4 x", "invoice.pdf"))
        give_back(order, "20.00")

        assert invoice.file and not issue(invoice, "26000002").file

    def test_and_declining_exclude_each_other(self, order):
        invoice = issue(ask(order))
        with pytest.raises(IllegalMove):
            actions.decline(invoice=invoice, reason="x", by=None, at=timezone.now())

    def test_is_told_to_each_side_once(self, order, buyer, django_capture_on_commit_callbacks):
        owner = User.objects.create(mobile="+8613900000021", nickname="示例店主")
        packer = User.objects.create(mobile="+8613900000022", nickname="示例打包")
        team.join(seller=order.seller, user=owner, role=TeamRole.OWNER)
        team.join(seller=order.seller, user=packer, role=TeamRole.PACKER)
        with django_capture_on_commit_callbacks(execute=True):
            invoice = ask(order)
            issue(invoice)
            issue(invoice)
            give_back(order, "20.00")

        told = partial(Notice.objects.filter, channel="in_app", cause__startswith="invoice:")
        assert list(told(user=owner).order_by("id").values_list("subject", flat=True)) == [
            "买家申请开具发票",
            "有发票需要红冲",
        ]
        assert told(user=buyer).get().subject == "您的发票" and not told(user=packer).exists()


class TestABuyerWhoLeaves:
    def test_takes_her_address_along_and_her_name_unless_an_invoice_carries_it(self, order, buyer):
        declined = ask(order)
        actions.decline(invoice=declined, reason="x", by=None, at=timezone.now())
        issued = issue(ask(order))

        for _twice in range(2):
            buyer_has_left(user=buyer.pk)

        declined.refresh_from_db()
        issued.refresh_from_db()
        assert (declined.title, declined.email, issued.title, issued.email) == ("", "", "王样例", "")

    def test_has_her_requests_in_the_copy_of_her_data(self, order, buyer):
        ask(order)

        (record,) = export.invoices(buyer).records
        assert (record["order"], record["title"], record["state"]) == (order.number, "王样例", "待开票")


def words(answer):
    return BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ", strip=True)


class TestPagesOfTheBuyer:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_ask_and_say_how_it_stands(self, client, order, buyer, prefix):
        client.force_login(buyer)
        page = prefix + f"/account/orders/{order.number}/invoice/"
        assert "80.00" in words(client.get(page))

        for _twice in range(2):
            assert client.post(page, TYPED).status_code == 302

        assert InvoiceRequest.objects.get().title == "王样例"
        issue(InvoiceRequest.objects.get(), file=IssueForm({"number": "1"}, {"file": PDF}).fields["file"].clean(PDF))
        assert "26000001" in words(client.get(page))

    def test_keep_what_was_typed_and_say_what_is_wrong(self, client, order, buyer):
        client.force_login(buyer)

        answer = client.post(
            reverse("customer:invoice", args=[order.number]), TYPED | {"kind": "company", "tax_number": "911100"}
        )

        assert answer.status_code == 200 and "税号似乎有一位不对" in words(answer)
        assert 'value="911100"' in answer.content.decode() and 'value="王样例"' in answer.content.decode()

    def test_by_the_link_of_the_purchase_serve_a_guest(self, client):
        order = an_order(contact="guest@example.com")
        page = reverse("checkout:invoice", args=[order.purchase.token, order.number])
        assert 'value="guest@example.com"' in client.get(page).content.decode()

        client.post(page, TYPED)

        assert InvoiceRequest.objects.get().order == order and "王样例" in words(client.get(page))

    def test_hand_the_file_out_to_her_and_to_nobody_else(self, client, order, buyer):
        copy = IssueForm({"number": "1"}, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 sample")})
        assert copy.is_valid()
        issue(ask(order), file=copy.cleaned_data["file"])
        page = reverse("customer:invoice-file", args=[order.number])

        client.force_login(buyer)
        answer = client.get(page)
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 sample"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        client.force_login(User.objects.create(mobile="+8613900000012", nickname="别人"))
        assert client.get(page).status_code == 404

    def test_say_that_it_has_to_be_cancelled(self, client, order, buyer):
        client.force_login(buyer)
        issue(ask(order))
        give_back(order, "20.00")

        assert "需红冲" in words(client.get(reverse("customer:invoice", args=[order.number])))

    def test_say_that_what_growers_sell_is_free_of_tax(self, client, order, buyer):
        client.force_login(buyer)

        assert "自产农产品免征增值税" in words(client.get(reverse("customer:invoice", args=[order.number])))
        order.seller.kind = "company"
        order.seller.save()
        assert "免征" not in words(client.get(reverse("customer:invoice", args=[order.number])))


class TestPagesOfTheSeller:
    @pytest.fixture
    def member(self, client, order):
        def join(role):
            user = User.objects.create(mobile=f"+86139{User.objects.count():08d}", nickname="示例店员")
            team.join(seller=order.seller, user=user, role=role)
            client.force_login(user)
            return client

        return join

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_list_and_issue_with_its_file(self, member, order, prefix):
        browser, invoice = member(TeamRole.BOOKKEEPER), ask(order)
        assert "王样例" in words(browser.get(f"{prefix}/seller/money/invoices/"))
        page = f"{prefix}/seller/money/invoices/{invoice.pk}/"
        assert "80.00" in words(browser.get(page))

        upload = SimpleUploadedFile("fapiao.pdf", b"%PDF-1.7 sample")
        for _twice in range(2):
            browser.post(page, {"number": " 26000009 ", "file": upload})
            upload.seek(0)

        invoice.refresh_from_db()
        assert (invoice.state, invoice.number) == ("issued", "26000009") and invoice.file.name.endswith(".pdf")
        assert browser.get(reverse("seller:invoice-file", args=[invoice.pk])).status_code == 200

    def test_wait_among_the_things_to_do_of_whoever_sees_amounts(self, member, order):
        ask(order)

        assert "待开发票" in words(member(TeamRole.OWNER).get("/seller/"))
        assert "待开发票" not in words(member(TeamRole.PACKER).get("/seller/"))

    def test_decline_with_a_reason_only(self, member, order):
        browser, invoice = member(TeamRole.OWNER), ask(order)
        page = reverse("seller:invoice-decline", args=[invoice.pk])

        assert "请告诉买家原因" in words(browser.post(page, {"reason": ""}))
        browser.post(page, {"reason": "抬头不完整"})

        invoice.refresh_from_db()
        assert (invoice.state, invoice.reason) == ("declined", "抬头不完整")

    def test_are_shut_to_the_packer_and_to_other_sellers(self, member, order, client):
        invoice = ask(order)
        packer = member(TeamRole.PACKER)
        assert packer.get(reverse("seller:invoice", args=[invoice.pk])).status_code == 403
        stranger = User.objects.create(mobile="+8613900000023", nickname="别家店主")
        team.join(seller=shop.seller("乙店"), user=stranger, role=TeamRole.OWNER)
        client.force_login(stranger)

        for name in ("invoice", "invoice-file"):
            assert client.get(reverse(f"seller:{name}", args=[invoice.pk])).status_code == 404

    def test_ask_as_often_for_many_as_for_one(self, member, order, django_assert_max_num_queries):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        browser = member(TeamRole.OWNER)
        ask(order)
        with CaptureQueriesContext(
            connection,
        ) as one:
            browser.get(reverse("seller:invoices"))
        for _more in range(3):
            bought = shop.buy(order.lines.get().product)
            payments.complete(attempt=bought.attempts.get(), at=timezone.now())
            ask(bought.orders.get())

        with django_assert_max_num_queries(len(one)):
            browser.get(reverse("seller:invoices"))
