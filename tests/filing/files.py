"""Files as provinces send them, good ones to spoil."""

import csv
import io
from typing import Any

from openpyxl import Workbook

from services.filing.columns import COLUMNS, OF_TYPE
from tests.filing import samples

TITLES = [column.title for column in COLUMNS]


def row(**changes: Any) -> dict[str, Any]:
    """A good row of the form, by title; `changes` by title too."""
    declaration = samples.declaration()
    cells: dict[str, Any] = {}
    for column in COLUMNS:
        group, name = column.field.split(".")
        cells[column.title] = declaration[group].get(name)
    words = {value: title for title, value in OF_TYPE.items()}
    cells |= {
        "推荐单位代码": "410000",
        "推荐单位": "河南省商务厅",
        "企业类型": words[cells["企业类型"]],
        "是否中央企业": "否",
        "是否参与托盘循环共用": "是",
        "信息系统": "ERP、WMS",
    }
    return cells | changes


def as_csv(*rows: dict[str, Any], encoding: str = "utf-8-sig") -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, TITLES, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode(encoding)


def as_xlsx(*rows: dict[str, Any], titles: list[str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(titles or TITLES)
    for cells in rows:
        sheet.append([cells[title] for title in TITLES])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
