"""Nominations by API: who may, what is refused, what is told."""

import asyncio
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from contracts.enums import Role, StageName
from contracts.events.filing import NominationSubmitted
from tests.filing import samples
from tests.filing.conftest import Filing


async def test_a_nomination_is_filed_and_told(filing: Filing) -> None:
    declaration = samples.declaration()
    response = await filing.submit(declaration)
    receipt = response.json()
    assert response.status_code == 201
    assert (receipt["status"], receipt["revision"]) == ("awaiting_recommendation", 1)
    [event] = await filing.events(NominationSubmitted)
    assert str(event.nomination_id) == receipt["id"]
    assert event.case.authority_code == "410000"
    assert event.ladder.stages[0].name is StageName.RECOMMENDATION
    assert not any(person in event.model_dump_json() for person in samples.PEOPLE)
    [revision] = (await filing.nomination(receipt["id"]))["revisions"]
    assert revision["declaration"]["basics"]["contact_person"] == "梁强"
    assert all(rule["met"] for rule in revision["eligibility"])
    assert revision["submitted_by"] == "authority:henan"


async def test_a_central_enterprise_takes_the_route_without_recommendation(filing: Filing) -> None:
    receipt = (await filing.submit(samples.central(), filing.officer)).json()
    assert (receipt["status"], receipt["authority_code"]) == ("under_review", None)
    [event] = await filing.events(NominationSubmitted)
    assert event.case.central
    assert event.ladder.stages[0].name is StageName.PANEL


@pytest.mark.parametrize(
    ("changes", "code", "field", "rule"),
    [
        ({"scale__main_revenue": "9999"}, "not_eligible", "declaration.scale.main_revenue", "least_revenue"),
        ({"scale__service_network": "省内"}, "not_eligible", "declaration.scale.service_network", "network"),
        ({"basics__authority_code": "140000"},
         "invalid_request", "declaration.basics.authority_code", "registering_authority"),
        ({"basics__credit_code": samples.with_check("91710000600037341")},
         "invalid_request", "declaration.basics.credit_code", "no_registering_authority"),
        ({"basics__central": True, "basics__authority_code": "410000"},
         "invalid_request", "declaration.basics.authority_code", "central_without_authority"),
        ({"basics__credit_code": "91410000600037341L"},
         "invalid_request", "declaration.basics.credit_code", "credit_code_check"),
    ],
)  # fmt: skip
async def test_refusals_name_field_and_rule(
    filing: Filing, changes: dict[str, Any], code: str, field: str, rule: str
) -> None:
    response = await filing.submit(samples.declaration(**changes))
    problem = response.json()
    assert (response.status_code, problem["code"]) == (422, code)
    assert (problem["errors"][0]["field"], problem["errors"][0]["rule"]) == (field, rule)
    assert await filing.events(NominationSubmitted) == []


async def test_an_error_is_told_in_chinese_with_the_label_of_the_form(filing: Filing) -> None:
    chinese = filing.henan | {"Accept-Language": "zh-CN"}
    response = await filing.submit(samples.declaration(scale__employees=-1), chinese)
    assert response.json()["errors"][0]["message"] == "从业人员(人)：不得小于 0"


async def test_who_may_file_for_whom(filing: Filing) -> None:
    own, foreign = samples.declaration(), samples.declaration()
    enterprise = filing.enterprise(own["basics"]["credit_code"])
    refused = {
        "central_only": await filing.submit(foreign, filing.officer),
        "own_credit_code": await filing.submit(foreign, enterprise),
        "foreign_authority": await filing.submit(foreign, filing.authority("140000")),
    }
    for rule, response in refused.items():
        assert response.status_code == 403
        assert response.json()["errors"][0]["rule"] == rule
    assert (await filing.submit(own, enterprise)).status_code == 201
    assert (await filing.submit(samples.declaration("410300"), filing.henan)).status_code == 201
    for role in (Role.EXPERT, Role.DECIDER, Role.ADMIN, Role.SERVICE):
        assert (await filing.submit(foreign, filing.bearer(role))).status_code == 403


