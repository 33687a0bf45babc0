"""Rows of an uploaded XLSX or CSV, as text by column title. What is in a cell is judged later, by its column."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice, repeat
from typing import NamedTuple
from unicodedata import normalize

from openpyxl import load_workbook

from chassis.problems import FieldError, TooLarge
from contracts.model import Text
from services.filing.columns import BY_TITLE
from services.filing.problems import TooManyRows, UnreadableFile

XLSX, XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCODINGS = ("utf-8-sig", "gb18030")
CELL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
MOST_COLUMNS = 200
FORMULA = "="
FORMULA_ELEMENT = re.compile(rb"<(\w+:)?f[\s/>]")


class Limits(NamedTuple):
    """Rows apart from the titles; bytes of an XLSX when unpacked."""

    rows: int
    unpacked: int


class Row(NamedTuple):
    """`number` is the row's in the file, from 1; `faults` are cells that hold no value, by title, with the rule."""

    number: int
    cells: dict[str, str]
    faults: dict[str, str]


Line = Sequence[str | None]


def read_rows(content: bytes, limits: Limits) -> list[Row]:
    """Raises `UnreadableFile` when it is neither XLSX nor CSV or lacks a column; `TooManyRows`; `TooLarge`.

    CSV may be in UTF-8 or GB 18030. Of a workbook the first visible sheet is read. Blank rows are left out.
    """
    lines = _xlsx_lines(content, limits) if content.startswith(XLSX) else _csv_lines(content)
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if any(line))
    titles = _titles(next(numbered, (0, ()))[1])
    rows = [_row(number, titles, line) for number, line in islice(numbered, limits.rows + 1)]
    if len(rows) > limits.rows:
        raise TooManyRows(limit=limits.rows)
    return rows


def _titles(line: Line) -> list[str]:
    """Full-width brackets and blanks in titles are forgiven; a column of the form that lacks, or is twice, is not."""
    titles = ["".join(normalize("NFKC", title or "").split()) for title in line]
    wrong = [
        *(
            _column_error(title, "missing_column", "缺少这一列", "is missing")
            for title in BY_TITLE
            if title not in titles
        ),
        *(
            _column_error(title, "column_twice", "重复", "is there twice")
            for title in BY_TITLE
            if titles.count(title) > 1
        ),
    ]
    if wrong:
        raise UnreadableFile(Text(zh="列名与申报表不符", en="The columns are not those of the form"), wrong)
    return titles


def _column_error(title: str, rule: str, zh: str, en: str) -> FieldError:
    return FieldError(field=title, rule=rule, message=Text(zh=f"“{title}”{zh}", en=f"the column {title} {en}"))


def _row(number: int, titles: Sequence[str], line: Line) -> Row:
    known = {title: cell for title, cell in zip(titles, line, strict=False) if title in BY_TITLE and cell}
    faults = {title: rule for title, cell in known.items() if (rule := _fault(cell))}
    return Row(number, {title: cell for title, cell in known.items() if title not in faults}, faults)


def _fault(cell: str) -> str | None:
    if cell in CELL_ERRORS:
        return "cell_error"
    return "formula" if cell.startswith(FORMULA) else None


def _csv_lines(content: bytes) -> Iterator[Line]:
    if content.startswith(XLS):
        raise UnreadableFile(Text(zh="请另存为 .xlsx 后上传", en="Save the old .xls file as .xlsx first"))
    try:
        for line in csv.reader(io.StringIO(_decoded(content), newline="")):
            yield [cell.strip() for cell in line[:MOST_COLUMNS]]
    except csv.Error as error:
        raise UnreadableFile(Text(zh="不是有效的 CSV 文件", en="This is no valid CSV file")) from error


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(Text(zh="文字编码应为 UTF-8 或 GB 18030", en="The text must be in UTF-8 or GB 18030"))


def _xlsx_lines(content: bytes, limits: Limits) -> Iterator[Line]:
    """A formula counts by the value that was stored with it; without one its text stands for it, and is refused."""
    try:
        values = _cells(content, stored_values=True)
        sources = _cells(content, stored_values=False) if _has_formulas(content, limits) else repeat(())
        for line, source in zip(values, sources, strict=False):
            formulas = dict(enumerate(source))
            yield [_text(formulas.get(place) if value is None else value) for place, value in enumerate(line)]
    except TooLarge:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part of the archive leads it to
        raise UnreadableFile(Text(zh="不是有效的 XLSX 文件", en="This is no valid XLSX file")) from error


def _has_formulas(content: bytes, limits: Limits) -> bool:
    """Most workbooks have none and need not be read twice. Raises `TooLarge` before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > limits.unpacked:
            raise TooLarge(limit=limits.unpacked)
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/"))
        return any(FORMULA_ELEMENT.search(archive.read(name)) for name in sheets)


def _cells(content: bytes, *, stored_values: bool) -> Iterator[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=stored_values)
    sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    sheet.reset_dimensions()  # some programs write a wrong one
    yield from sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    book.close()


def _text(value: object) -> str | None:
    """Numbers that Excel made of texts, and days it made of dates, as they were written."""
    match value:
        case None:
            return None
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value).strip()
