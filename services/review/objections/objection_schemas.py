"""What callers send and get about objections."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from chassis.storable import STORABLE
from contracts.model import Model
from services.review.batches import ObjectionState
from services.review.requests import Request


class FileObjection(Request):
    """Against one enterprise of the notice, by its credit code or its nomination. Name and contact stay sealed."""

    name: str = Field(min_length=2, max_length=50)
    contact: str = Field(min_length=5, max_length=100)
    text: str = Field(min_length=5, max_length=4000)
    credit_code: str | None = Field(None, pattern=r"^[0-9A-Z]{18}$")
    nomination_id: UUID | None = None


class Receipt(Model):
    """Keep the number: it is the only way to the answer, and nobody else may know it."""

    receipt: str
    filed_at: datetime


class Answer(Model):
    """What an objector is told."""

    receipt: str
    state: ObjectionState
    filed_at: datetime
    reasons: str | None
    resolved_at: datetime | None


class ResolveObjection(Request):
    """The reasons are told to the objector and, when upheld, to the enterprise: they must not name the objector.

    `dry_run` says whether it would be refused, and changes nothing.
    """

    upheld: bool
    reasons: str = Field(min_length=2, max_length=2000, pattern=STORABLE)
    dry_run: bool = False


class Resolution(Model):
    id: UUID
    state: ObjectionState
    reasons: str | None
    resolved_by: str | None
    resolved_name: str | None
    resolved_department: str | None
    resolved_at: datetime | None


class ObjectionView(Resolution):
    """For those who handle it."""

    notice_id: UUID
    nomination_id: UUID
    enterprise_name: str
    credit_code: str
    filed_at: datetime
    name: str
    contact: str
    text: str
