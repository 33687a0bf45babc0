"""Who made an account."""

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.enums import Role
from contracts.model import Text
from services.console.accounts.names import people_called

OPERATOR = Text(zh="运行维护人员", en="The operator")


async def maker_of(session: AsyncSession, created_by: str, language: str) -> str:
    """`admin:chen` by the name of that account; all else is done at the command line, by who runs the platform."""
    role, _, login = created_by.partition(":")
    if role != Role.ADMIN:
        return OPERATOR.in_language(language)
    person = (await people_called(session, {login})).get(login)
    return person.name if person else login
