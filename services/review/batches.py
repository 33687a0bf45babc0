"""Notices, the objections to them, and decisions. A stage knows its notice and its decision (`models.Stage`)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.review.models import Base
from services.review.words import Word

STANDING = sa.text("state <> 'REFUSED'")


class NoticeState(StrEnum):
    """A prepared notice becomes public as soon as the journal's root is printed on it."""

    PREPARED = "PREPARED"
    PUBLISHED = "PUBLISHED"
    CLOSED = "CLOSED"


class ObjectionState(StrEnum):
    OPEN = "OPEN"
    UPHELD = "UPHELD"
    DISMISSED = "DISMISSED"


class DecisionState(StrEnum):
    PREPARED = "PREPARED"
    SIGNED = "SIGNED"
    REFUSED = "REFUSED"


class Notice(Base):
    """A batch of cases shown to the public from `published_at` until `closes_at`. A trial has no document number."""

    __tablename__ = "notices"
    __table_args__ = (sa.UniqueConstraint("document_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID]
    document_number: Mapped[str | None] = mapped_column(sa.Text)
    title: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[NoticeState] = mapped_column(Word(NoticeState))
    prepared_by: Mapped[str] = mapped_column(sa.Text)
    prepared_name: Mapped[str | None] = mapped_column(sa.Text)
    prepared_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    journal_root: Mapped[str | None] = mapped_column(sa.Text)
    closed_at: Mapped[datetime | None]


class Objection(Base):
    """`sealed` holds name, contact and words of the objector; `receipt` is what only the objector knows."""

    __tablename__ = "objections"
    __table_args__ = (sa.Index(None, "stage_id", "state"), sa.Index(None, "notice_id", "id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    notice_id: Mapped[UUID] = mapped_column(sa.ForeignKey("notices.id"))
    stage_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stages.id"))
    nomination_id: Mapped[UUID]
    receipt: Mapped[str] = mapped_column(sa.Text, unique=True)
    sealed: Mapped[bytes]
    state: Mapped[ObjectionState] = mapped_column(Word(ObjectionState))
    filed_at: Mapped[datetime]
    reasons: Mapped[str | None] = mapped_column(sa.Text)
    resolved_by: Mapped[str | None] = mapped_column(sa.Text)
    resolved_name: Mapped[str | None] = mapped_column(sa.Text)
    resolved_department: Mapped[str | None] = mapped_column(sa.Text)
    resolved_at: Mapped[datetime | None]


class Decision(Base):
    """Prepared by one person, signed or refused by another. A refused one gives its document number back."""

    __tablename__ = "decisions"
    __table_args__ = (
        sa.Index("uq_decisions_document_number", "document_number", unique=True, postgresql_where=STANDING),
        sa.Index(None, "campaign_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID]
    document_number: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[DecisionState] = mapped_column(Word(DecisionState))
    prepared_by: Mapped[str] = mapped_column(sa.Text)
    prepared_name: Mapped[str | None] = mapped_column(sa.Text)
    prepared_at: Mapped[datetime]
    settled_by: Mapped[str | None] = mapped_column(sa.Text)
    settled_name: Mapped[str | None] = mapped_column(sa.Text)
    settled_department: Mapped[str | None] = mapped_column(sa.Text)
    settled_at: Mapped[datetime | None]
    refusal: Mapped[str | None] = mapped_column(sa.Text)


class DecisionEntry(Base):
    """What a decision says of one case; `reason` is given for a rejection."""

    __tablename__ = "decision_entries"

    decision_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decisions.id"), primary_key=True)
    stage_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stages.id"), primary_key=True)
    nomination_id: Mapped[UUID]
    approved: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(sa.Text)
