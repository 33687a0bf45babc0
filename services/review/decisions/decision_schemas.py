"""What callers send and get about decisions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from chassis.storable import STORABLE
from contracts.enums import EnterpriseType
from contracts.model import Model
from services.review.batches import DecisionState
from services.review.requests import Request

AT_MOST = 5000
Nominations = Annotated[tuple[UUID, ...], Field(max_length=AT_MOST)]


class Rejection(Request):
    nomination_id: UUID
    reason: str = Field(min_length=2, max_length=500, pattern=STORABLE)


class PrepareDecision(Request):
    """`approve` all that wait and are not rejected, or those named.

    `digest` is that of the pool as the officer saw it: if it has changed since, nothing is prepared.
    """

    campaign_id: UUID
    document_number: str = Field(min_length=2, max_length=60, pattern=STORABLE)
    approve: Literal["all"] | Nominations
    reject: Annotated[tuple[Rejection, ...], Field(max_length=AT_MOST)] = ()
    digest: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")


class SignDecision(Request):
    """`digest` is that of the decision as the signer saw it: if it has changed since, nothing is signed."""

    digest: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")


class RefuseDecision(Request):
    reason: str = Field(min_length=2, max_length=500, pattern=STORABLE)


class DecisionSummary(Model):
    """`settled` is signed or refused; `refusal` is the reason of the latter."""

    id: UUID
    campaign_id: UUID
    document_number: str
    state: DecisionState
    prepared_by: str
    prepared_name: str | None
    prepared_at: datetime
    settled_by: str | None
    settled_name: str | None
    settled_department: str | None
    settled_at: datetime | None
    refusal: str | None


class DecisionLine(Model):
    nomination_id: UUID
    enterprise_name: str
    credit_code: str
    enterprise_type: EnterpriseType | None
    authority_code: str | None
    approved: bool
    reason: str | None
    withdrawn: bool


class DecisionOutline(DecisionSummary):
    """`approved`, `rejected` and `digest` are without the withdrawn ones."""

    approved: int
    rejected: int
    digest: str


class DecisionView(DecisionOutline):
    entries: tuple[DecisionLine, ...]


class DecisionPage(Model):
    """`next` is the cursor of the following page; `total` counts all pages, with the withdrawn ones."""

    items: tuple[DecisionLine, ...]
    next: UUID | None
    total: int
