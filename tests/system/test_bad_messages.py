"""What can't be understood, or may not be asked for, is refused clearly and logged, and disturbs nobody else."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import aio_pika
import httpx
import pytest
from aio_pika import Message

from chassis.auth.principal import Principal
from chassis.auth.tokens import TokenSigner, generate_key
from chassis.bus.envelope import Envelope, source_of
from chassis.bus.topology import EVENTS
from chassis.bus.wire import write
from chassis.clock import now
from chassis.ids import new_id
from contracts.enums import NominationStatus, Role, Verdict
from contracts.events.filing import NominationSubmitted
from deploy.demo.caller import Services
from deploy.stack import Stack
from tests.system.beside import about, liaison, logged, rows, settings_of, until
from tests.system.cases import FOREIGN, HOME, Campaign

BRIDGE, JOURNAL = "workflows.bridge", "registry.journal"
TEN_MEGABYTES = 10_000_000
OFFICER = Principal(subject="officer-chen", roles=frozenset({Role.OFFICER}))


@dataclass(frozen=True)
class Strange:
    """A message, with the beginning of the reason for which each consumer that gets it refuses it."""

    body: bytes
    refused_by: Mapping[str, str]
    type: str = NominationSubmitted.TYPE
    headers: bool = True
    routing_key: str = NominationSubmitted.TYPE
    id: UUID = field(default_factory=new_id)

    def message(self) -> Message:
        envelope = Envelope(
            id=self.id,
            source=source_of("filing"),
            type=self.type,
            subject=f"nomination/{self.id}",
            time=now(),
            actor="system:test",
            correlation_id=str(self.id),
            traceparent=None,
            data=self.body,
        )
        return write(envelope, None) if self.headers else Message(self.body, message_id=str(self.id))


FUTURE = "filing.nomination.submitted.v9"
STRANGE = {
    "noise": Strange(
        b"\x00\xff noise", {BRIDGE: "unreadable: content-type", JOURNAL: "unreadable: content-type"}, headers=False
    ),
    "half a body": Strange(b'{"nomination_id": ', {BRIDGE: "unreadable: body", JOURNAL: "unreadable: body"}),
    "a body of another form": Strange(
        b'{"nomination_id": "seven"}',
        {BRIDGE: "unreadable: body.nomination_id", JOURNAL: "unreadable: body"},
    ),
    "a type of the future": Strange(
        b"{}", {JOURNAL: "unreadable: type: there is no event"}, type=FUTURE, routing_key=FUTURE
    ),
    "a type of the future where none belongs": Strange(
        b"{}",
        {BRIDGE: "unreadable: type: there is no event", JOURNAL: "unreadable: type: there is no event"},
        type=FUTURE,
    ),
}


@pytest.fixture(scope="module")
async def campaign(platform: Stack) -> AsyncIterator[Campaign]:
    services = Services(platform.urls, platform.signer)
    yield await Campaign.open(services, "strange")
    await services.close()


@pytest.fixture(scope="module")
async def letters(platform: Stack) -> list[dict[str, Any]]:
    """The dead letters after all strange messages were published."""
    connection = await aio_pika.connect(settings_of(platform).broker_url.get_secret_value())
    async with connection, connection.channel() as channel:
        exchange = await channel.get_exchange(EVENTS)
        for strange in STRANGE.values():
            await exchange.publish(strange.message(), strange.routing_key, mandatory=True)
    expected = sum(len(strange.refused_by) for strange in STRANGE.values())

    async def refused() -> bool:
        processes = {consumer.partition(".")[0] for consumer in (BRIDGE, JOURNAL)}
        return sum(len(logged(platform, process, "message_refused")) for process in processes) >= expected

    await until(refused, "all are refused")
    code, found = await liaison(platform, "dead-letters", "look")
    assert code == 0
    return list(found)


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE.keys())
async def test_a_message_nobody_can_read_becomes_a_dead_letter(
    platform: Stack, letters: list[dict[str, Any]], strange: Strange
) -> None:
    reasons = {letter["consumer"]: letter["reason"] for letter in letters if letter["id"] == str(strange.id)}
    assert set(reasons) == set(strange.refused_by)
    for consumer, reason in strange.refused_by.items():
        assert reasons[consumer].startswith(reason)
        lines = logged(platform, consumer.partition(".")[0], "message_refused")
        ours = [line for line in lines if (line["consumer"], line["message_id"]) == (consumer, str(strange.id))]
        assert [(line["reason"], line["level"]) for line in ours] == [(reasons[consumer], "error")]


async def test_dead_letters_are_dropped_one_by_one_or_all(platform: Stack, letters: list[dict[str, Any]]) -> None:
    of_bridge = [letter["id"] for letter in letters if letter["consumer"] == BRIDGE]
    of_journal = [letter["id"] for letter in letters if letter["consumer"] == JOURNAL]
    named = [word for message_id in of_bridge for word in ("--id", message_id)]
    assert await _drop(platform, BRIDGE, *named) == len(of_bridge)
    assert await _drop(platform, JOURNAL, "--all", "--force") == len(of_journal)
    assert await liaison(platform, "dead-letters", "look") == (0, [])


async def _drop(stack: Stack, consumer: str, *which: str) -> int:
    code, done = await liaison(stack, "dead-letters", "drop", consumer, *which)
    assert (code, done["consumer"]) == (0, consumer)
    return int(done["dropped"])


async def _refused(
    stack: Stack, method: str, service: str, path: str, token: str, **request: Any
) -> tuple[int, str, list[dict[str, Any]]]:
    """Status and code of the answer, and what the service has logged of this request."""
    correlation = str(new_id())
    headers = {"Authorization": f"Bearer {token}", "X-Correlation-Id": correlation}
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        answer = await client.request(method, f"{stack.urls[service]}{path}", headers=headers, **request)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-correlation-id"] == correlation

    async def is_logged() -> list[dict[str, Any]]:
        return about(stack, service, correlation)

    await until(is_logged, "the request is logged")
    lines = await is_logged()
    assert [line["status"] for line in lines if line["event"] == "request"] == [answer.status_code]
    assert token not in str(lines)
    return answer.status_code, answer.json()["code"], lines


async def test_a_body_of_ten_megabytes_is_refused_unread(platform: Stack) -> None:
    token = platform.signer.sign(OFFICER)
    body = b'{"declaration": "' + b"x" * TEN_MEGABYTES + b'"}'
    status, code, _ = await _refused(platform, "POST", "filing", "/v1/nominations", token, content=body)
    assert (status, code) == (413, "too_large")


async def test_a_form_of_sixty_megabytes_is_refused_without_a_token(platform: Stack) -> None:
    """Over a real connection, in chunks of unknown number: the server stops reading soon after its limit."""
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 60_000_000:
            sent += 100_000
            yield b"x" * 100_000

    form = {"Content-Type": "multipart/form-data; boundary=border"}
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        try:
            answer = await client.post(f"{platform.urls['filing']}/v1/nominations", content=chunks(), headers=form)
        except httpx.WriteError:  # the server has hung up
            return
    assert answer.status_code == 413


async def test_an_upload_beyond_its_limit_is_refused(platform: Stack, campaign: Campaign) -> None:
    token = platform.signer.sign(OFFICER)
    upload = {"files": {"file": ("a.csv", b"x" * (TEN_MEGABYTES + 20_000))}, "data": {"campaign_id": campaign.id}}
    status, code, _ = await _refused(platform, "POST", "filing", "/v1/imports", token, **upload)
    assert (status, code) == (413, "too_large")


def _strangers_token(stack: Stack) -> str:
    return TokenSigner(generate_key(), "https://elsewhere.example", "liaison").sign(OFFICER)


def _forged_token(stack: Stack) -> str:
    return TokenSigner(generate_key(), stack.signer.issuer, "liaison").sign(OFFICER)


def _expired_token(stack: Stack) -> str:
    return stack.signer.sign(OFFICER, timedelta(minutes=-5))


@pytest.mark.parametrize("service", ["filing", "review", "registry", "notify"])
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_strangers_token, "untrusted_issuer"),
        (_forged_token, "invalid_token"),
        (_expired_token, "token_expired"),
    ],
)
async def test_a_token_that_is_not_ours_or_not_good_any_more_is_refused(
    platform: Stack, service: str, make: Any, code: str
) -> None:
    path = {"filing": "/v1/nominations", "review": "/v1/tasks", "registry": "/v1/journal", "notify": "/v1/messages"}
    status, given, lines = await _refused(platform, "GET", service, path[service], make(platform))
    assert (status, given) == (401, code)
    assert [line["code"] for line in lines if line["event"] == "token_refused"] == [code]


async def test_a_foreign_nomination_is_not_there(platform: Stack, campaign: Campaign) -> None:
    nomination = await campaign.nominate()
    task = await campaign.task_of(nomination)
    token = _staff_token(platform, FOREIGN)
    verdict = {"verdict": Verdict.APPROVED, "version": task["version"]}
    asked: list[tuple[str, str, str, Any]] = [
        ("GET", "filing", f"/v1/nominations/{nomination}", None),
        ("POST", "filing", f"/v1/nominations/{nomination}/withdrawal", {"reason": "让位"}),
        ("GET", "review", f"/v1/tasks/{task['id']}", None),
        ("POST", "review", f"/v1/tasks/{task['id']}/verdict", verdict),
    ]
    for method, service, path, body in asked:
        status, code, lines = await _refused(platform, method, service, path, token, json=body)
        assert (status, code) == (404, "not_found"), path
        assert "request_refused" in {line["event"] for line in lines}
    bulk = {"verdict": Verdict.APPROVED, "tasks": [{"task_id": task["id"], "version": task["version"]}]}
    answer = await campaign.authority(FOREIGN).post("review", "/v1/verdicts", bulk)
    assert [(item["result"], item["code"]) for item in answer["items"]] == [("skipped", "not_found")]
    assert (await campaign.task_of(nomination))["version"] == task["version"]
    assert await campaign.status_of(nomination) == NominationStatus.AWAITING_RECOMMENDATION


def _staff_token(stack: Stack, authority: str = HOME) -> str:
    staff = Principal(subject=f"staff-{authority}", roles=frozenset({Role.AUTHORITY}), authority=authority)
    return stack.signer.sign(staff)


async def test_nothing_else_was_disturbed(platform: Stack, campaign: Campaign) -> None:
    nomination = await campaign.nominate()
    await campaign.recommend(nomination)

    async def goes_on() -> bool:
        return await campaign.status_of(nomination) == NominationStatus.UNDER_REVIEW

    await until(goes_on, "the nomination is before its experts")

    async def journalled() -> bool:
        query = "SELECT DISTINCT type FROM journal WHERE nomination_id = $1"
        told = {row["type"] for row in await rows(platform, "registry", query, nomination)}
        return {"filing.nomination.submitted.v1", "review.verdict.recorded.v1"} <= told

    await until(journalled, "its events are in the journal")
    assert (await liaison(platform, "journal", "verify"))[0] == 0
    assert await liaison(platform, "dead-letters", "look") == (0, [])
    assert platform.supervisor.restarts == {}
