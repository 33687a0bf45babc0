"""Reading accounts."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.problems import NotFound
from contracts.enums import Role
from services.console.models import Account


def principal_of(account: Account) -> Principal:
    """The person, as tokens name them."""
    return Principal(
        subject=account.login,
        roles=frozenset(Role(role) for role in account.roles),
        authority=account.authority,
        credit_code=account.credit_code,
        name=account.name,
        department=account.department,
    )


async def account_by_id(session: AsyncSession, account_id: UUID, *, lock: bool = False) -> Account:
    """`NotFound` when there is none. `lock`: nobody else changes it until this transaction ends."""
    account = await session.get(Account, account_id, with_for_update=lock)
    if account is None:
        raise NotFound
    return account


async def account_by_login(session: AsyncSession, login: str, *, lock: bool = False) -> Account | None:
    query = sa.select(Account).where(Account.login == login.strip().lower())
    return await session.scalar(query.with_for_update() if lock else query)
