"""People of a class from a spreadsheet."""

import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from incubator.learning.models import Cohort, Enrolment, Learner
from marketplace.core.models import ImportRun
from tests import incubator, school

pytestmark = pytest.mark.django_db


def sheet(*rows, merged=""):
    book = Workbook()
    book.active.append(["姓名", "手机号", "区县", "村"])
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("roster.xlsx", out.getvalue())


@pytest.fixture
def client(client):
    """Somebody of the incubator at her desk."""
    client.force_login(incubator.staff())
    return client


@pytest.fixture
def cohort():
    return school.cohort()


def bring(client, cohort, file):
    answer = client.post(reverse("incubator:learning:roster", args=[cohort.pk]), {"file": file}, follow=True)
    return ImportRun.objects.latest("id"), answer.content.decode()


def test_takes_good_rows_and_names_the_others(client, cohort):
    rows = [
        ["示例学员甲", "13911110001", "甘南县", "示例村"],
        ["示例学员乙", "1391111", "甘南县", ""],
        ["示例学员丙", "13911110001", "", ""],
        ["示例学员丁", 13911110004, "不存在县", ""],
        ["示例学员戊", "139 1111 0005", "230281", ""],
        ["", "13911110006", "", ""],
    ]

    run, page = bring(client, cohort, sheet(*rows))

    assert (run.new, run.refused) == (2, 4)
    assert [error["row"] for error in run.errors] == [3, 4, 5, 7]
    assert "手机号" in page
    assert {learner.area for learner in Learner.objects.all()} == {"230225", "230281"}


def test_takes_the_first_row_of_merged_cells_and_says_what_became_of_the_rest(client, cohort):
    run, page = bring(
        client, cohort, sheet(["示例学员甲", "13911110001"], ["示例学员乙", "13911110002"], merged="A2:A3")
    )

    assert (run.new, run.refused) == (1, 1)
    assert "合并" in page


def test_counts_one_person_in_two_classes_once(client, cohort):
    other = school.cohort()
    bring(client, cohort, sheet(["示例学员甲", "13911110001"]))

    client.post(
        reverse("incubator:learning:roster", args=[other.pk]), {"file": sheet(["示例学员甲", "+8613911110001"])}
    )

    assert Learner.objects.count() == 1
    assert Enrolment.objects.count() == 2


def test_brought_twice_changes_nothing_and_can_be_undone(client, cohort):
    first, _page = bring(client, cohort, sheet(["示例学员甲", "13911110001"]))
    client.post(reverse("incubator:learning:roster", args=[cohort.pk]), {"file": sheet(["示例学员甲", "13911110001"])})
    again = ImportRun.objects.latest("id")

    client.post(reverse("incubator:learning:roster-run", args=[cohort.pk, first.pk]))

    assert (again.new, again.unchanged) == (0, 1)
    assert not Enrolment.objects.exists()


def test_keeps_no_name_or_number_in_the_history_of_imports(client, cohort):
    run, _page = bring(client, cohort, sheet(["示例学员甲", "13911110001"]))

    assert [change.after for change in run.changes.all()] == [{"state": "enrolled"}]


def people(count, first=0):
    return [[f"示例学员{n}", f"1391112{n:04}", "甘南县", f"示例{n % 201}村"] for n in range(first, first + count)]


def test_takes_a_thousand_rows_and_names_the_wrong_ones(client, cohort):
    rows = people(1000)
    for wrong in range(0, 1000, 20):
        rows[wrong][1] = "1391111"
    began = time.process_time()  # of this process: the machine may have other things to do

    run, _page = bring(client, cohort, sheet(*rows))

    assert (run.new, run.refused) == (950, 50)
    assert [error["row"] for error in run.errors] == list(range(2, 1002, 20))
    print(f"1,000 rows: {time.process_time() - began:.1f} s CPU")  # noqa: T201  (pytest -s: ten at most are wanted)


def test_asks_for_a_row_no_more_than_what_it_writes(client, cohort):
    """Learner, seat and the audit trail: who is known already is asked for all rows together."""
    bring(client, cohort, sheet(*people(1)))

    def queries(rows):
        with CaptureQueriesContext(connection) as asked:
            bring(client, cohort, sheet(*rows))
        return len(asked)

    few = queries(people(11))
    many = queries(people(71))

    assert (many - few) / 50 <= 3


def test_gives_those_beyond_the_last_seat_a_place_on_the_waiting_list(client, cohort):
    Cohort.objects.filter(pk=cohort.pk).update(seats=2)

    bring(client, cohort, sheet(*people(3)))

    assert [seat.state for seat in cohort.enrolments.order_by("id")] == ["enrolled", "enrolled", "waiting"]


def test_takes_somebody_back_who_had_left(client, cohort):
    bring(client, cohort, sheet(*people(1)))
    cohort.enrolments.update(state="left")

    run, _page = bring(client, cohort, sheet(*people(1)))

    assert (run.new, run.updated) == (0, 1)
    assert cohort.enrolments.get().state == "enrolled"


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_says_what_is_wrong_with_a_file_that_is_no_roster(client, cohort, content):
    file = SimpleUploadedFile("roster.xlsx", content)

    answer = client.post(reverse("incubator:learning:roster", args=[cohort.pk]), {"file": file}, follow=True)

    assert answer.status_code == 200
    assert not ImportRun.objects.exists()


def test_explains_its_columns_to_readers_of_either_language(client, cohort):
    page = client.get("/en" + cohort.get_absolute_url()).content.decode()

    assert "姓名 (name)" in page and "Name, Mobile, County, Village" in page
