"""The account with which everything in the console begins."""

from secrets import token_urlsafe

import sqlalchemy as sa

from chassis.clock import now
from chassis.context import acting
from chassis.db import Database
from contracts.enums import Role
from services.console.accounts.create_account import NewAccount, create_account
from services.console.models import Account

BY = "system:operator"
LOGIN = "admin"


async def first_administrator(database_url: str) -> str | None:
    """Make it on a platform without accounts; returns its password, which is kept nowhere and changed at the first
    sign-in. None where there are accounts."""
    database = Database(database_url, pool_size=1)
    password = token_urlsafe(12)
    new = NewAccount(login=LOGIN, name="系统管理员", roles=frozenset({Role.ADMIN}), password=password)
    try:
        with acting(BY):
            async with database.transaction() as session:
                if await session.scalar(sa.select(Account.id).limit(1)):
                    return None
                await create_account(session, new, BY, now())
    finally:
        await database.close()
    return password
