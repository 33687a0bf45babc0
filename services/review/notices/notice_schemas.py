"""What callers send and get about pools and notices."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from chassis.storable import STORABLE
from contracts.enums import EnterpriseType
from contracts.model import Model, Text
from services.review.batches import NoticeState
from services.review.requests import Request

Nominations = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=5000)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class PrepareNotice(Request):
    """`nominations` are those of the pool to put on notice; all of them, unless named.

    `digest` is that of the pool as the officer saw it: if it has changed since, nobody is put on notice.
    A trial may have no document number.
    """

    campaign_id: UUID
    title: str = Field(min_length=2, max_length=100, pattern=STORABLE)
    document_number: str | None = Field(None, min_length=2, max_length=60, pattern=STORABLE)
    nominations: Literal["all"] | Nominations = "all"
    digest: Digest | None = None


class Waiting(Model):
    """A case in a pool. `authority_code` is null for a central state-owned enterprise."""

    stage_id: UUID
    nomination_id: UUID
    enterprise_name: str
    credit_code: str
    enterprise_type: EnterpriseType | None
    business_category: str
    authority_code: str | None
    since: datetime


class Held(Model):
    """Its notice is over, and `objections` to it are open: it does not wait for a decision yet."""

    nomination_id: UUID
    enterprise_name: str
    credit_code: str
    authority_code: str | None
    objections: int


class PoolPage(Model):
    """`next` is the cursor of the following page; `total`, `digest` and `held` are those of the whole pool.

    `digest`: SHA-256 over the nominations that wait, in their order, a line each.
    """

    items: tuple[Waiting, ...]
    next: UUID | None
    total: int
    digest: str
    held: tuple[Held, ...]


class NoticeSummary(Model):
    """`working_days_left` are whole ones, 0 on the last day to object; null unless the notice is running."""

    id: UUID
    campaign_id: UUID
    document_number: str | None
    title: str
    state: NoticeState
    published_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    journal_root: str | None
    working_days_left: int | None = None


class PreparedNotice(NoticeSummary):
    """What the officer is told who prepared it, and whoever sends it again."""

    enterprises: int
    prepared_by: str
    prepared_name: str | None
    prepared_at: datetime


class OnNotice(Model):
    """How many enterprises of one authority are on notice. `authority_code` is null for central ones."""

    authority_code: str | None
    enterprises: int


class NoticeOutline(NoticeSummary):
    """The notice in numbers. Of `enterprises`, `withdrawn` have withdrawn since; central ones come first."""

    enterprises: int
    withdrawn: int
    authorities: tuple[OnNotice, ...]


class NoticeEntry(Model):
    """An enterprise on notice. Of objections to it nothing is told."""

    nomination_id: UUID
    enterprise_name: str
    credit_code: str
    enterprise_type: EnterpriseType | None
    authority_code: str | None
    authority: Text | None
    withdrawn: bool


class NoticeView(NoticeSummary):
    enterprises: tuple[NoticeEntry, ...]


class NoticePage(Model):
    """`next` is the cursor of the following page; `total` counts what is searched for on all pages."""

    items: tuple[NoticeEntry, ...]
    next: UUID | None
    total: int
