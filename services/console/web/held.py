"""What pages say of an account whose power waits for a confirmation."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.enums import Role
from services.console.accounts.names import people_called
from services.console.accounts.powers import held_roles
from services.console.models import Account


@dataclass(frozen=True)
class Held:
    """`by` are the names of those who may not confirm it."""

    roles: list[Role]
    by: list[str]
    at: datetime | None


async def held_of(session: AsyncSession, account: Account) -> Held | None:
    roles = held_roles(account)
    if not roles:
        return None
    people = await people_called(session, account.held_by)
    names = [people[login].name if login in people else login for login in account.held_by]
    return Held(sorted(roles), names, account.held_at)
