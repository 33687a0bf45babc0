"""Lists, single nominations, contacts: each caller sees what is theirs, and no more of people than they need."""

from typing import Any
from uuid import UUID

import pytest

from chassis.clock import now
from contracts.enums import Role, StageName, Verdict
from services.filing.project_status import project_status
from tests.filing import samples
from tests.filing.conftest import Filing
from tests.filing.test_panel_seats import FIRST, declared, seated
from tests.filing.test_status import concluded


@pytest.fixture
async def three(filing: Filing) -> dict[str, dict[str, Any]]:
    """One of Henan, one of Shanxi, one central; by name."""
    made = {
        "henan": samples.declaration("410000", basics__name="甲物流"),
        "shanxi": samples.declaration("140000", basics__name="乙物流"),
        "central": samples.central(basics__name="丙物流"),
    }
    callers = (filing.henan, filing.authority("140000"), filing.officer)
    for declaration, caller in zip(made.values(), callers, strict=True):
        declaration["id"] = await filing.submitted(declaration, caller)
    return made


def names(page: dict[str, Any]) -> list[str]:
    return [item["enterprise_name"] for item in page["items"]]


async def test_a_caller_lists_their_own(filing: Filing, three: dict[str, dict[str, Any]]) -> None:
    expected: list[tuple[dict[str, str], list[str]]] = [
        (filing.officer, ["甲物流", "乙物流", "丙物流"]),
        (filing.bearer(Role.DECIDER), ["甲物流", "乙物流", "丙物流"]),
        (filing.henan, ["甲物流"]),
        (filing.authority("370000"), []),
        (filing.enterprise(three["shanxi"]["basics"]["credit_code"]), ["乙物流"]),
    ]
    for caller, seen in expected:
        assert names(await filing.get("/v1/nominations", caller)) == seen


@pytest.mark.parametrize(
    ("filters", "seen"),
    [
        ({"authority": "140000"}, ["乙物流"]),
        ({"status": "under_review"}, ["丙物流"]),
        ({"status": ["under_review", "returned"]}, ["丙物流"]),
        ({"status": ["under_review", "awaiting_recommendation"], "central": "false"}, ["甲物流", "乙物流"]),
        ({"central": "true"}, ["丙物流"]),
        ({"enterprise_type": "trading"}, []),
        ({"order": "newest"}, ["丙物流", "乙物流", "甲物流"]),
        ({"failed_cause": "lapsed"}, []),
        ({"q": "甲"}, ["甲物流"]),
        ({"q": "%"}, []),
        ({"q": "物流"}, ["甲物流", "乙物流", "丙物流"]),
        ({"campaign": "01900000-0000-7000-8000-000000000000"}, []),
    ],
)
async def test_filters(
    filing: Filing, three: dict[str, dict[str, Any]], filters: dict[str, Any], seen: list[str]
) -> None:
    assert names(await filing.get("/v1/nominations", **filters)) == seen
    assert await filing.get("/v1/nominations/counts", **filters) == {"total": len(seen)}


async def test_a_failure_opens_its_list(filing: Filing, three: dict[str, dict[str, Any]]) -> None:
    """Every number of a campaign's summary is the count of a list."""
    async with filing.transaction() as session:
        rejected = concluded(StageName.RECOMMENDATION, Verdict.REJECTED)
        await project_status(session, rejected, [UUID(three["henan"]["id"])], now())
    summary = await filing.get(f"/v1/campaigns/{filing.campaign}/summary")
    [failure] = summary["failures"]
    assert failure == {"stage": "recommendation", "cause": "verdict", "nominations": 1}
    failed = {"failed_stage": failure["stage"], "failed_cause": failure["cause"], "campaign": filing.campaign}
    assert names(await filing.get("/v1/nominations", **failed)) == ["甲物流"]
    for authority in summary["authorities"]:
        for status, nominations in authority["statuses"].items():
            code = authority["authority_code"]
            whose = {"authority": code} if code else {"central": "true"}
            counted = await filing.get("/v1/nominations/counts", status=status, **whose)
            assert counted == {"total": nominations}


