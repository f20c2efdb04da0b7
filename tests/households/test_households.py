"""Who a household is: told to few, noted each time, and nowhere else."""

import logging
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from incubator.households import actions
from incubator.households.counting import linked
from incubator.households.models import Household
from incubator.impact.computing import compute
from marketplace.core.models import AuditEntry, Consent, Event
from tests import families, incubator

pytestmark = pytest.mark.django_db

CANARY_NAME, CANARY_PHONE, CANARY_ID = "金丝雀户主甲乙丙", "13955501234", "230281199001011237"
CANARIES = (CANARY_NAME, CANARY_PHONE, CANARY_ID)
TODAY = timezone.localdate()


@pytest.fixture
def canary():
    return families.household(
        incubator.cooperative(), name=CANARY_NAME, phone=CANARY_PHONE, identity_number=CANARY_ID, people=4
    )


def form(cooperative, **changes):
    usual = {
        "cooperative": cooperative.pk, "kind": "supply", "since": "2026-01-01", "area": incubator.NEHE,
        "name": CANARY_NAME, "phone": CANARY_PHONE, "identity_number": CANARY_ID, "agreed": "on",
    }  # fmt: skip
    return usual | changes


class TestTheCanary:
    def test_lies_in_no_table_as_it_is(self, canary):
        with connection.cursor() as cursor:
            dump = []
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                dump += [str(row) for row in cursor.fetchall()]

        whole = "\n".join(dump)
        assert "household:" in whole and not [word for word in CANARIES if word in whole]

    @pytest.mark.parametrize("who", ["nobody", "buyer", "member", "staff", "reader elsewhere"])
    def test_stands_on_no_page_of_people_without_the_permission(self, client, canary, who):
        person = {
            "nobody": lambda: None,
            "buyer": lambda: incubator.person("0030"),
            "member": lambda: self.member(canary),
            "staff": incubator.staff,
            "reader elsewhere": lambda: families.reader(incubator.WUCHANG, "0021"),
        }[who]()
        if person:
            client.force_login(person)
        cooperative = canary.links.get().cooperative
        pages = [
            cooperative.get_absolute_url(), reverse("incubator:households:households"), canary.get_absolute_url(),
            reverse("incubator:members:cooperatives"), "/incubator/", "/impact/", "/impact/figures.csv", "/products/",
            f"/products/?q={CANARY_NAME}", reverse("incubator:sales:figures"), reverse("incubator:agreements:export"),
        ]  # fmt: skip

        for page in pages:
            body = client.get(page).content.decode("utf-8", "replace").replace(f"q={CANARY_NAME}", "")
            body = body if CANARY_NAME not in page else ""
            assert not [word for word in CANARIES if word in body], page
        assert client.get(canary.get_absolute_url()).status_code in {302, 404}

    def member(self, canary):
        user = incubator.person("0031")
        canary.links.get().cooperative.users.add(user)
        return user

    def test_reaches_no_log_audit_row_event_message_or_search(self, client, canary, caplog, mailoutbox):
        caplog.set_level(logging.DEBUG)
        client.force_login(families.reader())
        client.post(reverse("incubator:households:register"), form(canary.links.get().cooperative))
        client.get(canary.get_absolute_url())
        client.post(reverse("incubator:households:export"), {"purpose": "audit"})
        client.post(reverse("incubator:households:register"), form(canary.links.get().cooperative, area="x"))

        said = (
            caplog.text + str(list(AuditEntry.objects.values())) + str(list(Event.objects.values())) + str(mailoutbox)
        )
        assert not [word for word in CANARIES if word in said]

    def test_is_no_part_of_what_is_counted(self, canary):
        figures = str(compute(incubator.QIQIHAR, TODAY, TODAY, timezone.now()))

        assert not [word for word in CANARIES if word in figures] and str(canary.key) not in figures

    def test_is_told_by_no_name_of_its_own(self, canary):
        assert CANARY_NAME not in str(canary) + repr(canary) + str(canary.links.get())

    def test_stands_in_the_list_of_nobody(self, client, canary):
        client.force_login(families.reader())

        page = client.get(reverse("incubator:households:households")).content.decode()

        assert str(canary.key)[:8] in page and not [word for word in CANARIES if word in page]


