"""Returned, corrected, lapsed, withdrawn: the row in filing is the judge of corrections."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from chassis.clock import now
from contracts.activities.filing import LapseNomination, ReturnNomination
from contracts.enums import StageName
from contracts.events.filing import NominationCorrected, NominationLapsed, WithdrawalRequested
from services.filing.return_nomination import lapse_nomination, return_nomination
from tests.filing import samples
from tests.filing.conftest import Filing


class Case:
    """One nomination of Henan, and what is done about it."""

    def __init__(self, filing: Filing, nomination_id: str, declaration: dict[str, Any]) -> None:
        self.filing, self.id, self.declaration = filing, nomination_id, declaration

    async def give_back(self, number: int = 1, due: datetime | None = None) -> None:
        order = ReturnNomination(
            nomination_id=UUID(self.id),
            stage=StageName.RECOMMENDATION,
            round=number,
            opinion="请补正收入",
            due=due or now() + timedelta(days=10),
        )
        async with self.filing.transaction() as session:
            await return_nomination(session, order, now())

    async def lapse(self, revision: int = 1) -> bool:
        async with self.filing.transaction() as session:
            order = LapseNomination(nomination_id=UUID(self.id), revision=revision)
            return await lapse_nomination(session, order, now())

    async def correct(self, caller: dict[str, str] | None = None, **changes: Any) -> httpx.Response:
        for path, value in changes.items():
            group, name = path.split("__")
            self.declaration[group][name] = value
        return await self.filing.client.put(
            f"/v1/nominations/{self.id}/correction",
            json={"declaration": self.declaration},
            headers=caller or self.filing.henan,
        )

    async def withdraw(self, caller: dict[str, str] | None = None) -> httpx.Response:
        return await self.filing.client.post(
            f"/v1/nominations/{self.id}/withdrawal",
            json={"reason": "经营调整"},
            headers=caller or self.filing.enterprise(self.declaration["basics"]["credit_code"]),
        )

    async def read(self) -> dict[str, Any]:
        return await self.filing.nomination(self.id)

    async def status(self) -> str:
        return str((await self.read())["status"])


@pytest.fixture
async def case(filing: Filing) -> Case:
    declaration = samples.declaration()
    return Case(filing, await filing.submitted(declaration), declaration)


async def test_a_returned_nomination_comes_back_as_a_new_revision(filing: Filing, case: Case) -> None:
    await case.give_back()
    returned = await case.read()
    assert (returned["status"], returned["returned"]["opinion"]) == ("returned", "请补正收入")
    response = await case.correct(scale__main_revenue="120000", basics__name="新名物流")
    assert (response.status_code, response.json()["status"]) == (200, "awaiting_recommendation")
    read = await case.read()
    assert [revision["number"] for revision in read["revisions"]] == [2, 1]
    assert [revision["declaration"]["scale"]["main_revenue"] for revision in read["revisions"]] == ["120000", "116600"]
    assert read["enterprise_name"] == "新名物流"
    [event] = await filing.events(NominationCorrected)
    assert (event.revision, event.case.enterprise_name) == (2, "新名物流")


async def test_a_correction_sent_twice_is_one_revision(filing: Filing, case: Case) -> None:
    await case.give_back()
    responses = await asyncio.gather(*(case.correct(scale__outlets=82) for _ in range(3)))
    assert {response.status_code for response in responses} == {200}
    assert len(await filing.events(NominationCorrected)) == 1


async def test_only_a_returned_nomination_is_corrected(case: Case) -> None:
    assert (await case.correct()).json()["code"] == "not_returned"
    await case.give_back()
    await case.correct(scale__outlets=82)
    assert (await case.correct(scale__outlets=83)).json()["code"] == "not_returned"


@pytest.mark.parametrize(
    ("changes", "code", "rule"),
    [
        ({"basics__credit_code": samples.credit_code()}, "invalid_request", "unchangeable"),
        ({"basics__central": True}, "invalid_request", "unchangeable"),
        ({"scale__main_revenue": "1"}, "not_eligible", "least_revenue"),
        ({"scale__outlets": -1}, "invalid_request", "greater_than_equal"),
    ],
)
async def test_refused_corrections(case: Case, changes: dict[str, Any], code: str, rule: str) -> None:
    await case.give_back()
    response = await case.correct(**changes)
    assert (response.status_code, response.json()["code"]) == (422, code)
    assert response.json()["errors"][0]["rule"] == rule
    assert await case.status() == "returned"


async def test_a_late_correction_is_refused(case: Case) -> None:
    await case.give_back(due=now() - timedelta(seconds=1))
    assert (await case.correct(scale__outlets=82)).json()["code"] == "correction_overdue"


async def test_the_order_to_return_counts_once_a_round(case: Case) -> None:
    await case.give_back(1)
    await case.correct(scale__outlets=82)
    await case.give_back(1)  # the order again, late
    assert await case.status() == "awaiting_recommendation"
    await case.give_back(2)
    assert await case.status() == "returned"


async def test_without_a_correction_it_lapses_once(filing: Filing, case: Case) -> None:
    await case.give_back()
    assert [await case.lapse(), await case.lapse()] == [True, True]
    assert (await case.read())["failure"] == {"stage": "recommendation", "cause": "lapsed", "opinion": "请补正收入"}
    assert len(await filing.events(NominationLapsed)) == 1
    assert (await case.correct(scale__outlets=82)).json()["code"] == "not_returned"
    summary = await filing.get(f"/v1/campaigns/{filing.campaign}/summary")
    assert summary["failures"] == [{"stage": "recommendation", "cause": "lapsed", "nominations": 1}]


async def test_a_correction_that_came_first_does_not_lapse(filing: Filing, case: Case) -> None:
    await case.give_back()
    await case.correct(scale__outlets=82)
    assert await case.lapse() is False
    assert await filing.events(NominationLapsed) == []


async def test_a_correction_and_a_lapse_at_once_have_one_winner(filing: Filing, case: Case) -> None:
    await case.give_back()
    lapsed, corrected = await asyncio.gather(case.lapse(), case.correct(scale__outlets=82))
    assert lapsed == (corrected.status_code != 200)
    assert len(await filing.events(NominationLapsed)) + len(await filing.events(NominationCorrected)) == 1


async def test_a_withdrawal_is_asked_once(filing: Filing, case: Case) -> None:
    responses = [await case.withdraw() for _ in range(2)]
    assert [response.status_code for response in responses] == [202, 202]
    assert responses[0].json()["status"] == "awaiting_recommendation"
    assert [event.reason for event in await filing.events(WithdrawalRequested)] == ["经营调整"]


@pytest.mark.parametrize("reason", ["", "  ", "\x00", "x" * 5001])
async def test_a_withdrawal_needs_a_reason(case: Case, reason: str) -> None:
    path = f"/v1/nominations/{case.id}/withdrawal"
    response = await case.filing.client.post(path, json={"reason": reason}, headers=case.filing.henan)
    assert response.status_code == 422


async def test_what_has_ended_is_not_withdrawn(case: Case) -> None:
    await case.give_back()
    await case.lapse()
    assert ((await case.withdraw()).status_code, (await case.withdraw()).json()["code"]) == (409, "nomination_ended")


async def test_foreign_nominations_do_not_exist(filing: Filing, case: Case) -> None:
    await case.give_back()
    for caller in (filing.authority("140000"), filing.enterprise(samples.credit_code())):
        assert (await case.correct(caller)).status_code == 404
        assert (await case.withdraw(caller)).status_code == 404
    for response in (await case.correct(filing.officer), await case.withdraw(filing.officer)):
        assert (response.status_code, response.json()["errors"][0]["rule"]) == (403, "central_only")
