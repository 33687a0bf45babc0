"""Applies the rules, each in one transaction with the event that tells of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.db import Database
from chassis.outbox import record
from chassis.settings import Settings
from deploy.retention.rules import RULES, Rule
from deploy.retention.terms import Terms


@dataclass(frozen=True)
class Erased:
    """`count` rows of before `before`; in a trial, as many would be."""

    rule: str
    service: str
    before: datetime
    count: int


class _Trial(Exception):  # noqa: N818 - not an error
    """Rolls the transaction back."""


async def erase(settings: Settings, terms: Terms, rules: Collection[str], at: datetime, *, trial: bool) -> list[Erased]:
    """As the owners of the databases, in the name of the current actor. `KeyError` names a setting that is missing."""
    erased = []
    for rule in RULES:
        days: int | None = getattr(terms, rule.name)
        if rule.name in rules and days is not None:
            before = at - timedelta(days=days)
            count = await _apply(rule, settings.owner(rule.service), before, trial=trial)
            erased.append(Erased(rule.name, rule.service, before, count))
    return erased


async def _apply(rule: Rule, owner_url: str, before: datetime, *, trial: bool) -> int:
    database = Database(owner_url, pool_size=1)
    count = 0
    try:
        async with database.transaction() as session:
            count = await rule.erase(session, before)
            if trial:
                raise _Trial
            if count:
                await record(session, rule.told(rule=rule.name, before=before, erased=count))
    except _Trial:
        pass
    finally:
        await database.close()
    return count
