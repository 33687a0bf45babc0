"""The tables of the registry.

Of the journal, its roots, the lists and the history of entries, the service's own user may only read and add rows.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import declarative_base
from chassis.idempotency import KeptAnswer
from contracts.events.filing import NominationSubmitted

SUBMITTED = sa.text(f"type = '{NominationSubmitted.TYPE}'")
OF_A_NOMINATION = sa.text("nomination_id IS NOT NULL")
OF_A_BATCH = sa.text("nomination_id IS NULL")


class Base(declarative_base()):  # type: ignore[misc]
    __abstract__ = True


class EntryState(StrEnum):
    """An admitted entry is public once its list is published, and stays so when the enterprise is removed."""

    ADMITTED = "ADMITTED"
    PUBLISHED = "PUBLISHED"
    REMOVED = "REMOVED"


class Enterprise(Base):
    """An enterprise that was ever admitted, as its last admission describes it."""

    __tablename__ = "enterprises"

    credit_code: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    name: Mapped[str] = mapped_column(sa.Text)
    enterprise_type: Mapped[str] = mapped_column(sa.Text)
    business_category: Mapped[str] = mapped_column(sa.Text)
    authority_code: Mapped[str | None] = mapped_column(sa.Text)
    central: Mapped[bool]
    updated_at: Mapped[datetime]


class Decision(Base):
    """What was decided, as its event told it. `approved` holds nomination id, credit code and name of each."""

    __tablename__ = "decisions"
    __table_args__ = (sa.Index(None, "campaign_id", "signed_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(unique=True)
    campaign_id: Mapped[UUID]
    document_number: Mapped[str] = mapped_column(sa.Text)
    signed_at: Mapped[datetime]
    approved: Mapped[list[Any]]


class PublishedList(Base):
    """A list as it was published; never changed. `content` is its canonical text, `proof` that it was decided."""

    __tablename__ = "lists"
    __table_args__ = (sa.Index(None, "published_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID]
    decision_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decisions.id"), unique=True)
    document_number: Mapped[str] = mapped_column(sa.Text, unique=True)
    title: Mapped[dict[str, Any]]
    year: Mapped[int]
    entry_count: Mapped[int]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(sa.Text)
    content: Mapped[str] = mapped_column(sa.Text)
    algorithm: Mapped[str] = mapped_column(sa.Text)
    digest: Mapped[str] = mapped_column(sa.Text)
    journal_root: Mapped[str] = mapped_column(sa.Text)
    proof: Mapped[str] = mapped_column(sa.Text)


class Entry(Base):
    """One enterprise on the list of one campaign. `number` is its place on the published list."""

    __tablename__ = "entries"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "credit_code"),
        sa.UniqueConstraint("list_id", "number"),
        sa.Index(None, "credit_code"),
    )

    nomination_id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID]
    credit_code: Mapped[str] = mapped_column(sa.ForeignKey("enterprises.credit_code"))
    year: Mapped[int]
    enterprise_name: Mapped[str] = mapped_column(sa.Text)
    enterprise_type: Mapped[str] = mapped_column(sa.Text)
    business_category: Mapped[str] = mapped_column(sa.Text)
    authority_code: Mapped[str | None] = mapped_column(sa.Text)
    state: Mapped[EntryState] = mapped_column(sa.Text)
    list_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("lists.id"))
    number: Mapped[int | None]


class EntryEvent(Base):
    """What happened to an entry; append-only. `document_number` is the paper it happened by."""

    __tablename__ = "entry_history"
    __table_args__ = (sa.Index(None, "nomination_id"),)

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(always=True), primary_key=True)
    nomination_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entries.nomination_id"))
    state: Mapped[EntryState] = mapped_column(sa.Text)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(sa.Text)
    document_number: Mapped[str | None] = mapped_column(sa.Text)


class JournalRow(Base):
    """One event. The ids and codes are taken out of `data`, for queries; they are under the digest too."""

    __tablename__ = "journal"
    __table_args__ = (
        sa.Index("ix_journal_nomination_id", "nomination_id", "seq", postgresql_where=OF_A_NOMINATION),
        sa.Index("ix_journal_batches", "campaign_id", "seq", postgresql_where=OF_A_BATCH),
        sa.Index("ix_journal_submitted_credit_code", "credit_code", postgresql_where=SUBMITTED),
        sa.Index("ix_journal_submitted_authority_code", "authority_code", postgresql_where=SUBMITTED),
    )

    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[UUID] = mapped_column(unique=True)
    source: Mapped[str] = mapped_column(sa.Text)
    type: Mapped[str] = mapped_column(sa.Text)
    subject: Mapped[str] = mapped_column(sa.Text)
    nomination_id: Mapped[UUID | None]
    credit_code: Mapped[str | None] = mapped_column(sa.Text)
    campaign_id: Mapped[UUID | None]
    authority_code: Mapped[str | None] = mapped_column(sa.Text)
    actor: Mapped[str] = mapped_column(sa.Text)
    time: Mapped[datetime]
    received_at: Mapped[datetime]
    correlation_id: Mapped[str | None] = mapped_column(sa.Text)
    data: Mapped[str] = mapped_column(sa.Text)
    algorithm: Mapped[str] = mapped_column(sa.Text)
    key_id: Mapped[str] = mapped_column(sa.Text)
    digest: Mapped[bytes]
    mac: Mapped[bytes]


class JournalHead(Base):
    """Where the chain ends: one row, written by whoever holds its lock. `seal` is keyed; None before the first row."""

    __tablename__ = "journal_head"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(sa.BigInteger)
    mac: Mapped[bytes]
    algorithm: Mapped[str | None] = mapped_column(sa.Text)
    key_id: Mapped[str | None] = mapped_column(sa.Text)
    seal: Mapped[bytes | None]


class Root(Base):
    """A Merkle root over the digests of the rows 1 to `last_seq`. `peaks` lets the next one start from here."""

    __tablename__ = "roots"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_seq: Mapped[int] = mapped_column(sa.BigInteger)
    root: Mapped[str] = mapped_column(sa.Text)
    algorithm: Mapped[str] = mapped_column(sa.Text)
    key_id: Mapped[str] = mapped_column(sa.Text)
    peaks: Mapped[bytes]
    reason: Mapped[str] = mapped_column(sa.Text)
    sealed_at: Mapped[datetime]
    mac: Mapped[bytes]


class IdempotencyKey(KeptAnswer, Base):
    """What a caller's key was answered with."""
