"""After their term nothing of a person is left in any row of any table; what is not due stays."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from pydantic import SecretStr

from chassis.ids import new_id
from chassis.settings import Settings
from contracts.enums import NominationStatus
from contracts.events import CATALOGUE
from deploy.retention.erase import Erased, erase
from deploy.retention.terms import Terms
from deploy.stack.processes import SERVICES
from services.review.objections.erase_objectors import ERASED
from services.review.objections.sealed import Objector, Seal
from tests.fixtures.databases import Templates

NOW = datetime(2036, 3, 1, tzinfo=UTC)
LONG_AGO, LATELY = NOW - timedelta(days=4000), NOW - timedelta(days=20)
KEY = SecretStr("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
PERSONAL = {
    "legal_representative": "赵法人",
    "contact_person": "钱联系",
    "contact_phone": "13912345678",
    "contact_email": "qian@example.com",
}
OLD_PEOPLE = {*PERSONAL.values(), "孙专家", "91110000EMPLOYER", "利害关系", "李经办", "周账户", "产业处", "oidc-zhou"}


class Platform:
    """The databases of all services."""

    def __init__(self, templates: Templates, names: dict[str, str]) -> None:
        self.templates, self.names = templates, names

    def url(self, service: str) -> str:
        return self.templates.url(service, self.names[service], owner=True)

    async def run(self, service: str, statement: str, *values: Any) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.url(service).replace("+asyncpg", ""))
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    async def add(self, service: str, table: str, **values: Any) -> None:
        """A row; a column that isn't given and must be there gets what is empty for its type."""
        columns = ", ".join(values)
        places = ", ".join(f"${number}" for number, _ in enumerate(values, 1))
        await self.run(service, f"INSERT INTO {table} ({columns}) VALUES ({places})", *values.values())

    async def text(self) -> str:
        """All there is."""
        found = []
        for service in SERVICES:
            for table in await self.run(service, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
                rows = await self.run(service, f'SELECT t::text FROM "{table[0]}" AS t')
                found += [row[0] for row in rows]
        return "\n".join(found)

    async def erase(self, *, trial: bool = False, rules: set[str] = frozenset(Terms.model_fields)) -> list[Erased]:  # type: ignore[assignment]
        settings = Settings(_env_file=None, owners={service: SecretStr(self.url(service)) for service in SERVICES})
        return await erase(settings, Terms(), rules, NOW, trial=trial)


@pytest.fixture
async def platform(templates: Templates, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    monkeypatch.setenv("LIAISON_PERSONAL_KEY", KEY.get_secret_value())
    platform = Platform(templates, {service: await templates.clone(service) for service in SERVICES})
    await _nominate(platform, LONG_AGO, NominationStatus.PUBLISHED, PERSONAL)
    await _review(platform, LONG_AGO)
    await _account(platform, LONG_AGO)
    yield platform
    for name in platform.names.values():
        await templates.drop(name)


async def _nominate(platform: Platform, at: datetime, status: str, people: dict[str, str]) -> UUID:
    campaign, nomination, code = uuid4(), uuid4(), uuid4().hex[:18]
    rules = {"scheme_code": code, "scheme_version": 1}
    await platform.add("filing", "schemes", code=code, version=1, rules="{}")
    times = dict.fromkeys(("opens_at", "closes_at", "recommend_by"), at)
    await platform.add("filing", "campaigns", id=campaign, year=at.year, title_zh="", title_en="", **rules, **times)
    what = {"enterprise_type": "TRADING", "business_category": "", "central": False, "status": status, "revision": 1}
    who = {"credit_code": code, "enterprise_name": "某企业"}
    when = {"submitted_at": at, "updated_at": at}
    await platform.add("filing", "nominations", id=nomination, campaign_id=campaign, **who, **what, **when)
    declaration = json.dumps({"basics": {"name": "某企业", **people}, "scale": {"employees": 7}}, ensure_ascii=False)
    sent = {"digest": "digest-of-all", "eligibility": "[]", "submitted_at": at, "submitted_by": "enterprise:clerk"}
    await platform.add("filing", "revisions", nomination_id=nomination, number=1, declaration=declaration, **sent)
    await platform.add(
        "filing", "drafts", campaign_id=campaign, credit_code=code, declaration=declaration, version=1, saved_at=at
    )
    return nomination


async def _review(platform: Platform, at: datetime) -> None:
    employers = '["91110000EMPLOYER"]'
    known = {"subject": "sun", "name": "孙专家", "specialities": "[]", "active": False}
    await platform.add("review", "experts", **known, employer_credit_codes=employers)
    await platform.add("review", "interests", expert="sun", credit_code="C", declared_at=at, reason="利害关系")
    prepared = {"prepared_by": "officer:li", "prepared_name": "李经办", "prepared_at": at}
    await platform.add("review", "notices", id=uuid4(), campaign_id=uuid4(), title="公示", state="CLOSED", **prepared)
    await platform.add(
        "review", "decisions", id=uuid4(), campaign_id=uuid4(), document_number="1号", state="PREPARED", **prepared
    )
    kept = {"caller": "officer:li", "key": "k", "fingerprint": "f", "response": '{"name": "李经办"}', "answered_at": at}
    for service in ("filing", "review", "registry", "notify"):
        await platform.add(service, "idempotency_keys", **kept)


async def _account(platform: Platform, at: datetime) -> UUID:
    account = new_id()
    who = {"id": account, "login": "zhou", "name": "周账户", "department": "产业处", "roles": '["officer"]'}
    kept = {"must_change_password": False, "oidc_issuer": "https://id.example", "oidc_subject": "oidc-zhou"}
    standing = {"totp_counter": 0, "failures": 0, "active": False, "created_at": at, "created_by": "system:operator"}
    standing["held_by"] = "[]"
    await platform.add("console", "accounts", **who, **kept, **standing, password_hash="argon2-of-zhou")
    session = {"token_digest": b"t", "address": "203.0.113.9", "browser": "Firefox of Zhou"}
    times = {"created_at": at, "seen_at": at, "expires_at": at}
    await platform.add("console", "sessions", id=uuid4(), account_id=account, **session, **times)
    return account


async def test_it_leaves_nothing_in_any_table(platform: Platform) -> None:
    old = {*OLD_PEOPLE, "digest-of-all", "argon2-of-zhou", "203.0.113.9", "Firefox of Zhou"}
    assert {value for value in old if value in await platform.text()} == old
    await platform.erase()
    text = await platform.text()
    assert {value for value in old if value in text} == set()
    assert "某企业" in text


async def test_a_trial_counts_and_changes_nothing(platform: Platform) -> None:
    before = await platform.text()
    counted = await platform.erase(trial=True)
    assert await platform.text() == before
    assert [(one.rule, one.count) for one in counted] == [(one.rule, one.count) for one in await platform.erase()]
    assert sum(one.count for one in await platform.erase()) == 0


async def test_what_is_not_due_stays(platform: Platform) -> None:
    await _nominate(platform, LATELY, NominationStatus.PUBLISHED, {"contact_person": "吴近日"})
    await _nominate(platform, LONG_AGO, NominationStatus.UNDER_REVIEW, {"contact_person": "郑在办"})
    await platform.run("review", "UPDATE experts SET active = true")
    await platform.run("console", "UPDATE accounts SET active = true")
    await platform.erase()
    declared = await platform.run("filing", "SELECT declaration -> 'basics' ->> 'contact_person' FROM revisions")
    assert {row[0] for row in declared} == {None, "吴近日", "郑在办"}
    text = await platform.text()
    assert "孙专家" in text
    assert "周账户" in text


async def test_only_the_rules_that_are_named(platform: Platform) -> None:
    await platform.erase(rules={"experts"})
    text = await platform.text()
    assert "孙专家" not in text
    assert "钱联系" in text


async def test_events_tell_how_many_and_not_whose(platform: Platform) -> None:
    erased = await platform.erase()
    told = []
    for service in SERVICES:
        for row in await platform.run(service, "SELECT type, data FROM outbox ORDER BY id"):
            event = CATALOGUE[row["type"]].model_validate_json(row["data"]).model_dump()
            told.append((event["rule"], service, event["before"], event["erased"]))
    assert sorted(told) == sorted((one.rule, one.service, one.before, one.count) for one in erased if one.count)


@pytest.mark.parametrize(("standing", "resolved_at", "left"), [("DISMISSED", LONG_AGO, False), ("OPEN", None, True)])
async def test_who_objected_is_forgotten_once_it_is_answered(
    platform: Platform, standing: str, resolved_at: datetime | None, left: bool
) -> None:
    objection, seal = new_id(), Seal(KEY)
    written = Objector(name="冯异议", contact="13800000001", text="面积不实，请核查")
    await platform.run("review", "ALTER TABLE objections DROP CONSTRAINT fk_objections_stage_id")
    notice = (await platform.run("review", "SELECT id FROM notices"))[0]["id"]
    of = {"notice_id": notice, "stage_id": uuid4(), "nomination_id": uuid4(), "receipt": "OB-1"}
    sealed = seal.close(written, objection)
    times = {"filed_at": LONG_AGO, "resolved_at": resolved_at, "reasons": "经核查属实"}
    await platform.add("review", "objections", id=objection, **of, sealed=sealed, state=standing, **times)
    await platform.erase()
    kept = (await platform.run("review", "SELECT sealed, reasons FROM objections"))[0]
    assert seal.open(kept["sealed"], objection) == (written if left else ERASED)
    assert kept["reasons"] == "经核查属实"
