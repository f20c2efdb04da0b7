"""Agreements: drawn up, checked by a second person, followed to real sales."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from incubator.agreements import actions
from incubator.agreements.fulfilment import attributed, fulfilment, unattributed
from incubator.agreements.models import Agreement
from incubator.matching import actions as matching
from incubator.sales.models import SaleFact
from marketplace.core.models import AuditEntry, Event
from marketplace.core.refusal import Refusal
from tests import deals, fairs, incubator

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])


@pytest.fixture
def staff():
    return incubator.staff()


@pytest.fixture
def second():
    return incubator.staff(ending="0008")


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def intent(staff):
    return deals.agreement(by=staff)


def move(desk, agreement, name, **more):
    said = {"move": name, "read": Agreement.objects.get(pk=agreement.pk).mark} | more
    return desk.post(reverse("incubator:agreements:move", args=[agreement.pk]), said, follow=True)


class TestDrawingUp:
    def form(self, cooperative, partner, **changes):
        usual = {
            "cooperative": cooperative.pk, "partner": partner.pk, "goods": "大米", "price_kind": "fixed", "price": "8.50",
            "volume_kg": "1000", "commission_percent": "8", "begins_on": "2026-01-01", "ends_on": "2026-12-31",
        }  # fmt: skip
        return usual | changes

    def test_makes_a_letter_of_intent(self, desk):
        form = self.form(incubator.cooperative(), incubator.partner())

        page = desk.post(reverse("incubator:agreements:draw-up"), form, follow=True)

        assert Agreement.objects.get().state == "intent" and "合作意向书" in page.content.decode()

    @pytest.mark.parametrize(
        "changes",
        [
            {"price": ""},
            {"ends_on": "2025-01-01"},
            {"volume_kg": "0"},
            {"commission_percent": "100"},
            {"file": SimpleUploadedFile("x.pdf", b"no pdf at all", "application/pdf")},
        ],
        ids=["no price", "ends first", "no volume", "all commission", "no paper"],
    )
    def test_says_what_is_wrong_and_loses_nothing(self, desk, changes):
        form = self.form(incubator.cooperative(), incubator.partner(), **changes)

        page = desk.post(reverse("incubator:agreements:draw-up"), form)

        assert page.context["form"].errors and not Agreement.objects.exists()
        assert 'value="大米"' in page.content.decode()

    def test_begins_with_what_a_proposal_says_and_happens_once(self, desk, staff):
        fair = fairs.registered(staff, 1, 1)
        matching.enrol_strangers(fair=fair, by=staff)
        proposal = fairs.run(fair, staff).proposals.get()
        address = reverse("incubator:agreements:draw-up") + f"?proposal={proposal.pk}"

        initial = desk.get(address).context["form"].initial
        form = self.form(proposal.product.cooperative, proposal.partner.partner)
        for _press in range(2):
            desk.post(address, form)

        assert initial["goods"] == "大米P1" and Agreement.objects.get().proposal == proposal


class TestSigning:
    def test_takes_two_people(self, client, desk, intent, staff, second):
        move(desk, intent, "submit")
        refused = move(desk, intent, "sign", on="2026-01-10").content.decode()
        client.force_login(second)
        move(client, intent, "sign", on="2026-01-10")

        intent.refresh_from_db()
        assert "第二个人" in refused
        assert (intent.state, intent.submitted_by, intent.checked_by) == ("signed", staff, second)
        assert Event.objects.filter(name="agreement_signed", payload={"agreement": intent.pk}).count() == 1

    def test_signs_no_terms_that_changed_after_they_were_read(self, client, desk, intent, staff, second):
        move(desk, intent, "submit")
        client.force_login(second)
        page = BeautifulSoup(client.get(intent.get_absolute_url()).content, "html.parser")
        read = page.select_one("[name=read]")["value"]
        move(desk, intent, "send_back")
        actions.change_terms(agreement=intent, by=staff, at=timezone.now(), volume_kg=1)
        move(desk, intent, "submit")

        refused = move(client, intent, "sign", on="2026-01-10", read=read)

        intent.refresh_from_db()
        assert intent.state == "checking" and "请重新看过再决定" in refused.content.decode()

    def test_is_done_once_however_often_one_presses(self, intent, staff, second):
        deals.signed(intent, staff, second)

        with pytest.raises(Refusal):
            actions.move(agreement=intent, move="sign", by=second, at=timezone.now(), on=date(2026, 1, 10))
        assert AuditEntry.objects.filter(action="agreement.sign").count() == 1

    def test_needs_the_paper_and_the_day(self, desk, staff, second, intent):
        bare = deals.agreement(incubator.cooperative("另一家"), incubator.partner("另一个"), by=staff)
        Agreement.objects.filter(pk=bare.pk).update(file="")

        assert "上传" in move(desk, bare, "submit").content.decode()
        actions.move(agreement=intent, move="submit", by=second, at=timezone.now())
        assert "哪一天" in move(desk, intent, "sign", on="soon").content.decode()

    def test_is_refused_by_the_database_with_one_person(self, intent, staff):
        fields = {"state": "signed", "signed_on": date(2026, 1, 1), "submitted_by": staff, "checked_by": staff}

        with pytest.raises(IntegrityError), transaction.atomic():
            Agreement.objects.filter(pk=intent.pk).update(**fields)

    def test_fixes_the_terms(self, intent, staff, second):
        deals.signed(intent, staff, second)

        with pytest.raises(Refusal):
            actions.change_terms(agreement=intent, by=staff, at=timezone.now(), volume_kg=1)

    def test_goes_on_to_the_end_and_tells_the_whole_way(self, desk, intent, staff, second):
        deals.signed(intent, staff, second)
        move(desk, intent, "start")
        page = move(desk, intent, "end", note="按期结束")

        assert [step["text"].split(" · ")[0] for step in page.context["steps"]][-1] == "起草意向书"
        assert len(page.context["steps"]) == 5 and "按期结束" in page.content.decode()
        assert "重新查看" in move(desk, intent, "start").content.decode()


class TestFulfilment:
    @pytest.fixture
    def signed(self, intent, staff, second):
        deals.counted(intent)
        return deals.signed(intent, staff, second)

    def test_adds_up_what_was_sold_in_the_period(self, signed):
        deals.sale(1, on=date(2026, 1, 20), grams=10_000, fen=8000, refunded=1000)
        deals.sale(2, on=date(2026, 8, 1), grams=5_000, fen=4000)
        deals.sale(3, on=date(2027, 1, 1))
        deals.sale(4, on=date(2026, 2, 1), code="B-2")

        found = fulfilment([signed])[signed.pk]

        assert (found.first_on, found.grams, found.grams_90) == (date(2026, 1, 20), 15_000, 10_000)
        assert (found.net_fen, found.percent) == (11_000, 1)

    def test_knows_a_first_order_that_is_late(self, signed):
        assert not fulfilment([signed])[signed.pk].is_first_order_late(date(2026, 2, 9))
        assert fulfilment([signed])[signed.pk].is_first_order_late(date(2026, 2, 10))
        deals.sale(1, on=date(2026, 3, 1))
        assert fulfilment([signed])[signed.pk].is_first_order_late(date(2026, 3, 1))

    def test_splits_all_sales_into_those_that_count_and_the_rest(self, signed):
        deals.sale(1, on=date(2026, 1, 20))
        deals.sale(2, on=date(2026, 1, 20), code="B-2")

        facts = SaleFact.objects.current()
        assert [f.order_number for f in attributed(facts)] == ["1"]
        assert [f.order_number for f in unattributed(facts)] == ["2"]

    def test_counts_no_sale_for_two_agreements(self, signed, staff, second):
        other = deals.agreement(incubator.cooperative("另一家"), incubator.partner("另一个"), by=staff)
        deals.counted(other)

        with pytest.raises(Refusal):
            deals.signed(other, staff, second)

    @BOTH
    def test_stands_on_the_page(self, desk, signed, prefix):
        deals.sale(1, on=date(2026, 1, 20), grams=10_000)
        address = prefix + reverse("incubator:agreements:agreement", args=[signed.pk]).removeprefix("/en")

        assert "10 kg" in desk.get(address).content.decode()

    def test_is_listed_filtered_and_taken_home(self, desk, signed):
        late = desk.get(reverse("incubator:agreements:agreements"), {"late": "on", "state": "signed", "q": "大米"})
        export = desk.get(reverse("incubator:agreements:export"), {"state": "intent"})

        assert [each.pk for each, _stands, _late in late.context["shown"]] == [signed.pk]
        assert export.content[:2] == b"PK"

    def test_costs_a_list_the_same_queries_however_many(self, desk, signed, staff):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                desk.get(reverse("incubator:agreements:agreements"))
            return len(captured)

        one = queries()
        for number in range(9):
            deals.agreement(incubator.cooperative(f"第 {number} 家"), incubator.partner(f"第 {number} 个"), by=staff)

        assert queries() == one


class TestWhoSeesAnAgreement:
    @pytest.mark.parametrize("name", ["agreement", "paper", "terms"])
    def test_is_not_found_by_staff_of_another_county(self, client, intent, name):
        client.force_login(incubator.staff(incubator.WUCHANG, "0009"))

        assert client.get(reverse(f"incubator:agreements:{name}", args=[intent.pk])).status_code == 404

    def test_is_open_to_both_sides_without_what_staff_do(self, client, staff):
        ours, theirs = incubator.person("0010"), incubator.person("0011")
        made = deals.agreement(incubator.cooperative(users=[ours]), incubator.partner(users=[theirs]), by=staff)

        for user in (ours, theirs):
            client.force_login(user)
            page = client.get(made.get_absolute_url())
            assert page.status_code == 200 and 'name="move"' not in page.content.decode()
            assert client.get(reverse("incubator:agreements:agreements")).status_code == 200
            assert client.get(reverse("incubator:agreements:paper", args=[made.pk])).status_code == 200
            assert client.post(reverse("incubator:agreements:move", args=[made.pk])).status_code == 404

    def test_is_not_found_by_other_members(self, client, intent):
        user = incubator.person("0012")
        incubator.partner("别家", users=[user])
        client.force_login(user)

        assert client.get(intent.get_absolute_url()).status_code == 404
        assert client.get(reverse("incubator:agreements:agreements")).status_code == 404
