"""Finding enterprises on a notice."""

from typing import Any

import pytest

from services.console.pages.public.narrowing import CENTRAL, PAGE, Found, Wanted, authorities_of


def row(name: str, code: str, authority: str | None, enterprise_type: str = "trading") -> dict[str, Any]:
    return {
        "enterprise_name": name,
        "credit_code": code,
        "authority_code": authority,
        "enterprise_type": enterprise_type,
    }


ROWS = (
    row("河南某物流有限公司", "91410000AAAAAAAAA1", "410000", "logistics"),
    row("某央企", "91110000BBBBBBBBB2", None),
    row("ABC超市", "91410000CCCCCCCCC3", "410000"),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), [0, 1, 2]),
        (Wanted("物流"), [0]),
        (Wanted("abc"), [2]),
        (Wanted("bbbb"), [1]),
        (Wanted(authority="410000"), [0, 2]),
        (Wanted(authority=CENTRAL), [1]),
        (Wanted(enterprise_type="logistics"), [0]),
        (Wanted("某", "410000", "trading"), []),
        (Wanted("某央企\n9111"), []),
    ],
)
def test_what_fits(wanted: Wanted, found: list[int]) -> None:
    assert list(Found.of(ROWS, wanted, 1).rows) == [ROWS[index] for index in found]


def test_pages() -> None:
    rows = [row(f"第{number}企业", str(number), "410000") for number in range(2 * PAGE + 1)]
    last = Found.of(rows, Wanted(), 3)
    assert (list(last.rows), last.total, last.page, last.pages) == (rows[-1:], 2 * PAGE + 1, 3, 3)
    assert Found.of(rows, Wanted(), 99) == last
    assert Found.of([], Wanted(), 1) == Found([], 0, 1, 1)


def test_central_enterprises_have_no_authority_and_come_first() -> None:
    assert authorities_of(ROWS) == [CENTRAL, "410000"]
