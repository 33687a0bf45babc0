"""Drafts: saved as far as they are written, never lost to another tab, and gone when they are nobody's business."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from chassis.clock import now
from contracts.enums import Role
from contracts.events import Event
from services.filing import campaigns
from services.filing.declaration import Declaration
from services.filing.sketch import Sketch
from tests.filing import samples
from tests.filing.conftest import Filing

OWN = samples.credit_code()


class Tab:
    """One browser tab of an enterprise."""

    def __init__(self, filing: Filing, code: str = OWN) -> None:
        self.filing, self.headers = filing, filing.enterprise(code)

    @property
    def path(self) -> str:
        return f"/v1/drafts/{self.filing.campaign}"

    async def read(self) -> httpx.Response:
        return await self.filing.client.get(self.path, headers=self.headers)

    async def save(self, declaration: Any, version: int | None = None) -> httpx.Response:
        body = {"declaration": declaration, "version": version}
        return await self.filing.client.put(self.path, json=body, headers=self.headers)


async def test_a_draft_is_kept_as_it_is_written(filing: Filing) -> None:
    tab = Tab(filing)
    assert (await tab.read()).status_code == 404
    first = await tab.save({"basics": {"name": "甲"}})
    assert (first.status_code, first.json()["version"]) == (200, 1)
    wrong = {"basics": {"name": "", "nonsense": [1]}, "willing": False}
    assert (await tab.save(wrong, 1)).json()["version"] == 2
    kept = (await tab.read()).json()
    assert (kept["declaration"], kept["version"]) == (wrong, 2)


async def test_an_enterprise_finds_its_drafts(filing: Filing) -> None:
    tab, other = Tab(filing), Tab(filing, samples.credit_code())
    await tab.save({"basics": {"name": "甲"}})
    mine, theirs = [(await filing.client.get("/v1/drafts", headers=one.headers)).json() for one in (tab, other)]
    assert [(draft["campaign_id"], draft["version"]) for draft in mine] == [(str(filing.campaign), 1)]
    assert theirs == []


async def test_two_tabs_do_not_overwrite_each_other(filing: Filing) -> None:
    tab, other = Tab(filing), Tab(filing)
    saved = (await tab.save({"basics": {"name": "甲"}})).json()
    for stale in (None, 7):
        refused = await other.save({}, stale)
        assert (refused.status_code, refused.json()["code"]) == (409, "draft_changed")
        assert refused.json()["version"] == 1
        assert refused.json()["saved_at"][:19] == saved["saved_at"][:19]
    assert (await tab.read()).json()["declaration"] == {"basics": {"name": "甲"}}


async def test_a_version_of_a_draft_that_is_gone(filing: Filing) -> None:
    tab = Tab(filing)
    await tab.save({})
    assert (await filing.client.delete(tab.path, headers=tab.headers)).status_code == 204
    refused = await tab.save({}, 1)
    assert (refused.status_code, refused.json()["version"]) == (409, None)


@pytest.mark.parametrize(
    ("declaration", "field", "rule"),
    [
        ({"other": {}}, "declaration.other", "extra_forbidden"),
        ({"basics": "text"}, "declaration.basics", "dict_type"),
        ({"basics": {"name": "a\0b"}}, "declaration.basics", "not_storable"),
        ({"scale": {"employees": 10**30}}, "declaration.scale", "not_storable"),
        ({"basics": {"introduction": "长" * 50_000}}, "declaration.basics", "too_long_to_keep"),
    ],
)
async def test_what_is_no_part_of_a_declaration(filing: Filing, declaration: Any, field: str, rule: str) -> None:
    refused = await Tab(filing).save(declaration)
    assert refused.status_code == 422
    assert [(error["field"], error["rule"]) for error in refused.json()["errors"]] == [(field, rule)]


async def test_nobody_else_reads_it(filing: Filing) -> None:
    await Tab(filing).save({"basics": {"contact_phone": "13800000000"}})
    assert (await Tab(filing, samples.credit_code()).read()).status_code == 404
    for caller in (filing.officer, filing.henan, filing.bearer(Role.ADMIN)):
        assert (await filing.client.get(Tab(filing).path, headers=caller)).status_code == 403


@pytest.mark.parametrize("by", ["the enterprise", "its authority"])
async def test_it_goes_when_the_enterprise_is_nominated(filing: Filing, by: str) -> None:
    declaration = samples.declaration()
    code = declaration["basics"]["credit_code"]
    tab, other = Tab(filing, code), Tab(filing, samples.credit_code())
    await tab.save(declaration)
    await other.save({})
    await filing.submitted(declaration, tab.headers if by == "the enterprise" else filing.henan)
    assert (await tab.read()).status_code == 404
    assert (await other.read()).status_code == 200
    late = await tab.save(declaration)
    assert (late.status_code, late.json()["code"]) == (409, "already_nominated")


async def test_it_stays_when_the_nomination_is_refused(filing: Filing) -> None:
    declaration = samples.declaration(scale__main_revenue="1")
    tab = Tab(filing, declaration["basics"]["credit_code"])
    await tab.save(declaration)
    assert (await filing.submit(declaration, tab.headers)).status_code == 422
    assert (await tab.read()).status_code == 200


async def test_it_goes_when_the_intake_is_closed(filing: Filing) -> None:
    tab = Tab(filing)
    await tab.save({})
    async with filing.transaction() as session:
        await campaigns.close_intake(session, UUID(filing.campaign), now())
    assert (await tab.read()).status_code == 404
    late = await tab.save({})
    assert (late.status_code, late.json()["code"]) == (409, "window_closed")


async def test_it_is_no_fact(filing: Filing) -> None:
    before = await filing.events(Event)
    await Tab(filing).save({})
    assert await filing.events(Event) == before


def test_a_sketch_has_the_parts_of_a_declaration() -> None:
    assert set(Sketch.model_fields) == set(Declaration.model_fields)
