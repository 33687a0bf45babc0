"""Facts of the console: who may sign in changed. Names no person but by login, and no secret."""

from uuid import UUID

from contracts.enums import AccountChange, Role
from contracts.events.base import Event, PersonalDataErased, event


class AccountEvent(Event):
    """`roles` and what the account acts for are those after the change.

    `held`: its power to decide or to administer can't be used until another administrator confirms it.
    """

    login: str
    roles: tuple[Role, ...]
    authority_code: str | None
    credit_code: str | None
    active: bool
    held: bool = False

    @property
    def subject(self) -> str:
        return f"account/{self.login}"


@event("console.account.created.v1")
class AccountCreated(AccountEvent):
    """`has_password`: else the person signs in at the identity provider."""

    has_password: bool


@event("console.account.changed.v1")
class AccountChanged(AccountEvent):
    changed: tuple[AccountChange, ...]


class ApiClientEvent(Event):
    """A system of an authority that gets tokens by client credentials."""

    client_id: UUID
    name: str
    authority_code: str
    active: bool

    @property
    def subject(self) -> str:
        return f"api-client/{self.client_id}"


@event("console.api_client.created.v1")
class ApiClientCreated(ApiClientEvent):
    pass


@event("console.api_client.changed.v1")
class ApiClientChanged(ApiClientEvent):
    pass


@event("console.personal_data.erased.v1")
class ConsoleDataErased(PersonalDataErased):
    """Closed accounts."""
