"""The rules: what each erases, where, and how it is told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.idempotency import forget_answers
from contracts.events.base import PersonalDataErased
from contracts.events.console import ConsoleDataErased
from contracts.events.filing import FilingDataErased
from contracts.events.notify import NotifyDataErased
from contracts.events.registry import RegistryDataErased
from contracts.events.review import ReviewDataErased
from services.console.accounts.erase_accounts import erase_accounts
from services.filing.erase_contacts import drop_old_drafts, erase_contacts
from services.review.erase_names import erase_names
from services.review.objections.erase_objectors import erase_objectors
from services.review.panels.erase_experts import erase_experts
from services.review.settings import ReviewSettings

Erase = Callable[[AsyncSession, datetime], Awaitable[int]]


@dataclass(frozen=True)
class Rule:
    """`name` is that of its term."""

    name: str
    service: str
    erase: Erase
    told: type[PersonalDataErased]


async def _objectors(session: AsyncSession, before: datetime) -> int:
    return await erase_objectors(session, ReviewSettings().seal(), before)


RULES = (
    Rule("contacts", "filing", erase_contacts, FilingDataErased),
    Rule("drafts", "filing", drop_old_drafts, FilingDataErased),
    Rule("answers", "filing", forget_answers, FilingDataErased),
    Rule("objectors", "review", _objectors, ReviewDataErased),
    Rule("experts", "review", erase_experts, ReviewDataErased),
    Rule("names", "review", erase_names, ReviewDataErased),
    Rule("answers", "review", forget_answers, ReviewDataErased),
    Rule("answers", "registry", forget_answers, RegistryDataErased),
    Rule("answers", "notify", forget_answers, NotifyDataErased),
    Rule("accounts", "console", erase_accounts, ConsoleDataErased),
)
