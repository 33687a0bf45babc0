"""Who reads what of the journal."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from chassis.db import Database
from chassis.ids import new_id
from contracts.enums import Assignee, Cause, Reminder, Role, StageName, Verdict
from contracts.events.review import (
    AuthorityReminded,
    NoInterestDeclared,
    NoticePrepared,
    NoticePublished,
    ObjectionFiled,
    PanelReassigned,
    ScoreRecorded,
    StageConcluded,
    StageReminded,
    VerdictRecorded,
)
from services.registry.app import SERVICE
from tests.fixtures.apps import Api, Bearer
from tests.registry.campaign import CASES, Played
from tests.registry.samples import CAMPAIGN, NOON, envelope

HENAN, GUANGDONG = CASES[0], CASES[1]


@pytest.fixture
async def played(registry: Database) -> Played:
    """A case of Henan with everything that can happen to it, beside one of Guangdong."""
    played = Played(registry, cases=(HENAN, GUANGDONG))
    await played.submit()
    mine = played.nominations[HENAN.credit_code]
    of_case = {"nomination_id": mine, "campaign_id": CAMPAIGN, "credit_code": HENAN.credit_code}
    stage = {**of_case, "stage_id": new_id(), "stage": StageName.PANEL, "round": 1, "authority_code": "410000"}
    notice = {"campaign_id": CAMPAIGN, "notice_id": new_id(), "title": "公示"}
    both = tuple(played.nominations.values())
    verdict = VerdictRecorded(**stage, task_id=new_id(), verdict=Verdict.APPROVED, opinion="同意", decided_by="wang")
    clear = NoInterestDeclared(**stage, task_id=new_id(), expert="expert-7")
    score = ScoreRecorded(**stage, task_id=new_id(), expert="expert-7", percentage=Decimal(80))
    reminded = StageReminded(
        **stage, reminder=Reminder.REMINDER, assignee=Assignee.EXPERTS, deadline_at=NOON, experts=("expert-7",)
    )
    owed = AuthorityReminded(campaign_id=CAMPAIGN, authority_code="410000", pending=3, recommend_by=NOON)
    concluded = StageConcluded(**stage, verdict=Verdict.APPROVED, cause=Cause.SCORES, opinion="80", concluded_at=NOON)
    published = NoticePublished(**notice, nominations=both, published_at=NOON, closes_at=NOON, journal_root="00")
    await played.write(
        envelope(verdict, actor="authority:wang"),
        envelope(clear, actor="expert:expert-7"),
        envelope(score, actor="expert:expert-7"),
        envelope(reminded, actor="system:workflow"),
        envelope(owed),
        envelope(PanelReassigned(**stage, released=("expert-7",), appointed=("expert-8",), deadline_at=None)),
        envelope(concluded, actor="expert:expert-7"),
        envelope(NoticePrepared(**notice, nominations=both)),
        envelope(published),
        envelope(ObjectionFiled(**of_case, notice_id=new_id(), objection_id=new_id()), actor="public"),
    )
    await played.sign()
    return played


@pytest.fixture
async def client(api: Api, registry: Database) -> httpx.AsyncClient:
    return await api(SERVICE, registry)


def types(answer: httpx.Response) -> list[str]:
    return [row["type"].split(".", 1)[1].removesuffix(".v1") for row in answer.json()["items"]]


async def read(client: httpx.AsyncClient, headers: dict[str, str], **params: Any) -> httpx.Response:
    return await client.get("/v1/journal", params=params, headers=headers)


EVERYTHING = [
    "nomination.submitted",
    "verdict.recorded",
    "no_interest.declared",
    "score.recorded",
    "stage.reminded",
    "panel.reassigned",
    "stage.concluded",
    "notice.prepared",
    "notice.published",
    "objection.filed",
    "decision.signed",
]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DECIDER])
async def test_staff_see_everything_of_a_case_and_batches_it_is_in(
    client: httpx.AsyncClient, bearer: Bearer, played: Played, role: Role
) -> None:
    by_nomination = await read(client, bearer(role), nomination_id=played.nominations[HENAN.credit_code])
    by_enterprise = await read(client, bearer(role), credit_code=HENAN.credit_code)
    assert types(by_nomination) == types(by_enterprise) == EVERYTHING
    rows = by_nomination.json()["items"]
    assert rows[1]["data"]["decided_by"] == "wang"
    assert rows[2]["actor"] == "expert:expert-7"
    assert len(rows[-1]["data"]["approved"]) == 2


async def test_an_enterprise_sees_its_own_case_without_what_is_internal(
    client: httpx.AsyncClient, bearer: Bearer, played: Played
) -> None:
    headers = bearer(Role.ENTERPRISE, credit_code=HENAN.credit_code)
    answer = await read(client, headers, credit_code=HENAN.credit_code)
    assert types(answer) == ["nomination.submitted", "stage.concluded", "notice.published", "decision.signed"]
    rows = answer.json()["items"]
    assert [row["actor"] for row in rows] == [f"enterprise:{HENAN.credit_code}", "expert", "officer", "decider"]
    assert set(rows[3]["data"]) == {"document_number", "signed_at"}
    for secret in ("expert-7", "wang", "nominations", GUANGDONG.enterprise_name, "objection"):
        assert secret not in answer.text


async def test_an_authority_sees_its_own_cases_without_the_experts(
    client: httpx.AsyncClient, bearer: Bearer, played: Played
) -> None:
    headers = bearer(Role.AUTHORITY, "wang", authority="410000")
    answer = await read(client, headers, nomination_id=played.nominations[HENAN.credit_code])
    hidden = {"no_interest.declared", "score.recorded", "panel.reassigned", "notice.prepared"}
    assert types(answer) == [one for one in EVERYTHING if one not in hidden]
    assert answer.json()["items"][1]["actor"] == "authority:wang"
    for secret in ("expert-7", GUANGDONG.enterprise_name, str(played.nominations[GUANGDONG.credit_code])):
        assert secret not in answer.text


@pytest.mark.parametrize(
    ("role", "claims"),
    [(Role.AUTHORITY, {"authority": "440000"}), (Role.ENTERPRISE, {"credit_code": GUANGDONG.credit_code})],
)
async def test_a_foreign_case_is_not_told_to_exist(
    client: httpx.AsyncClient, bearer: Bearer, played: Played, role: Role, claims: dict[str, str]
) -> None:
    headers = bearer(role, **claims)
    for params in ({"nomination_id": played.nominations[HENAN.credit_code]}, {"credit_code": HENAN.credit_code}):
        foreign = await read(client, headers, **params)
        unknown = await read(client, headers, nomination_id=new_id())
        assert (foreign.status_code, foreign.json()) == (404, unknown.json())


@pytest.mark.parametrize(
    ("role", "claims", "expected"),
    [
        (Role.AUTHORITY, {"authority": "440000"}, ["nomination.submitted"]),
        (Role.ENTERPRISE, {"credit_code": GUANGDONG.credit_code}, ["nomination.submitted"]),
        (Role.ENTERPRISE, {"credit_code": "91110000MA00000027"}, []),
        (Role.AUTHORITY, {"authority": "110000"}, []),
    ],
)
async def test_without_a_question_everybody_sees_their_own(
    client: httpx.AsyncClient,
    bearer: Bearer,
    played: Played,
    role: Role,
    claims: dict[str, str],
    expected: list[str],
) -> None:
    assert types(await read(client, bearer(role, **claims))) == expected


async def test_an_authority_sees_what_was_told_to_it(client: httpx.AsyncClient, bearer: Bearer, played: Played) -> None:
    assert "authority.reminded" in types(await read(client, bearer(Role.AUTHORITY, authority="410000")))


async def test_the_whole_journal_page_by_page(client: httpx.AsyncClient, bearer: Bearer, played: Played) -> None:
    seqs, after = [], 0
    while True:
        answer = (await read(client, bearer(Role.OFFICER), after=after, limit=5)).json()
        seqs += [row["seq"] for row in answer["items"]]
        if answer["next"] is None:
            break
        after = answer["next"]
    assert seqs == list(range(1, 14))


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ADMIN, Role.SERVICE])
async def test_others_see_nothing(client: httpx.AsyncClient, bearer: Bearer, role: Role) -> None:
    assert (await read(client, bearer(role))).status_code == 403
    assert (await read(client, {})).status_code == 401


async def test_roots_are_public(client: httpx.AsyncClient, bearer: Bearer, played: Played) -> None:
    await played.admit()
    body = {"campaign_id": str(CAMPAIGN), "document_number": "1"}
    published = (await client.post("/v1/lists", json=body, headers=bearer(Role.OFFICER))).json()
    (root,) = (await client.get("/v1/journal/roots")).json()["items"]
    assert (root["root"], root["first_seq"], root["last_seq"]) == (published["journal_root"], 1, 13)
    for printed, found in ((root["root"].upper(), [root]), ("0" * 64, [])):
        assert (await client.get("/v1/journal/roots", params={"root": printed})).json()["items"] == found
