"""People of a class from a spreadsheet."""

import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from incubator.learning.models import Enrolment, Learner
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
def cohort():
    return school.cohort()


def bring(client, cohort, file):
    client.force_login(incubator.staff())
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


def test_takes_a_thousand_rows(client, cohort):
    rows = [[f"示例学员{n}", f"1391112{n:04}", "甘南县", f"示例{n % 201}村"] for n in range(1000)]
    began = time.process_time()  # of this process: the machine may have other things to do

    run, _page = bring(client, cohort, sheet(*rows))

    assert run.new == 1000
    print(f"1,000 rows: {time.process_time() - began:.1f} s CPU")  # noqa: T201  (pytest -s: ten at most are wanted)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_says_what_is_wrong_with_a_file_that_is_no_roster(client, cohort, content):
    client.force_login(incubator.staff())
    file = SimpleUploadedFile("roster.xlsx", content)

    answer = client.post(reverse("incubator:learning:roster", args=[cohort.pk]), {"file": file}, follow=True)

    assert answer.status_code == 200
    assert not ImportRun.objects.exists()
