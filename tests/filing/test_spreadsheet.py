"""Everything a province's spreadsheet can have in its cells."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.filing.declaration import Declaration
from services.filing.problems import TooManyRows, UnreadableFile
from services.filing.rows import read_declaration
from services.filing.spreadsheet import Limits, read_rows
from tests.filing import samples
from tests.filing.files import TITLES, as_csv, as_xlsx, row

LIMITS = Limits(rows=10, unpacked=10_000_000)
FORMS = pytest.mark.parametrize("form", [as_csv, as_xlsx])
Form = Callable[..., bytes]


def read_one(content: bytes) -> Declaration:
    declaration, errors = read_declaration(read_rows(content, LIMITS)[0])
    assert errors == []
    assert declaration is not None
    return declaration


@FORMS
def test_a_good_row(form: Form) -> None:
    declaration = read_one(form(row()))
    assert declaration.model_dump(mode="json")["scale"] == samples.GOOD["scale"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(encoding: str) -> None:
    assert read_one(as_csv(row(企业名称="㐂龙物流（河南）"), encoding=encoding)).basics.name == "㐂龙物流（河南）"


def test_cells_as_excel_keeps_them() -> None:
    given = row(
        统一社会信用代码=" 9141０" + samples.credit_code()[5:].lower() + " ",
        推荐单位代码=410000,
        联系电话=13800000000,
        成立日期=date(2007, 12, 7),
        **{
            "主营业务收入(万元)": "116,600.50",
            "从业人员(人)": 556.0,
            "网点数量(个)": "８１",
            "自有仓储面积(平方米)": 9171.25,
        },
        是否参与托盘循环共用=True,
        信息系统="ERP,WMS；TMS",
    )
    titles = [title.replace("(", "（").replace(")", " ）") for title in TITLES]
    read = read_one(as_xlsx(given, titles=titles)).model_dump(mode="json")
    assert read["scale"] == samples.GOOD["scale"] | {"main_revenue": "116600.5"}
    assert read["storage"]["own_area"] == "9171.25"
    assert read["basics"]["founded_on"] == "2007-12-07"
    assert read["carriers"]["pallet_pooling"] is True
    assert read["it"]["systems"] == ["ERP", "WMS", "TMS"]


@pytest.mark.parametrize("day", ["2007-12-07", "2007/12/7", "2007.12.07", "2007年12月7日"])
def test_days(day: str) -> None:
    assert read_one(as_csv(row(成立日期=day))).basics.founded_on == date(2007, 12, 7)


@pytest.mark.parametrize(
    ("title", "cell", "rule"),
    [
        ("主营业务收入(万元)", "=A1*2", "formula"),
        ("主营业务收入(万元)", "#DIV/0!", "cell_error"),
        ("主营业务收入(万元)", None, "missing"),
        ("主营业务收入(万元)", "很多", "decimal_parsing"),
        ("从业人员(人)", "五百", "not_a_whole_number"),
        ("从业人员(人)", "1.5", "not_a_whole_number"),
        ("是否中央企业", "也许", "not_yes_or_no"),
        ("企业类型", "银行", "unknown_type"),
        ("企业名称", "=cmd|' /C calc'!A0", "formula"),
        ("推荐单位代码", "140000", "authority_name"),
        ("统一社会信用代码", 914100000000000001, "credit_code_check"),
        ("成立日期", "二〇〇七年", "date_from_datetime_parsing"),
    ],
)
@FORMS
def test_a_bad_cell_is_named(form: Form, title: str, cell: Any, rule: str) -> None:
    declaration, errors = read_declaration(read_rows(form(row(**{title: cell})), LIMITS)[0])
    assert declaration is None
    assert [error.rule for error in errors] == [rule]


def test_a_formula_counts_by_its_stored_value() -> None:
    book = as_xlsx(row(**{"主营业务收入(万元)": "=60000*2"}))
    assert read_one(_with_stored_value(book, "120000")).scale.main_revenue == 120000


def _with_stored_value(book: bytes, value: str) -> bytes:
    """As Excel saves it: openpyxl writes formulas without values."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/"):
                part, count = re.subn(rb"</f><v ?/>|</f><v></v>", b"</f><v>" + value.encode() + b"</v>", part)
                assert count == 1
            changed.writestr(name, part)
    return target.getvalue()


@FORMS
def test_blank_rows_are_passed_over(form: Form) -> None:
    blank = dict.fromkeys(TITLES)
    rows = read_rows(form(blank, row(), blank, row()), LIMITS)
    assert [one.number for one in rows] == [3, 5]


@FORMS
def test_too_many_rows(form: Form) -> None:
    assert len(read_rows(form(*(row() for _ in range(10))), LIMITS)) == 10
    with pytest.raises(TooManyRows):
        read_rows(form(*(row() for _ in range(11))), LIMITS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02\x03" * 50,
        b"PK\x03\x04 and then nothing of the sort",
        b"\xd0\xcf\x11\xe0 an old workbook",
        "企业名称,统一社会信用代码\r\n甲,乙\r\n".encode(),
        as_csv().replace("企业名称".encode(), "企业简介".encode()),
        as_csv() + b'"never closed' + b"x" * 200_000,
        b"\xff\xfe" + as_csv().decode("utf-8-sig").encode("utf-16-le"),
    ],
)
def test_unreadable_files(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_rows(content, LIMITS)


def test_missing_columns_are_named() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_rows("企业名称\r\n甲\r\n".encode(), LIMITS)
    assert {(error.field, error.rule) for error in raised.value.errors} == {
        (title, "missing_column") for title in TITLES if title != "企业名称"
    }
