"""Files as rows of text, one after the other: a hundred thousand lines never stand in memory together."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from openpyxl import load_workbook

from .refusals import UnreadableFile

HEAD_BYTES = 256 * 1024
MOST_UNPACKED = 800 * 1024 * 1024
ENCODINGS = ("utf-8", "gb18030")
DELIMITERS = (",", "\t", ";")
LARGEST_EXACT = 10**15
"""Spreadsheets keep fifteen digits of a number; longer ones have lost their end."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """``number`` counts as a spreadsheet does, from 1 and with the header. ``is_cut`` may be true of a file's last row."""

    number: int
    cells: list[str]
    is_last: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table of a file; a CSV file has one without a name."""

    name: str
    rows: Iterator[RawRow]


def sheets(file: BinaryIO) -> Iterator[Sheet]:
    """The tables of a CSV or XLSX file, whatever its name says. Raises UnreadableFile."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    start = head.lstrip()[:15].lower()
    if not start:
        raise UnreadableFile("empty_file")
    if head.startswith(b"PK"):
        return workbook_sheets(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile("old_excel")
    if start.startswith((b"<html", b"<table", b"<!doctype", b"<?xml")):
        raise UnreadableFile("web_page")
    return iter([Sheet("", text_rows(file, head))])


def text_rows(file: BinaryIO, head: bytes) -> Iterator[RawRow]:
    """Rows of separated text. Bytes that belong to no character become U+FFFD and are judged cell by cell."""
    encoding = encoding_of(head)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        rows = csv.reader(text, delimiter=delimiter_of(head.decode(encoding, "replace")))
        yield from marked(enumerate(rows, start=1))
    except csv.Error:
        raise UnreadableFile("broken_file") from None
    finally:
        text.detach()


def encoding_of(head: bytes) -> str:
    """By its mark, else whichever of UTF-8 and GB18030 leaves fewer bytes unread."""
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return min(ENCODINGS, key=lambda encoding: head.decode(encoding, "replace").count("\ufffd"))


def delimiter_of(text: str) -> str:
    """What separates most cells in the first lines."""
    first = "\n".join(text.splitlines()[:5])
    return max(DELIMITERS, key=first.count)


def marked(rows) -> Iterator[RawRow]:
    """The same rows; the last one says that it is."""
    waiting: RawRow | None = None
    for number, cells in rows:
        if waiting is not None:
            yield waiting
        waiting = RawRow(number, cells)
    if waiting is not None:
        yield RawRow(waiting.number, waiting.cells, is_last=True)


def workbook_sheets(file: BinaryIO) -> Iterator[Sheet]:
    """The visible sheets of an XLSX file."""
    try:
        with zipfile.ZipFile(file) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > MOST_UNPACKED:
            raise UnreadableFile("too_large")
        file.seek(0)
        workbook = load_workbook(file, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError):
        raise UnreadableFile("broken_file") from None
    return (Sheet(sheet.title, sheet_rows(sheet)) for sheet in workbook.worksheets if sheet.sheet_state == "visible")


def sheet_rows(sheet) -> Iterator[RawRow]:
    """Rows of one sheet as text. Some exporters write a wrong size into the sheet; we count ourselves."""
    sheet.reset_dimensions()
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield RawRow(number, [as_text(cell) for cell in cells])
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError):
        raise UnreadableFile("broken_file") from None


def as_text(cell: object) -> str:
    """A cell's value as one would type it. A number that lost its last digits is written so that it is refused."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"{cell:.2E}" if abs(cell) >= LARGEST_EXACT else f"{cell:.12g}" if abs(cell) < 1e9 else f"{cell:.15g}"
    return str(cell)
