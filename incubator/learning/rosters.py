"""Rosters of classes: a spreadsheet of people, each row one of them. Somebody known by her number is the same person."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts import contacts
from marketplace.core import areas, imports
from marketplace.core.imports import Meaning, RefusedRow
from marketplace.core.models import ImportRun
from marketplace.core.tables import Row, Table, UnreadableTable

from . import seating
from .models import Cohort, Enrolment, Learner

NAME, MOBILE, AREA, VILLAGE = "姓名", "手机号", "区县", "村"
ALSO = {
    NAME: ("Name", "name"),
    MOBILE: ("Mobile", "手机", "电话", "联系电话"),
    AREA: ("County", "县"),
    VILLAGE: ("Village",),
}
LONGEST_NAME, LONGEST_VILLAGE = 40, 60
AT_ONCE = 500
"""Numbers looked up by one query: SQLite takes no more than a thousand values."""


def check_columns(table: Table) -> dict[str, str]:
    """Our column → its header in this file. Raises UnreadableTable without names and numbers."""
    found = {column: next((h for h in (column, *ALSO[column]) if h in table.headers), "") for column in ALSO}
    missing = [column for column in (NAME, MOBILE) if not found[column]]
    if missing:
        raise UnreadableTable(_("The roster lacks columns: %(columns)s") % {"columns": "、".join(missing)})
    return found


def scope(cohort: Cohort) -> str:
    """What the imports into this class are found by."""
    return f"cohort:{cohort.pk}"


@transaction.atomic
def take(*, cohort: Cohort, table: Table, file_name: str, digest: str, by, at: datetime) -> ImportRun:
    """Carry one roster out; nobody else gives seats of the class meanwhile. Raises UnreadableTable."""
    importer = RosterImporter(seating.locked(cohort), check_columns(table), table.rows)
    return imports.apply(importer, table.rows, file_name=file_name, digest=digest, scope=scope(cohort), by=by, at=at)


class RosterImporter:
    """Reads one class's roster, the class being locked. ``kind`` names it in the history of imports.

    Who is known and who is in the class already is looked up for all rows together.
    """

    kind = "roster"

    def __init__(self, cohort: Cohort, columns: dict[str, str], rows: Sequence[Row]):
        self.cohort, self.columns = cohort, columns
        self.rows_of_number: dict[str, int] = {}
        self.counties = {name: code for code, name in counties_near(cohort.area)}
        self.known = known_by_number([self.cell(row, MOBILE) for row in rows])
        self.enrolments = {each.learner_id: each for each in cohort.enrolments.select_related("learner")}

    def meaning(self, row: Row) -> Meaning:
        person = self.person(row)
        known = self.known.get(person.mobile)
        enrolment = self.enrolments.get(known.pk) if known else None
        if enrolment and enrolment.state != Enrolment.State.LEFT:
            return Meaning(enrolment, {"state": enrolment.state})
        return Meaning(
            enrolment or Enrolment(cohort=self.cohort, learner=known or person, state=""),
            {"state": Enrolment.State.ENROLLED},
        )

    def person(self, row: Row) -> Learner:
        """The person a row names; raises RefusedRow."""
        name, typed = self.cell(row, NAME), self.cell(row, MOBILE)
        if not name or not typed:
            raise RefusedRow(_("Name or number is missing. Of merged cells only the first row holds a value."))
        contact = contacts.read_mobile(typed)
        if contact is None:
            raise RefusedRow(_("This is not a mobile number."))
        if len(name) > LONGEST_NAME:
            raise RefusedRow(_("The name is too long."))
        earlier = self.rows_of_number.setdefault(contact.address, row.number)
        if earlier != row.number:
            raise RefusedRow(_("Row %(row)s has the same number; one person counts once.") % {"row": earlier})
        village = self.cell(row, VILLAGE)[:LONGEST_VILLAGE]
        return Learner(name=name, mobile=contact.address, area=self.area(row), village=village)

    def area(self, row: Row) -> str:
        """The county a row names by code or name; the class's own where it names none."""
        said = self.cell(row, AREA)
        code = self.counties.get(said, said) or self.cohort.area
        try:
            return areas.get(code).code
        except areas.UnknownArea:
            raise RefusedRow(_("There is no county of this name near here: %(name)s") % {"name": said}) from None

    def cell(self, row: Row, column: str) -> str:
        return row[self.columns[column]] if self.columns[column] else ""

    def save(self, meaning: Meaning, by, at: datetime) -> None:
        enrolment = meaning.record
        assert isinstance(enrolment, Enrolment)
        if enrolment.learner.pk is None:
            enrolment.learner.save()
        seating.seat_down(self.cohort, enrolment, by=by, at=at)


def known_by_number(typed: Sequence[str]) -> dict[str, Learner]:
    """Whom we know of these people, by their numbers (E.164)."""
    contacts_ = (contacts.read_mobile(each) for each in typed)
    numbers = sorted({contact.address for contact in contacts_ if contact})
    found: dict[str, Learner] = {}
    for start in range(0, len(numbers), AT_ONCE):
        some = Learner.objects.with_mobile(*numbers[start : start + AT_ONCE])
        found |= {learner.mobile: learner for learner in some}
    return found


def counties_near(area: str) -> list[tuple[str, str]]:
    """Codes and names of the counties of the province a place lies in; full names and what people say."""
    cities = areas.children(areas.province_of(area).code)
    found = [county for city in cities for county in (city, *areas.children(city.code)) if len(county.code) == 6]
    return [(county.code, name) for county in found for name in (county.name, county.short_name)]
