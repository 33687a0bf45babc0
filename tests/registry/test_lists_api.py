"""What the public reads: lists, exports, the records of enterprises."""

import csv
from io import BytesIO, StringIO
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from chassis.db import Database
from chassis.ids import new_id
from contracts.enums import Role
from services.registry.app import SERVICE
from tests.fixtures.apps import Api, Bearer
from tests.registry.campaign import CASES, Played

EVIL = CASES[2]


@pytest.fixture
async def public(api: Api, registry: Database) -> httpx.AsyncClient:
    return await api(SERVICE, registry)


@pytest.fixture
async def published(public: httpx.AsyncClient, bearer: Bearer, registry: Database) -> dict[str, Any]:
    played = Played(registry)
    await played.to_the_decision()
    body = {"campaign_id": str(played.campaign_id), "document_number": "公告第25号"}
    answer: dict[str, Any] = (await public.post("/v1/lists", json=body, headers=bearer(Role.OFFICER))).json()
    return answer


async def test_lists_come_newest_first_page_by_page(
    public: httpx.AsyncClient, bearer: Bearer, registry: Database
) -> None:
    for number in ("一", "二", "三"):
        played = Played(registry, cases=CASES[:1], campaign_id=new_id())
        await played.to_the_decision()
        body = {"campaign_id": str(played.campaign_id), "document_number": number}
        await public.post("/v1/lists", json=body, headers=bearer(Role.OFFICER))
    first = (await public.get("/v1/lists", params={"limit": 2})).json()
    rest = (await public.get("/v1/lists", params={"limit": 2, "cursor": first["next"]})).json()
    assert [one["document_number"] for one in first["items"] + rest["items"]] == ["三", "二", "一"]
    assert rest["next"] is None
    only = (await public.get("/v1/lists", params={"campaign_id": str(played.campaign_id)})).json()
    assert [one["document_number"] for one in only["items"]] == ["三"]


async def test_a_publication_sent_twice_is_one(public: httpx.AsyncClient, bearer: Bearer, registry: Database) -> None:
    played = Played(registry)
    await played.to_the_decision()
    body = {"campaign_id": str(played.campaign_id), "document_number": "公告第25号"}
    headers = bearer(Role.OFFICER) | {"Idempotency-Key": "k1"}
    first, again = [await public.post("/v1/lists", json=body, headers=headers) for _ in range(2)]
    assert (again.status_code, again.json()) == (201, first.json())
    other = await public.post("/v1/lists", json=body | {"document_number": "公告第26号"}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_foreign_cursor_is_refused(public: httpx.AsyncClient) -> None:
    answer = await public.get("/v1/lists", params={"cursor": "'; DROP TABLE lists"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_cursor")


@pytest.mark.parametrize(
    ("params", "codes"),
    [
        ({}, [CASES[3], CASES[0], CASES[2], CASES[1]]),
        ({"q": "供应链"}, [CASES[0]]),
        ({"q": "x3efm"}, [CASES[1]]),
        ({"q": "%"}, []),
        ({"authority": "410000"}, [CASES[0], CASES[2]]),
        ({"type": "trading"}, []),
        ({"type": "logistics", "authority": "440000", "q": "广东"}, [CASES[1]]),
        ({"state": "PUBLISHED", "q": "广东"}, [CASES[1]]),
        ({"state": "REMOVED"}, []),
    ],
)
async def test_entries_are_searched(
    public: httpx.AsyncClient, published: dict[str, Any], params: dict[str, str], codes: list[Any]
) -> None:
    found = (await public.get(f"/v1/lists/{published['id']}", params=params)).json()
    assert [entry["credit_code"] for entry in found["items"]] == [one.credit_code for one in codes]
    assert found["total"] == len(codes)


async def test_entries_are_paged(public: httpx.AsyncClient, published: dict[str, Any]) -> None:
    url = f"/v1/lists/{published['id']}"
    first = (await public.get(url, params={"limit": 3})).json()
    rest = (await public.get(url, params={"limit": 3, "cursor": first["next"]})).json()
    assert [entry["number"] for entry in first["items"] + rest["items"]] == [1, 2, 3, 4]
    assert rest["next"] is None
    assert (first["total"], rest["total"]) == (4, 4)


async def test_the_workbook_holds_text_and_no_formula(public: httpx.AsyncClient, published: dict[str, Any]) -> None:
    answer = await public.get(f"/v1/lists/{published['id']}/export", params={"format": "xlsx"})
    assert "filename*=UTF-8''2022" in answer.headers["content-disposition"]
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert cells["公告第25号"]
    evil = cells[EVIL.enterprise_name]
    assert (evil.data_type, evil.quotePrefix) == ("s", True)
    assert all(cell.data_type != "f" for cell in cells.values())
    assert [row[2].value for row in sheet.iter_rows(min_row=4)][1] == CASES[0].credit_code


async def test_the_table_holds_text_and_no_formula(public: httpx.AsyncClient, published: dict[str, Any]) -> None:
    answer = await public.get(f"/v1/lists/{published['id']}/export", params={"format": "csv"})
    assert answer.content.startswith("\ufeff".encode())
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["序号", "企业名称", "统一社会信用代码", "企业类型", "业务类别", "推荐单位"]
    assert [row[1] for row in rows[1:]][2] == f"'{EVIL.enterprise_name}"
    assert rows[1][5] == "中央企业"


async def test_the_document_is_printable_and_carries_the_root(
    public: httpx.AsyncClient, published: dict[str, Any]
) -> None:
    answer = await public.get(f"/v1/lists/{published['id']}/export", params={"format": "html"})
    page = answer.text
    assert '<html lang="zh-CN">' in page
    assert "size: A4" in page
    assert "公告第25号" in page
    assert f"<h1>{published['title']['zh']}</h1>" in page
    assert published["journal_root"] in page
    assert published["digest"] in page
    assert "=HYPERLINK(&#34;http://evil.example&#34;" in page
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "src=" not in page


async def test_the_document_speaks_english_when_asked(public: httpx.AsyncClient, published: dict[str, Any]) -> None:
    url = f"/v1/lists/{published['id']}/export"
    page = (await public.get(url, headers={"Accept-Language": "en-GB,en"})).text
    assert '<html lang="en">' in page
    assert published["title"]["en"] in page
    assert "Central state-owned enterprise" in page


async def test_a_list_that_isnt_there_is_not_found(public: httpx.AsyncClient) -> None:
    for path in ("", "/export", "/proof"):
        assert (await public.get(f"/v1/lists/{new_id()}{path}")).status_code == 404


async def test_the_record_of_an_enterprise(public: httpx.AsyncClient, published: dict[str, Any]) -> None:
    record = (await public.get(f"/v1/enterprises/{CASES[0].credit_code}")).json()
    assert record["name"] == CASES[0].enterprise_name
    (listed,) = record["lists"]
    assert (listed["document_number"], listed["number"], listed["state"]) == ("公告第25号", 2, "PUBLISHED")
    assert [happened["state"] for happened in listed["history"]] == ["ADMITTED", "PUBLISHED"]
    assert "actor" not in listed["history"][0]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, [CASES[3], CASES[0], CASES[2], CASES[1]]),
        ({"q": "供应链"}, [CASES[0]]),
        ({"q": "x3efm"}, [CASES[1]]),
        ({"q": "%"}, []),
    ],
)
async def test_enterprises_are_searched(
    public: httpx.AsyncClient, published: dict[str, Any], params: dict[str, str], found: list[Any]
) -> None:
    page = (await public.get("/v1/enterprises", params=params)).json()
    codes = sorted(one.credit_code for one in found)
    assert [(one["credit_code"], one["document_number"]) for one in page["items"]] == [(c, "公告第25号") for c in codes]


