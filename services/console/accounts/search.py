"""Finding accounts among many."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import now
from contracts.enums import Role
from services.console.accounts.powers import POWERS
from services.console.models import Account

PAGE = 50


class Standing(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"
    LOCKED = "locked"
    HELD = "held"
    """Waits for a confirmation."""


@dataclass(frozen=True)
class Wanted:
    """`words` are looked for in login, name, department, and what the account acts for; `after` is a login."""

    words: str = ""
    role: Role | None = None
    standing: Standing | None = None
    authority: str | None = None
    after: str = ""


@dataclass(frozen=True)
class Accounts:
    """One page, by login; `next` is the last login on it when more follow."""

    items: list[Account]
    total: int
    next: str | None


async def find_accounts(session: AsyncSession, wanted: Wanted) -> Accounts:
    conditions = _conditions(wanted)
    total = await session.scalar(sa.select(sa.func.count()).select_from(Account).where(*conditions))
    page = sa.select(Account).where(*conditions, Account.login > wanted.after).order_by(Account.login)
    found = list(await session.scalars(page.limit(PAGE + 1)))
    return Accounts(found[:PAGE], total or 0, found[PAGE - 1].login if len(found) > PAGE else None)


async def accounts_by_authority(session: AsyncSession) -> dict[str, int]:
    """How many can sign in."""
    query = sa.select(Account.authority, sa.func.count()).where(Account.authority.is_not(None), Account.active)
    return {code: count for code, count in await session.execute(query.group_by(Account.authority)) if code}


async def experts_among(session: AsyncSession, logins: Collection[str]) -> set[str]:
    """Those of these logins that can sign in as experts."""
    query = sa.select(Account.login).where(
        Account.login.in_(logins), Account.roles.contains([Role.EXPERT]), Account.active
    )
    return set(await session.scalars(query))


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.words:
        columns = (Account.login, Account.name, Account.department, Account.credit_code)
        found.append(sa.or_(*(column.icontains(wanted.words, autoescape=True) for column in columns)))
    if wanted.role:
        found.append(Account.roles.contains([wanted.role]))
    if wanted.authority:
        found.append(Account.authority == wanted.authority)
    if wanted.standing:
        found.append(_stands(wanted.standing))
    return found


def _stands(standing: Standing) -> sa.ColumnElement[bool]:
    if standing is Standing.LOCKED:
        return Account.locked_until > now()
    if standing is Standing.HELD:
        powerful = sa.or_(*(Account.roles.contains([role]) for role in POWERS))
        return sa.and_(Account.held_at.is_not(None), powerful, Account.active)
    return Account.active.is_(standing is Standing.ACTIVE)
