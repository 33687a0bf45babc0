"""Files of nominations: the whole sample, and everything a province's spreadsheet can have in it."""

import asyncio
from collections import Counter
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from contracts.events.filing import NominationSubmitted
from tests.filing import samples
from tests.filing.conftest import Filing
from tests.filing.files import as_csv, row

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
CSV, XLSX = ((SAMPLES / f"nominations_2022.{form}").read_bytes() for form in ("csv", "xlsx"))


def rules(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(error["field"], error["rule"]) for line in report["report"] for error in line["errors"]]


@pytest.mark.parametrize("file", [CSV, XLSX], ids=["csv", "xlsx"])
async def test_the_whole_sample(filing: Filing, file: bytes) -> None:
    began = process_time()
    response = await filing.upload("x", file)
    seconds = process_time() - began
    report = response.json()
    assert response.status_code == 200
    assert {name: report[name] for name in ("rows", "filed", "existing", "refused")} == {
        "rows": 412, "filed": 360, "existing": 0, "refused": 52,
    }  # fmt: skip
    assert Counter(rules(report)) == {
        ("scale.main_revenue", "least_revenue"): 25,
        ("scale.service_network", "network"): 28,
    }
    assert seconds < 2, "of processor time, so that other work on the machine does not count"
    events = await filing.events(NominationSubmitted)
    assert len(events) == 360
    assert sum(event.case.central for event in events) == 11
    refused = next(line for line in report["report"] if line["result"] == "refused")
    assert refused["row"] > 1
    assert refused["errors"][0]["column"] in ("主营业务收入(万元)", "服务网络范围")


async def test_the_same_file_again_is_harmless_in_either_form(filing: Filing) -> None:
    await filing.upload("x.csv", CSV)
    report = (await filing.upload("x.xlsx", XLSX)).json()
    assert (report["filed"], report["existing"], report["refused"]) == (0, 360, 52)
    assert len(await filing.events(NominationSubmitted)) == 360


async def test_two_uploads_at_once_file_each_row_once(filing: Filing) -> None:
    reports = [r.json() for r in await asyncio.gather(*(filing.upload("x.csv", CSV) for _ in range(2)))]
    assert sum(report["filed"] for report in reports) == 360
    assert sum(report["existing"] for report in reports) == 360
    assert len(await filing.events(NominationSubmitted)) == 360


async def test_an_authority_files_its_own_only(filing: Filing) -> None:
    own, foreign = row(), row(统一社会信用代码=samples.credit_code("140000"), 推荐单位代码="140000", 推荐单位="")
    report = (await filing.upload("x.csv", as_csv(own, foreign), filing.henan)).json()
    assert [line["result"] for line in report["report"]] == ["filed", "refused"]
    assert rules(report) == [("basics.authority_code", "foreign_authority")]


async def test_other_content_for_an_enterprise_that_applied_is_refused(filing: Filing) -> None:
    first = row()
    await filing.upload("x.csv", as_csv(first))
    report = (await filing.upload("x.csv", as_csv(first, first | {"网点数量(个)": 9}))).json()
    assert [line["result"] for line in report["report"]] == ["existing", "refused"]
    assert rules(report) == [("basics.credit_code", "twice_in_file")]
    report = (await filing.upload("x.csv", as_csv(first | {"网点数量(个)": 9}))).json()
    assert rules(report) == [("basics.credit_code", "already_nominated")]


async def test_the_report_speaks_the_callers_language(filing: Filing) -> None:
    content = as_csv(row(**{"从业人员(人)": "五百"}))
    chinese = filing.officer | {"Accept-Language": "zh"}
    english = (await filing.upload("x.csv", content)).json()["report"][0]["errors"][0]
    assert english["message"] == "Employees: must be a whole number"
    assert (await filing.upload("x.csv", content, chinese)).json()["report"][0]["errors"][0] == english | {
        "message": "从业人员(人)：应为整数"
    }


async def test_a_bad_row_does_not_hold_up_the_others(filing: Filing) -> None:
    content = as_csv(row(企业类型="银行", **{"网点数量(个)": "多"}), row())
    report = (await filing.upload("x.csv", content)).json()
    assert [line["result"] for line in report["report"]] == ["refused", "filed"]
    assert rules(report) == [("basics.enterprise_type", "unknown_type"), ("scale.outlets", "not_a_whole_number")]


async def test_an_unreadable_file_is_refused_with_the_columns_it_lacks(filing: Filing) -> None:
    response = await filing.upload("x.csv", "企业名称\r\n甲\r\n".encode())
    problem = response.json()
    assert (response.status_code, problem["code"]) == (422, "unreadable_file")
    told = {"field": "信息系统", "rule": "missing_column", "message": "the column 信息系统 is missing"}
    assert told in problem["errors"]


async def test_missing_fields_of_the_form(filing: Filing) -> None:
    response = await filing.client.post("/v1/imports", data={"campaign_id": filing.campaign}, headers=filing.officer)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    filing.campaign = "none"
    assert (await filing.upload("x.csv", as_csv(row()))).status_code == 422
