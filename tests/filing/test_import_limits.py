"""An upload is read no further than its limits, and only for those who may."""

import io
import zipfile
from collections.abc import AsyncIterator

import pytest

from contracts.enums import Role
from services.filing.app import SERVICE
from services.filing.problems import TooManyRows
from tests.filing.conftest import Filing
from tests.filing.files import as_csv, as_xlsx, row
from tests.fixtures.apps import Api


@pytest.fixture
async def strict(filing: Filing, api: Api) -> Filing:
    """The same service with small limits."""
    filing.client = await api(
        SERVICE, filing.database, import_largest_file=50_000, import_largest_unpacked=100_000, import_most_rows=3
    )
    return filing


async def test_too_many_rows(strict: Filing) -> None:
    assert (await strict.upload("x.csv", as_csv(*(row() for _ in range(3))))).json()["filed"] == 3
    for content in (as_csv(*(row() for _ in range(4))), as_xlsx(*(row() for _ in range(4)))):
        response = await strict.upload("x", content)
        assert (response.status_code, response.json()["code"]) == (TooManyRows.status, TooManyRows.code)


async def test_a_large_file_is_refused_by_its_announced_length(strict: Filing) -> None:
    response = await strict.upload("x.csv", b"x" * 10_000_000)
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


async def test_a_large_file_of_unknown_length_is_refused_while_it_is_read(strict: Filing) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'--border\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
        for _ in range(10_000):
            yield b"x" * 1000

    response = await strict.client.post(
        "/v1/imports",
        content=endless(),
        headers=strict.officer | {"Content-Type": "multipart/form-data; boundary=border"},
    )
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


async def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(strict: Filing) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 5_000_000)
    response = await strict.upload("x.xlsx", target.getvalue())
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


async def test_who_may_upload(filing: Filing) -> None:
    for role in (Role.DECIDER, Role.EXPERT, Role.ADMIN, Role.SERVICE):
        assert (await filing.upload("x.csv", as_csv(row()), filing.bearer(role))).status_code == 403
    assert (await filing.upload("x.csv", as_csv(row()), filing.enterprise("91110000600037341L"))).status_code == 403
    assert (await filing.upload("x.csv", as_csv(row()), {"Authorization": ""})).status_code == 401
