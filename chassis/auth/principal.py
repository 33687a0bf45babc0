"""The caller, as the token says."""

from typing import Self

from pydantic import Field, model_validator

from contracts.enums import Role
from contracts.model import Model


class Principal(Model):
    """`authority` is the GB/T 2260 code of an authority's staff, `credit_code` that of an enterprise's.

    Both are required of their roles: a caller without one would match the cases that have none.
    """

    subject: str = Field(min_length=1, max_length=200)
    roles: frozenset[Role]
    authority: str | None = None
    credit_code: str | None = None
    name: str | None = None
    department: str | None = None

    @model_validator(mode="after")
    def scoped(self) -> Self:
        if Role.AUTHORITY in self.roles and not self.authority:
            raise ValueError("the role authority needs the code of the authority")
        if Role.ENTERPRISE in self.roles and not self.credit_code:
            raise ValueError("the role enterprise needs a credit code")
        return self

    def has(self, *roles: Role) -> bool:
        """Whether the caller has one of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def actor(self) -> str:
        """As journal and log name the caller: `officer:zhang`, by the first of the roles in the order of `Role`."""
        role = next((role.value for role in Role if role in self.roles), "nobody")
        return f"{role}:{self.subject}"
