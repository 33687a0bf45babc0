"""What callers send and get about experts."""

from typing import Annotated

from pydantic import Field

from chassis.storable import STORABLE
from contracts.enums import EnterpriseType
from contracts.model import Model
from services.review.requests import Request

Name = Annotated[str, Field(min_length=1, max_length=100, pattern=STORABLE)]
CreditCode = Annotated[str, Field(pattern=r"^[0-9A-Z]{18}$")]
Specialities = Annotated[frozenset[EnterpriseType], Field(min_length=1)]
Employers = Annotated[frozenset[CreditCode], Field(max_length=50)]


class RegisterExpert(Request):
    """`subject` is the `sub` of the expert's token; experts never review those who employ them."""

    subject: str = Field(min_length=1, max_length=200, pattern=STORABLE)
    name: Name
    specialities: Specialities
    employer_credit_codes: Employers = frozenset()
    active: bool = True


class ChangeExpert(Request):
    """Only what is named is changed."""

    name: Name | None = None
    specialities: Specialities | None = None
    employer_credit_codes: Employers | None = None
    active: bool | None = None


class ExpertView(Model):
    subject: str
    name: str
    specialities: tuple[EnterpriseType, ...]
    employer_credit_codes: tuple[str, ...]
    active: bool
    open_tasks: int = 0
    done_tasks: int = 0


class ExpertPage(Model):
    items: tuple[ExpertView, ...]
    next: str | None
