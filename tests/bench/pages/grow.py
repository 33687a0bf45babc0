"""Many cases out of few that were really played: every row and event of theirs copied, in all databases alike.

Workflows know nothing of the copies: these are there to be read.
"""

import asyncio
import json
from collections.abc import Iterable

import sqlalchemy as sa
from pydantic import SecretStr

from chassis.db import Database
from contracts.events.review import DecisionSigned
from deploy.demo.caller import Services
from deploy.demo.parties.officer import Officer
from deploy.stack import Stack
from services.registry.settings import RegistrySettings
from services.review.batches import Decision, Notice
from services.review.models import Case
from services.review.objections.sealed import Seal
from tests.bench.pages import rows
from tests.bench.pages.copies import Copies
from tests.bench.pages.databases import database_of, settle
from tests.bench.pages.journal import Played, write_journal
from tests.bench.pages.tables import name_copies

TABLES = {"filing": rows.filing, "review": rows.review, "registry": rows.registry, "notify": rows.notify}


async def grow(stack: Stack, cases: int) -> int:
    """Once a platform. Returns how many cases there are then: at least `cases`."""
    async with database_of(stack, "review") as review, database_of(stack, "registry") as registry:
        there, played = await _played(review)
        copies = Copies(max(1, -(-cases // there) - 1), sorted(played.names))
        await asyncio.gather(*(_copy(stack, service, copies) for service in TABLES))
        async with review.transaction() as session:
            await rows.objections(session, copies, Seal(SecretStr(stack.environment["LIAISON_PERSONAL_KEY"])))
        decisions = await write_journal(registry, _registry_settings(stack).keyring(), played, copies)
    await _publish(stack, decisions)
    await asyncio.gather(*(settle(stack, service) for service in TABLES))
    return there * (copies.times + 1)


async def _played(review: Database) -> tuple[int, Played]:
    """How many cases there are, and what is named in them."""
    async with review.transaction() as session:
        cases = (await session.scalars(sa.select(Case))).all()
        batches = [*await session.scalars(sa.select(Notice.id)), *await session.scalars(sa.select(Decision.id))]
    names = {case.credit_code: case.enterprise_name for case in cases}
    return len(cases), Played(names, frozenset(case.campaign_id for case in cases), frozenset(batches))


async def _copy(stack: Stack, service: str, copies: Copies) -> None:
    async with database_of(stack, service) as database, database.transaction() as session:
        await name_copies(session, copies)
        for statement in TABLES[service]():
            await session.execute(statement)


def _registry_settings(stack: Stack) -> RegistrySettings:
    keys = json.loads(stack.environment["LIAISON_JOURNAL_KEYS"])
    return RegistrySettings(journal_keys=keys, journal_key_id=stack.environment["LIAISON_JOURNAL_KEY_ID"])


async def _publish(stack: Stack, decisions: Iterable[DecisionSigned]) -> None:
    """As an officer does."""
    services = Services(stack.urls, stack.signer)
    try:
        for decision in decisions:
            await Officer(services).publish_list(str(decision.campaign_id), decision.document_number)
    finally:
        await services.close()