class TestReading:
    def test_is_noted_each_time(self, client, canary):
        reader = families.reader()
        client.force_login(reader)
        for _time in range(2):
            page = client.get(canary.get_absolute_url())

        assert CANARY_NAME in page.content.decode() and "no-store" in page.headers["Cache-Control"]
        assert AuditEntry.objects.filter(action="household.read", object_id=str(canary.pk), by=reader).count() == 2

    def test_of_an_export_is_noted_with_its_purpose(self, client, canary):
        client.force_login(families.reader())

        file = client.post(reverse("incubator:households:export"), {"purpose": "audit"})
        without = client.post(reverse("incubator:households:export"), {})

        assert CANARY_NAME in file.content.decode("utf-8-sig") and CANARY_ID not in file.content.decode("utf-8-sig")
        assert AuditEntry.objects.filter(action="household.exported", details={"purpose": "audit"}).count() == 1
        assert without.status_code == 302

    def test_costs_the_list_the_same_queries_however_many(self, client, canary):
        client.force_login(families.reader())

        def queries():
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("incubator:households:households"))
            return len(captured)

        one = queries()
        for _number in range(9):
            families.household(incubator.cooperative())

        assert queries() == one


class TestTheList:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_stands_among_the_members(self, client, canary, prefix):
        client.force_login(families.reader())

        page = BeautifulSoup(client.get(f"{prefix}/incubator/households/").content, "html.parser")

        marked = [link["href"] for link in page.select("nav [aria-current]")]
        assert {f"{prefix}/incubator/members/", f"{prefix}/incubator/households/"} <= set(marked)
        assert f"{prefix}/incubator/" not in marked


class TestRecording:
    def test_needs_consent_and_keeps_it_with_its_version(self, client):
        client.force_login(families.reader())
        cooperative = incubator.cooperative()
        without = client.post(reverse("incubator:households:register"), form(cooperative, agreed=""))

        client.post(reverse("incubator:households:register"), form(cooperative))

        assert "知情同意" in without.content.decode() and Household.objects.count() == 1
        assert Consent.objects.get().subject == Household.objects.get().subject

    def test_is_done_once_when_pressed_twice(self, client):
        client.force_login(families.reader())
        cooperative = incubator.cooperative()
        for _press in range(2):
            client.post(reverse("incubator:households:register"), form(cooperative))

        assert Household.objects.count() == 1 and Household.objects.get().links.count() == 1

    def test_refuses_a_number_that_is_none_and_loses_nothing(self, client):
        client.force_login(families.reader())

        page = client.post(
            reverse("incubator:households:register"), form(incubator.cooperative(), identity_number="123")
        )

        assert page.context["form"].errors and CANARY_NAME in page.content.decode()


class TestErasing:
    def test_leaves_a_number_and_nothing_else(self, client, canary):
        client.force_login(families.reader())
        for _press in range(2):
            client.post(reverse("incubator:households:withdraw", args=[canary.key]))

        canary.refresh_from_db()
        assert (canary.name, canary.phone, canary.identity_number, canary.identity_mark) == ("", "", "", "")
        assert linked(incubator.QIQIHAR, TODAY) == 1 and not Consent.objects.filter(withdrawn_at=None).exists()
        assert AuditEntry.objects.filter(action="household.erased").count() == 1

    def test_cannot_be_half_done(self, canary):
        with pytest.raises(IntegrityError), transaction.atomic():
            Household.objects.filter(pk=canary.pk).update(erased_at=timezone.now())


class TestCounting:
    @pytest.mark.parametrize(("number", "published"), [(9, None), (10, 10)])
    def test_hides_fewer_than_ten(self, number, published):
        cooperative = incubator.cooperative()
        for _each in range(number):
            families.household(cooperative)

        assert compute(incubator.QIQIHAR, TODAY, TODAY, timezone.now())["households"] == published

    def test_counts_a_household_of_two_cooperatives_once(self, canary):
        families.household(incubator.cooperative("另一家"), name=CANARY_NAME, identity_number=CANARY_ID)

        assert Household.objects.count() == 1 and linked(incubator.QIQIHAR, TODAY) == 1

    def test_leaves_out_links_that_have_ended(self, canary):
        actions.end_link(link=canary.links.get(), on=TODAY.replace(year=TODAY.year - 1), by=None)

        assert linked(incubator.QIQIHAR, TODAY) == 0


def test_no_command_prints_who_they_are(canary):
    out = StringIO()
    call_command("sales_report", "--json", "/dev/null", stdout=out)

    assert not [word for word in CANARIES if word in out.getvalue()]
