"""XLSX and CSV, in which no name can act as a formula (OWASP: CSV injection)."""

import csv
import re
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from services.registry.content import ListContent
from services.registry.export.table import table_rows, titles

WIDTHS = (6, 44, 24, 12, 20, 30)
# Characters that a workbook can't hold at all.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMULA = re.compile(r"[\s'\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""What a spreadsheet program may take for a formula, full-width signs too."""


def to_csv(content: ListContent, language: str) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheet programs need to read Chinese."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(titles(language))
    writer.writerows([harmless(value) for value in row] for row in table_rows(content, language))
    return out.getvalue().encode("utf-8-sig")


def harmless(value: str | int) -> str | int:
    """An apostrophe before what could be a formula makes it text."""
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return value


def to_xlsx(content: ListContent, language: str) -> bytes:
    """Title, document number, and the table."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(content.year))
    for column, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A4"
    sheet.append([_cell(sheet, content.title.in_language(language), bold=True)])
    sheet.append([_cell(sheet, content.document_number)])
    sheet.append([_cell(sheet, title, bold=True) for title in titles(language)])
    for row in table_rows(content, language):
        sheet.append([_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: str | int, *, bold: bool = False) -> Cell:
    """Text is text whatever it begins with, and stays so when somebody edits the cell."""
    cell = WriteOnlyCell(sheet, CONTROL.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = bool(FORMULA.match(value))
    if bold:  # a style costs ten times its cell
        cell.font = Font(bold=True)
    return cell