async def test_enterprises_are_paged_and_come_once(
    public: httpx.AsyncClient, bearer: Bearer, registry: Database, published: dict[str, Any]
) -> None:
    again = Played(registry, cases=CASES[:1], campaign_id=new_id())
    await again.to_the_decision()
    body = {"campaign_id": str(again.campaign_id), "document_number": "公告第26号"}
    await public.post("/v1/lists", json=body, headers=bearer(Role.OFFICER))
    first = (await public.get("/v1/enterprises", params={"limit": 3})).json()
    rest = (await public.get("/v1/enterprises", params={"limit": 3, "cursor": first["next"]})).json()
    items = first["items"] + rest["items"]
    assert [one["credit_code"] for one in items] == sorted(one.credit_code for one in CASES)
    assert rest["next"] is None
    newest = {one["credit_code"]: one["document_number"] for one in items}
    assert newest[CASES[0].credit_code] == "公告第26号"


async def test_an_enterprise_that_is_only_admitted_is_not_found(public: httpx.AsyncClient, registry: Database) -> None:
    await Played(registry).admit(CASES[0])
    assert (await public.get("/v1/enterprises")).json()["items"] == []


async def test_an_enterprise_that_is_only_admitted_is_not_public(public: httpx.AsyncClient, registry: Database) -> None:
    await Played(registry).admit(CASES[0])
    assert (await public.get(f"/v1/enterprises/{CASES[0].credit_code}")).status_code == 404


async def test_a_document_number_that_can_not_be_stored_is_refused(
    public: httpx.AsyncClient, bearer: Bearer, registry: Database
) -> None:
    played = Played(registry)
    await played.to_the_decision()
    body = {"campaign_id": str(played.campaign_id), "document_number": "公告\0第25号"}
    answer = await public.post("/v1/lists", json=body, headers=bearer(Role.OFFICER))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert [error["field"] for error in answer.json()["errors"]] == ["document_number"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/v1/enterprises/%00", "credit_code"),
        ("/v1/lists/{id}?q=%00", "q"),
        ("/v1/lists/{id}?authority=%00", "authority"),
        ("/v1/lists/{id}?cursor=99999999999", "cursor"),
        ("/v1/journal/roots?before=99999999999", "before"),
        ("/v1/journal?credit_code=%00", "credit_code"),
        ("/v1/journal?after=9223372036854775808", "after"),
    ],
)
async def test_a_value_that_no_column_takes_is_named(
    public: httpx.AsyncClient, bearer: Bearer, published: dict[str, Any], path: str, field: str
) -> None:
    answer = await public.get(path.format(id=published["id"]), headers=bearer(Role.OFFICER))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert [error["field"] for error in answer.json()["errors"]] == [field]
