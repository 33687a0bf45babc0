"""The tables of filing. Of schemes and revisions the service's own user may only read and add rows."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import declarative_base
from chassis.idempotency import KeptAnswer
from contracts.enums import EnterpriseType, NominationStatus, StageName


class Base(declarative_base()):  # type: ignore[misc]
    __abstract__ = True


def words(kind: Any) -> sa.Enum:
    """A closed set of words, kept as text."""
    return sa.Enum(kind, native_enum=False, create_constraint=False, length=40, values_callable=list)


class SchemeVersion(Base):
    __tablename__ = "schemes"

    code: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[dict[str, Any]]
    registered_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class Campaign(Base):
    """`closed_at` is when the intake was closed; a nomination counts by the window alone."""

    __tablename__ = "campaigns"
    __table_args__ = (
        sa.UniqueConstraint("scheme_code", "year"),
        sa.ForeignKeyConstraint(["scheme_code", "scheme_version"], ["schemes.code", "schemes.version"]),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int]
    scheme_code: Mapped[str] = mapped_column(sa.Text)
    scheme_version: Mapped[int]
    title_zh: Mapped[str] = mapped_column(sa.Text)
    title_en: Mapped[str] = mapped_column(sa.Text)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    recommend_by: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Nomination(Base):
    """One application of an enterprise in a campaign.

    `revision` is the newest of its revisions. `returned_*` describe the last return, also after its correction;
    `failed_*` why it did not reach the list. `authority_code` is None for a central state-owned enterprise.
    """

    __tablename__ = "nominations"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "credit_code"),
        sa.Index(None, "campaign_id", "authority_code", "id"),
        sa.Index(None, "credit_code"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(sa.ForeignKey("campaigns.id"))
    credit_code: Mapped[str] = mapped_column(sa.Text)
    enterprise_name: Mapped[str] = mapped_column(sa.Text)
    enterprise_type: Mapped[EnterpriseType] = mapped_column(words(EnterpriseType))
    business_category: Mapped[str] = mapped_column(sa.Text)
    authority_code: Mapped[str | None] = mapped_column(sa.Text)
    central: Mapped[bool]
    status: Mapped[NominationStatus] = mapped_column(words(NominationStatus))
    revision: Mapped[int]
    submitted_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    returned_stage: Mapped[StageName | None] = mapped_column(words(StageName))
    returned_round: Mapped[int | None]
    returned_opinion: Mapped[str | None] = mapped_column(sa.Text)
    correction_due: Mapped[datetime | None]

    withdrawal_requested_at: Mapped[datetime | None]

    failed_stage: Mapped[StageName | None] = mapped_column(words(StageName))
    failed_cause: Mapped[str | None] = mapped_column(sa.Text)
    failed_opinion: Mapped[str | None] = mapped_column(sa.Text)


class Revision(Base):
    """One declaration as it was sent in, with the answer to every eligibility rule at that time."""

    __tablename__ = "revisions"

    nomination_id: Mapped[UUID] = mapped_column(sa.ForeignKey("nominations.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    declaration: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(sa.Text)
    eligibility: Mapped[list[Any]]
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[str] = mapped_column(sa.Text)


class Draft(Base):
    """A declaration as far as its enterprise has written it: nobody else reads it.

    It goes when the enterprise is nominated, and at the latest when the intake is closed.
    """

    __tablename__ = "drafts"

    campaign_id: Mapped[UUID] = mapped_column(sa.ForeignKey("campaigns.id"), primary_key=True)
    credit_code: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    declaration: Mapped[dict[str, Any]]
    version: Mapped[int]
    saved_at: Mapped[datetime]


class PanelSeat(Base):
    """An expert who was appointed to a nomination's panel; one who was released stays as such.

    `round` is the newest that says so; `declared`: to have no interest in the enterprise, in that round. The panel is
    judged in review: a fact may come before its nomination is known.
    """

    __tablename__ = "panel_seats"

    nomination_id: Mapped[UUID] = mapped_column(primary_key=True)
    expert: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    round: Mapped[int]
    released: Mapped[bool]
    declared: Mapped[bool]


class IdempotencyKey(KeptAnswer, Base):
    """What a caller's key was answered with."""
