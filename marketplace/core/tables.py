"""Tables as people bring them: CSV in whatever encoding, or a workbook. Every cell becomes text, as it was meant.

Spreadsheets wrap long numbers (``="29513…"``, a leading apostrophe, a trailing tab) and turn them into 1.23E+17; the
first is undone here, the second cannot be undone and is for the reader of a column to refuse (``is_ruined_number``).
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zipfile import BadZipFile

from charset_normalizer import from_bytes
from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from marketplace.core.refusal import Refusal

MOST_BYTES = 50 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")
_WRAPPED = re.compile(r'^="(.*)"$', re.DOTALL)
_RUINED = re.compile(r"^\d(?:\.\d+)?E\+\d+$", re.IGNORECASE)
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Of tables, by how their names end."""


class UnreadableTable(Refusal):
    """The file is no table we can read; ``for_people`` says why."""


@dataclass(frozen=True)
class Row:
    """One data row. ``number`` is what the spreadsheet shows at its left; values are text by header, stripped."""

    number: int
    values: dict[str, str]

    def __getitem__(self, header: str) -> str:
        return self.values.get(header, "")

    @property
    def is_empty(self) -> bool:
        return not any(self.values.values())


@dataclass(frozen=True)
class Table:
    """Headers as they stand in the file, and the rows below them that say anything."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(file, name: str, *, header_row: int = 1) -> Table:
    """The first sheet of a workbook, or a CSV; ``header_row`` counts from 1. Raises UnreadableTable."""
    cells = iter(read_cells(file, name))
    for _skipped in range(header_row - 1):
        next(cells, None)
    headers = tuple(plain(cell) for cell in next(cells, ()))
    if not any(headers):
        raise UnreadableTable(_("The file has no header row."))
    return Table(headers, tuple(data_rows(headers, cells, header_row + 1)))


def data_rows(headers: Sequence[str], cells: Iterable[Sequence], first: int) -> Iterator[Row]:
    for number, row in enumerate(cells, first):
        values = {header: plain(cell) for header, cell in zip(headers, row, strict=False) if header}
        found = Row(number, values)
        if not found.is_empty:
            yield found


def read_cells(file, name: str) -> Iterator[Sequence]:
    """All rows of the file from the top, cells as they come. Raises UnreadableTable."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnreadableTable(_("The file is larger than 50 MB. Please split it."))
    if not data.strip():
        raise UnreadableTable(_("The file is empty."))
    if data[:2] == b"PK":
        return workbook_cells(data)
    if name.lower().endswith((".xls", ".xlsx")):
        raise UnreadableTable(_("This workbook cannot be read. Please save it as .xlsx or .csv."))
    return iter(csv.reader(io.StringIO(decoded(data), newline="")))


def workbook_cells(data: bytes) -> Iterator[Sequence]:
    """The rows of the first sheet, formulas as their last values."""
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size, and half the rows would be missing
        return sheet.iter_rows(values_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError, IndexError) as error:
        raise UnreadableTable(_("This workbook cannot be read. Please save it as .xlsx or .csv.")) from error


def decoded(data: bytes) -> str:
    """Text of a CSV: UTF-8 or GB18030 where it is one, otherwise the likeliest; a stray byte spoils only itself."""
    for encoding in ENCODINGS[:2] if data[:2] not in {b"\xff\xfe", b"\xfe\xff"} else ENCODINGS[2:]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data[:200_000], cp_isolation=["utf_8", "gb18030"]).best()
    return data.decode(best.encoding if best else "gb18030", errors="replace").lstrip("\ufeff")


def plain(cell) -> str:
    """A cell as text: dates in ISO, whole numbers without a point, wrappings taken off, edges stripped."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S") if cell.time() != datetime.min.time() else f"{cell:%Y-%m-%d}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    text = str(cell).replace("\x00", "").strip().strip("\ufeff")
    wrapped = _WRAPPED.match(text)
    return (wrapped[1] if wrapped else text.removeprefix("'")).strip()


def is_ruined_number(text: str) -> bool:
    """1.23E+17: a long number whose last digits a spreadsheet has thrown away."""
    return bool(_RUINED.match(text))


def write_csv(headers: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """A CSV that spreadsheets open in the right encoding (UTF-8 with a mark), and in which no cell is run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def csv_answer(name: str, headers: Sequence[str], rows: Iterable[Sequence]) -> HttpResponse:
    """A CSV to be saved under ``name``."""
    return handed_out(name, write_csv(headers, rows))


def handed_out(name: str, content: bytes) -> HttpResponse:
    """A table to be saved under ``name``. Nothing on the way keeps it, since most tables name people or their money."""
    answer = HttpResponse(content, content_type=KINDS[name.rpartition(".")[2]])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def write_xlsx(headers: Sequence[str], rows: Iterable[Sequence], *, title: str = "") -> bytes:
    """A workbook with one sheet, its header row frozen; text stays text, numbers stay numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title or None)
    sheet.freeze_panes = "A2"
    sheet.append(list(headers))
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def harmless(cell):
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; ``plain`` takes it off again."""
    if isinstance(cell, str) and cell.startswith(_DANGEROUS) and not is_number(cell):
        return f"'{cell}"
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        return cell.replace(tzinfo=None)
    return str(cell) if hasattr(cell, "_proxy____cast") else cell


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\d+(?:\.\d+)?", text))
