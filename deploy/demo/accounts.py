"""Accounts of the demo's parties, so that their work can be looked at, and done, in the console."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.authorities import AUTHORITIES
from contracts.enums import Role
from deploy.keepsakes import secret

if TYPE_CHECKING:
    from deploy.stack import Stack
    from services.console.accounts.create_account import NewAccount

BY = "system:demo"


@dataclass(frozen=True)
class DemoAccount:
    """`login` is the subject under which the demo plays the party."""

    login: str
    name: str
    role: Role
    department: str | None = None
    authority: str | None = None
    credit_code: str | None = None


def demo_accounts(credit_code: str | None) -> list[DemoAccount]:
    """`credit_code` is that of the enterprise that may sign in."""
    ministry = "流通业发展司"
    accounts = [
        DemoAccount("officer-chen", "陈处长", Role.OFFICER, ministry),
        DemoAccount("decider-lin", "林司长", Role.DECIDER, ministry),
        DemoAccount("admin", "系统管理员", Role.ADMIN),
        *(DemoAccount(f"expert-{number:02}", f"专家{number:02}", Role.EXPERT) for number in (1, 2, 3)),
        *(
            DemoAccount(f"staff-{code}", f"{one.name.zh}经办人", Role.AUTHORITY, one.name.zh, code)
            for code, one in AUTHORITIES.items()
        ),
    ]
    if credit_code:
        accounts.append(DemoAccount("enterprise", "企业联系人", Role.ENTERPRISE, credit_code=credit_code))
    return accounts


def demo_password(stack: "Stack") -> str:
    """One for all of them, made once an installation."""
    return secret(stack.settings.state / "keys" / "demo-password")


async def open_demo_accounts(stack: "Stack", credit_code: str | None) -> list[DemoAccount]:
    """Those that are there already stay as they are."""
    from chassis.clock import now
    from chassis.context import acting
    from chassis.db import Database
    from services.console.accounts.create_account import LoginTaken, create_account

    accounts = demo_accounts(credit_code)
    database = Database(stack.environment["LIAISON_DATABASES__CONSOLE"])
    try:
        for one in accounts:
            try:
                with acting(BY):
                    async with database.transaction() as session:
                        await create_account(session, _new(one, demo_password(stack)), BY, now())
            except LoginTaken:
                continue
    finally:
        await database.close()
    return accounts


def _new(one: DemoAccount, password: str) -> "NewAccount":
    from services.console.accounts.create_account import NewAccount

    return NewAccount(
        login=one.login,
        name=one.name,
        department=one.department,
        roles=frozenset({one.role}),
        authority=one.authority,
        credit_code=one.credit_code,
        password=password,
        must_change_password=False,
    )
