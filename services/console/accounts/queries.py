"""Reading accounts."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.problems import NotFound
from contracts.enums import Role
from services.console.accounts.powers import usable_roles
from services.console.models import Account


def principal_of(account: Account) -> Principal:
    """The person, as tokens name them: without the roles that wait for a confirmation."""
    return Principal(
        subject=account.login,
        roles=usable_roles(account),
        authority=account.authority,
        credit_code=account.credit_code,
        name=account.name,
        department=account.department,
    )


def actor_of(account: Account) -> str:
    """As the journal names who signs in, whatever of their roles is held."""
    roles = frozenset(Role(role) for role in account.roles)
    return principal_of(account).model_copy(update={"roles": roles}).actor


async def account_by_id(session: AsyncSession, account_id: UUID, *, lock: bool = False) -> Account:
    """`NotFound` when there is none. `lock`: nobody else changes it until this transaction ends."""
    account = await session.get(Account, account_id, with_for_update=lock)
    if account is None:
        raise NotFound
    return account


async def account_by_login(session: AsyncSession, login: str, *, lock: bool = False) -> Account | None:
    query = sa.select(Account).where(Account.login == login.strip().lower())
    return await session.scalar(query.with_for_update() if lock else query)