async def test_pages_of_the_newest(filing: Filing, three: dict[str, dict[str, Any]]) -> None:
    first = await filing.get("/v1/nominations", order="newest", limit=2)
    second = await filing.get("/v1/nominations", order="newest", limit=2, cursor=first["next"])
    assert names(first) + names(second) == ["丙物流", "乙物流", "甲物流"]


async def test_counts_are_of_the_callers_own(filing: Filing, three: dict[str, dict[str, Any]]) -> None:
    assert await filing.get("/v1/nominations/counts", filing.henan) == {"total": 1}


async def test_a_filter_the_database_could_not_take(filing: Filing) -> None:
    for filters in ({"q": "\x00"}, {"authority": "\x00"}, {"cursor": "x"}, {"limit": "0"}):
        response = await filing.client.get("/v1/nominations", params=filters, headers=filing.officer)
        assert response.status_code == 422


async def test_a_filter_does_not_widen_the_scope(filing: Filing, three: dict[str, dict[str, Any]]) -> None:
    assert names(await filing.get("/v1/nominations", filing.henan, authority="140000")) == []


async def test_pages(filing: Filing, three: dict[str, dict[str, Any]]) -> None:
    first = await filing.get("/v1/nominations", limit=2)
    second = await filing.get("/v1/nominations", limit=2, cursor=first["next"])
    assert names(first) + names(second) == ["甲物流", "乙物流", "丙物流"]
    assert second["next"] is None


async def test_lists_name_no_people(filing: Filing, three: dict[str, dict[str, Any]]) -> None:
    text = str(await filing.get("/v1/nominations"))
    assert not any(person in text for person in samples.PEOPLE)


async def test_who_reads_a_nomination_and_who_sees_its_people(filing: Filing, three: dict[str, dict[str, Any]]) -> None:
    own = three["henan"]
    expected: list[tuple[dict[str, str], int, bool]] = [
        (filing.officer, 200, True),
        (filing.henan, 200, True),
        (filing.enterprise(own["basics"]["credit_code"]), 200, True),
        (filing.bearer(Role.DECIDER), 200, False),
        (filing.bearer(Role.EXPERT), 404, False),  # not on its panel
        (filing.authority("140000"), 404, False),
        (filing.enterprise(three["shanxi"]["basics"]["credit_code"]), 404, False),
        (filing.bearer(Role.ADMIN), 403, False),
        (filing.bearer(Role.SERVICE), 403, False),
        ({}, 401, False),
    ]
    for caller, status, people in expected:
        response = await filing.client.get(f"/v1/nominations/{own['id']}", headers=caller)
        assert response.status_code == status
        assert any(person in response.text for person in samples.PEOPLE) == people


async def test_an_expert_of_the_panel_reads_it_without_its_people(
    filing: Filing, three: dict[str, dict[str, Any]]
) -> None:
    await seated(filing, three["central"]["id"], FIRST, *declared("a"))
    read = await filing.get(f"/v1/nominations/{three['central']['id']}", filing.bearer(Role.EXPERT, "a"))
    assert read["revisions"][0]["declaration"]["scale"]["main_revenue"] == "116600"
    assert not any(person in str(read) for person in samples.PEOPLE)


async def test_contacts_are_for_other_services(filing: Filing, three: dict[str, dict[str, Any]]) -> None:
    path = f"/v1/nominations/{three['henan']['id']}/contact"
    contact = await filing.get(path, filing.bearer(Role.SERVICE, "notify"))
    assert contact["email"] == "contact@example.cn"
    for caller in (filing.officer, filing.henan):
        assert (await filing.client.get(path, headers=caller)).status_code == 403


async def test_the_summary_counts_what_the_caller_may_see(filing: Filing, three: dict[str, dict[str, Any]]) -> None:
    path = f"/v1/campaigns/{filing.campaign}/summary"
    assert (await filing.get(path))["statuses"] == {"awaiting_recommendation": 2, "under_review": 1}
    assert (await filing.get(path, filing.henan))["nominations"] == 1
    codes = [one["authority_code"] for one in (await filing.get(path))["authorities"]]
    assert codes == ["140000", "410000", None]
    assert [one["authority_code"] for one in (await filing.get(path, filing.henan))["authorities"]] == ["410000"]
