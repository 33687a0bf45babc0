"""What an administrator says of an account, and the rules for it."""

from collections.abc import Iterator
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from chassis.problems import FieldError
from chassis.storable import STORABLE
from chassis.validation import field_errors
from contracts.authorities import AUTHORITIES
from contracts.enums import Role
from contracts.model import Text

PEOPLE = frozenset(Role) - {Role.SERVICE}
RULES: dict[str, tuple[str, Text]] = {
    "service_role": ("roles", Text(zh="人员账号不能有系统角色", en="no person has the role service")),
    "two_signatures": (
        "roles",
        Text(zh="经办人与签发人不能是同一账号", en="an account is officer or decider, not both"),
    ),
    "authority_scope": (
        "authority",
        Text(
            zh="地方商务主管部门账号须选择所属地方，其他账号不选",
            en="authority belongs to the role authority, and only there",
        ),
    ),
    "enterprise_scope": (
        "credit_code",
        Text(
            zh="企业账号须填写统一社会信用代码，其他账号不填",
            en="credit_code belongs to the role enterprise, and only there",
        ),
    ),
    "unknown_authority": ("authority", Text(zh="请选择所属地方", en="is none of the local authorities")),
}
"""Rule → its field and its words."""


class AccountDetails(BaseModel):
    """Who it is, and what they may do."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: str = Field(min_length=1, max_length=100, pattern=STORABLE)
    department: str | None = Field(None, max_length=100, pattern=STORABLE)
    roles: frozenset[Role] = Field(min_length=1)
    authority: str | None = None
    credit_code: str | None = Field(None, pattern=r"^[0-9A-Z]{18}$")

    @model_validator(mode="after")
    def scoped(self) -> Self:
        """The two who sign a decision are different people: nobody prepares and signs, not even at different times."""
        broken = next(self._broken(), None)
        if broken:
            raise PydanticCustomError(broken, RULES[broken][1].en)
        return self

    def _broken(self) -> Iterator[str]:
        if self.roles - PEOPLE:
            yield "service_role"
        if {Role.OFFICER, Role.DECIDER} <= self.roles:
            yield "two_signatures"
        if (Role.AUTHORITY in self.roles) != (self.authority is not None):
            yield "authority_scope"
        if (Role.ENTERPRISE in self.roles) != (self.credit_code is not None):
            yield "enterprise_scope"
        if self.authority is not None and self.authority not in AUTHORITIES:
            yield "unknown_authority"


def faults_of(invalid: ValidationError) -> list[FieldError]:
    """By field, in both languages."""
    return [_fault(error) for error in field_errors(invalid.errors(include_url=False))]


def _fault(error: FieldError) -> FieldError:
    if error.rule not in RULES:
        return error
    field, message = RULES[error.rule]
    return FieldError(field=field, rule=error.rule, message=message)
