"""Tables carried out in two steps and taken back."""

import pytest
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core import imports
from marketplace.core.imports import CannotUndo, Meaning, PlainImporter, RefusedRow
from marketplace.core.tables import Row
from marketplace.partner.models import Partner

pytestmark = pytest.mark.django_db


class Shops(PlainImporter):
    """Shops by code; enough of an importer to test what all share."""

    kind = "test-shops"

    def meaning(self, row):
        if not row["code"].isalnum():
            raise RefusedRow("代码只能是字母和数字。")
        record = Partner.objects.filter(code=row["code"]).first() or Partner(code=row["code"])
        return Meaning(record, {"name": row["name"], "area": row["area"]})


def rows(*triples):
    return [
        Row(number, {"code": code, "name": name, "area": area}) for number, (code, name, area) in enumerate(triples, 2)
    ]


def applied(*triples):
    return imports.apply(
        Shops(),
        rows(*triples),
        file_name="shops.csv",
        digest=imports.digest(b"shops"),
        scope="",
        by=None,
        at=timezone.now(),
    )


@pytest.fixture
def shop():
    return Partner.objects.create(code="a1", name="老店", area="230281")


class TestLook:
    def test_adds_up_and_changes_nothing(self, shop):
        report = imports.look(
            Shops(), rows(("a1", "新名", "230281"), ("b2", "新店", "230184"), ("?", "坏", ""), ("a1", "老店", "230281"))
        )

        assert (report.new, report.updated, report.unchanged, report.refused, report.read) == (1, 1, 1, 1, 4)
        assert report.errors == [{"row": 4, "why": "代码只能是字母和数字。"}]
        assert list(Partner.objects.values_list("name", flat=True)) == ["老店"]


class TestApply:
    def test_writes_the_good_rows_and_lists_the_refused(self, shop):
        run = applied(("a1", "新名", "230281"), ("b2", "新店", "230184"), ("?", "坏", ""))

        assert set(Partner.objects.values_list("name", flat=True)) == {"新名", "新店"}
        assert (run.new, run.updated, run.refused, run.read) == (1, 1, 1, 3)

    def test_has_nothing_to_do_the_second_time(self, shop):
        applied(("a1", "新名", "230281"), ("b2", "新店", "230184"))

        run = applied(("a1", "新名", "230281"), ("b2", "新店", "230184"))

        assert (run.new, run.updated, run.unchanged) == (0, 0, 2)


class TestUndo:
    def test_puts_everything_back(self, shop):
        run = applied(("a1", "新名", "230184"), ("b2", "新店", "230184"))

        imports.undo(run=run, by=None, at=timezone.now())

        assert list(Partner.objects.values_list("name", "area")) == [("老店", "230281")]

    def test_is_refused_as_a_whole_when_a_record_has_moved_on(self, shop):
        run = applied(("a1", "新名", "230281"), ("b2", "新店", "230184"))
        Partner.objects.filter(code="a1").update(name="又改了")

        with pytest.raises(CannotUndo):
            imports.undo(run=run, by=None, at=timezone.now())

        assert Partner.objects.filter(code="b2").exists()

    def test_happens_once(self, shop):
        run = applied(("b2", "新店", "230184"))
        imports.undo(run=run, by=None, at=timezone.now())

        with pytest.raises(CannotUndo):
            imports.undo(run=run, by=None, at=timezone.now())


def test_who_brought_the_table_is_kept(shop):
    person = User.objects.create_user(mobile="13911110005")

    run = imports.apply(
        Shops(), rows(("b2", "新店", "")), file_name="s.csv", digest="", scope="", by=person, at=timezone.now()
    )

    assert run.by == person
