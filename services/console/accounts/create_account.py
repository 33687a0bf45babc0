"""Making an account."""

from datetime import datetime
from typing import Self

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.problems import Problem
from chassis.storable import STORABLE
from contracts.authorities import AUTHORITIES
from contracts.enums import Role
from contracts.model import Text
from services.console.accounts.passwords import check_new_password, hash_password
from services.console.models import Account

PEOPLE = frozenset(Role) - {Role.SERVICE}


class LoginTaken(Problem):
    code = "login_taken"
    status = 409
    title = Text(zh="这个登录名已被使用", en="This login is taken")


class NewAccount(BaseModel):
    """Who it is for. Without a password the person signs in at the identity provider."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    login: str = Field(pattern=r"^[a-z0-9][a-z0-9._@-]{2,63}$")
    name: str = Field(min_length=1, max_length=100, pattern=STORABLE)
    department: str | None = Field(None, max_length=100, pattern=STORABLE)
    roles: frozenset[Role] = Field(min_length=1)
    authority: str | None = None
    credit_code: str | None = Field(None, pattern=r"^[0-9A-Z]{18}$")
    password: str | None = None
    must_change_password: bool = True

    @model_validator(mode="after")
    def scoped(self) -> Self:
        """The two who sign a decision are different people: nobody prepares and signs, not even at different times."""
        if self.roles - PEOPLE:
            raise ValueError("no person has the role service")
        if {Role.OFFICER, Role.DECIDER} <= self.roles:
            raise ValueError("an account is officer or decider, not both")
        if (Role.AUTHORITY in self.roles) != (self.authority is not None):
            raise ValueError("authority belongs to the role authority, and only there")
        if (Role.ENTERPRISE in self.roles) != (self.credit_code is not None):
            raise ValueError("credit_code belongs to the role enterprise, and only there")
        if self.authority is not None and self.authority not in AUTHORITIES:
            raise ValueError("authority is none of the local authorities")
        return self


async def create_account(session: AsyncSession, new: NewAccount, by: str, at: datetime) -> Account:
    """`LoginTaken`; `InvalidRequest` for a weak password."""
    if new.password is not None:
        check_new_password(new.password, new.login)
    if await session.scalar(sa.select(Account.id).where(Account.login == new.login)):
        raise LoginTaken
    account = Account(
        id=new_id(),
        password_hash=await hash_password(new.password) if new.password else None,
        must_change_password=new.must_change_password and new.password is not None,
        roles=sorted(new.roles),
        totp_counter=0,
        failures=0,
        active=True,
        created_at=at,
        created_by=by,
        **new.model_dump(include={"login", "name", "department", "authority", "credit_code"}),
    )
    session.add(account)
    await session.flush()
    return account
