"""What the journal is told of accounts."""

from contracts.enums import AccountChange, Role
from contracts.events.console import AccountChanged, AccountCreated
from services.console.accounts.powers import held_roles
from services.console.models import Account


def created(account: Account) -> AccountCreated:
    return AccountCreated(
        login=account.login,
        roles=_roles(account),
        authority_code=account.authority,
        credit_code=account.credit_code,
        active=account.active,
        held=bool(held_roles(account)),
        has_password=account.password_hash is not None,
    )


def changed(account: Account, *what: AccountChange) -> AccountChanged:
    return AccountChanged(
        login=account.login,
        roles=_roles(account),
        authority_code=account.authority,
        credit_code=account.credit_code,
        active=account.active,
        held=bool(held_roles(account)),
        changed=what,
    )


def _roles(account: Account) -> tuple[Role, ...]:
    return tuple(Role(role) for role in account.roles)
