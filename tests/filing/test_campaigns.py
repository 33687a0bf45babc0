"""Campaigns and schemes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from chassis.clock import now
from contracts.enums import Role
from contracts.events.filing import CampaignOpened, IntakeClosed
from services.filing.campaigns import close_intake
from tests.filing import samples
from tests.filing.conftest import Filing


async def test_an_opened_campaign_is_told_with_its_rules(filing: Filing) -> None:
    event = (await filing.events(CampaignOpened))[0]
    assert (event.scheme_code, event.scheme_version, event.year) == ("national", 1, 2022)
    assert [term.working_days for term in event.authority_reminders] == [10, 5, 1]
    assert (await filing.get("/v1/campaigns"))[0]["id"] == filing.campaign
    assert (await filing.get(f"/v1/campaigns/{filing.campaign}"))["title"]["zh"] == "2022 年申报"


async def test_days_are_days_in_shanghai(filing: Filing) -> None:
    days = {"opens_at": "2023-03-01", "closes_at": "2023-04-30", "recommend_by": "2023-05-15"}
    campaign = (await filing.open_campaign(year=2023, **days)).json()
    assert datetime.fromisoformat(campaign["opens_at"]) == datetime(2023, 2, 28, 16, tzinfo=UTC)
    assert datetime.fromisoformat(campaign["closes_at"]) == datetime(2023, 4, 30, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({}, 409, "campaign_exists"),
        ({"year": 2023, "scheme_version": 9}, 422, "unknown_scheme"),
        ({"year": 2023, "closes_at": "2020-01-01"}, 422, "invalid_request"),
        ({"year": 2023, "recommend_by": "2020-01-01"}, 422, "invalid_request"),
        ({"year": 2023, "opens_at": "soon"}, 422, "invalid_request"),
        ({"year": 1}, 422, "invalid_request"),
    ],
)
async def test_refused_campaigns(filing: Filing, changes: dict[str, Any], status: int, code: str) -> None:
    response = await filing.open_campaign(**changes)
    assert (response.status_code, response.json()["code"]) == (status, code)


async def test_a_scheme_version_never_changes(filing: Filing) -> None:
    scheme = (await filing.get("/v1/schemes"))[0]
    trial = scheme | {"code": "trial", "correction": {"seconds": 5}}
    for rules, status in ((trial, 201), (trial, 201), (trial | {"max_returns": 1}, 409)):
        response = await filing.client.post("/v1/schemes", json=rules, headers=filing.officer)
        assert response.status_code == status
    assert (await filing.open_campaign(scheme_code="trial")).status_code == 201
    wrong = trial | {"version": 2, "stages": scheme["stages"][2:]}
    assert (await filing.client.post("/v1/schemes", json=wrong, headers=filing.officer)).status_code == 422


async def test_the_window(filing: Filing) -> None:
    past, future = now() - timedelta(hours=1), now() + timedelta(hours=1)
    for year, window in ((2023, {"closes_at": past}), (2024, {"opens_at": future})):
        opened = await filing.open_campaign(year=year, **{name: time.isoformat() for name, time in window.items()})
        filing.campaign = opened.json()["id"]
        refused = await filing.submit(samples.declaration())
        assert (refused.status_code, refused.json()["code"]) == (409, "window_closed")


async def test_the_intake_is_closed_once(filing: Filing) -> None:
    await filing.submitted()
    for _ in range(2):
        async with filing.transaction() as session:
            await close_intake(session, UUID(filing.campaign), now())
    assert [event.nominations for event in await filing.events(IntakeClosed)] == [1]
    assert (await filing.submit(samples.declaration())).json()["code"] == "window_closed"


async def test_an_unknown_campaign(filing: Filing) -> None:
    filing.campaign = "01900000-0000-7000-8000-000000000000"
    assert (await filing.submit(samples.declaration())).status_code == 404
    for path in ("", "/summary"):
        response = await filing.client.get(f"/v1/campaigns/{filing.campaign}{path}", headers=filing.officer)
        assert response.status_code == 404


async def test_only_officers_open_campaigns(filing: Filing) -> None:
    officer = filing.officer
    for role, claims in ((Role.DECIDER, {}), (Role.ADMIN, {}), (Role.AUTHORITY, {"authority": "410000"})):
        filing.officer = filing.bearer(role, **claims)
        assert (await filing.open_campaign(year=2023)).status_code == 403
    filing.officer = officer
