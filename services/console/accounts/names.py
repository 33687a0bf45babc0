"""What people are called, by the logins that services keep."""

from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.console.models import Account


class Person(NamedTuple):
    name: str
    department: str | None
    authority: str | None


async def people_called(session: AsyncSession, logins: Collection[str]) -> dict[str, Person]:
    """Those of these logins that have an account, be it closed."""
    if not logins:
        return {}
    query = sa.select(Account.login, Account.name, Account.department, Account.authority)
    found = await session.execute(query.where(Account.login.in_(logins)))
    return {login: Person(name, department, authority) for login, name, department, authority in found}