async def test_one_application_an_enterprise_a_campaign(filing: Filing) -> None:
    declaration = samples.declaration()
    responses = await asyncio.gather(*(filing.submit(declaration) for _ in range(4)))
    assert sorted(response.status_code for response in responses) == [201, 409, 409, 409]
    assert (await filing.submit(declaration)).json()["code"] == "already_nominated"
    assert len(await filing.events(NominationSubmitted)) == 1


class TestIdempotencyKey:
    async def test_the_same_request_is_answered_as_the_first_time(self, filing: Filing) -> None:
        declaration = samples.declaration()
        first = await filing.submit(declaration, key="k1")
        again = await filing.submit(declaration, key="k1")
        assert (again.status_code, again.json()) == (201, first.json())
        assert len(await filing.events(NominationSubmitted)) == 1

    async def test_another_request_under_the_key_is_refused(self, filing: Filing) -> None:
        await filing.submit(samples.declaration(), key="k1")
        response = await filing.submit(samples.declaration(), key="k1")
        assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")

    async def test_keys_of_two_callers_are_two_keys(self, filing: Filing) -> None:
        assert (await filing.submit(samples.declaration(), key="k1")).status_code == 201
        other = await filing.submit(samples.declaration("140000"), filing.authority("140000"), key="k1")
        assert other.status_code == 201

    async def test_a_refusal_is_not_kept(self, filing: Filing) -> None:
        declaration = samples.declaration(scale__main_revenue="1")
        assert (await filing.submit(declaration, key="k1")).status_code == 422
        declaration["scale"]["main_revenue"] = "99999"
        assert (await filing.submit(declaration, key="k1")).status_code == 201

    async def test_a_replay_is_answered_after_the_window_has_closed(self, filing: Filing) -> None:
        declaration = samples.declaration()
        first = await filing.submit(declaration, key="k1")
        async with filing.transaction() as session:
            await session.execute(sa.text("UPDATE campaigns SET closed_at = now()"))
        assert (await filing.submit(declaration, key="k1")).json() == first.json()

    async def test_while_the_first_is_under_way_the_second_is_refused(self, filing: Filing) -> None:
        """The first request is held up by somebody else's uncommitted nomination of the same enterprise."""
        declaration = samples.declaration()
        async with filing.transaction() as session:
            await session.execute(HOLD, {"campaign": filing.campaign, "code": declaration["basics"]["credit_code"]})
            first = asyncio.create_task(filing.submit(declaration, key="k1"))
            await _waits_for_a_lock(filing)
            second = await filing.submit(declaration, key="k1")
            await session.rollback()
        assert (second.status_code, second.json()["code"]) == (409, "idempotency_key_in_use")
        assert second.headers["retry-after"] == "1"
        answer = await first
        assert answer.status_code == 201
        assert (await filing.submit(declaration, key="k1")).json() == answer.json()

    async def test_many_at_once_make_one_nomination(self, filing: Filing) -> None:
        declaration = samples.declaration()
        responses = await asyncio.gather(*(filing.submit(declaration, key="k1") for _ in range(8)))
        good = [response.json() for response in responses if response.status_code == 201]
        codes = {response.json().get("code") for response in responses if response.status_code != 201}
        assert all(receipt == good[0] for receipt in good)
        assert codes <= {"idempotency_key_in_use"}
        assert len(await filing.events(NominationSubmitted)) == 1


HOLD = sa.text("""
    INSERT INTO nominations (id, campaign_id, credit_code, enterprise_name, enterprise_type, business_category,
        central, status, revision, submitted_at, updated_at)
    VALUES (gen_random_uuid(), CAST(:campaign AS text)::uuid, :code, '', 'logistics', '',
        false, 'returned', 1, now(), now())
""")


async def _waits_for_a_lock(filing: Filing) -> None:
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(10):
        while True:
            async with filing.database.transaction() as session:
                if (await session.scalars(waiting)).one():
                    return
            await asyncio.sleep(0.02)


async def test_the_hot_path_takes_five_statements(filing: Filing) -> None:
    await filing.submit(samples.declaration(), key="warm")
    statements: list[str] = []
    engine = filing.database.engine.sync_engine

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    sa.event.listen(engine, "before_cursor_execute", count)
    response: httpx.Response = await filing.submit(samples.declaration(), key="k1")
    sa.event.remove(engine, "before_cursor_execute", count)
    assert response.status_code == 201
    assert len(statements) == 5
