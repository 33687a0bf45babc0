"""What the registry's API takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field

from chassis.storable import STORABLE
from contracts.enums import EnterpriseType
from contracts.ids import CampaignId, DecisionId, ListId, NominationId
from contracts.model import Model, Text
from services.registry.journal.audit import FaultKind
from services.registry.journal.verify import Report
from services.registry.models import EntryState

Hex = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{64}$")]


class Publication(Model):
    """`decision_id` is needed only when several signed decisions of the campaign wait for publication."""

    campaign_id: CampaignId
    document_number: str = Field(min_length=1, max_length=80, pattern=STORABLE)
    decision_id: DecisionId | None = None


class ListOut(Model):
    """`digest` is taken of the list's canonical content, `journal_root` is printed on it; both in hex."""

    id: ListId
    campaign_id: CampaignId
    decision_id: DecisionId
    document_number: str
    title: Text
    year: int
    entry_count: int
    published_at: datetime
    algorithm: str
    digest: str
    journal_root: str


class ListPage(Model):
    items: list[ListOut]
    next: str | None


class EntryOut(Model):
    number: int
    credit_code: str
    enterprise_name: str
    enterprise_type: EnterpriseType
    business_category: str
    authority_code: str | None
    state: EntryState


class ListEntries(ListOut):
    """A published list and one page of its entries; `total` is how many the search finds."""

    total: int
    items: list[EntryOut]
    next: str | None


class StepChecked(Model):
    """`differences` in the caller's language."""

    step: str
    title: str
    ok: bool
    differences: tuple[str, ...]


class CheckedRoot(Model):
    """`number` and `sealed_at` are null when no such root was sealed here."""

    root: str
    last_seq: int
    number: int | None
    sealed_at: datetime | None


class ListChecked(Model):
    """`ok`: the list is the one that was decided and published. What the proof doesn't say readably is null."""

    ok: bool
    list_id: ListId | None
    document_number: str | None
    entries: int | None
    digest: str
    algorithm: str
    decision_id: DecisionId | None
    signed_at: datetime | None
    root: CheckedRoot
    steps: tuple[StepChecked, ...]


class HappenedOut(Model):
    state: EntryState
    at: datetime
    document_number: str | None


class ListedOut(Model):
    """One time that an enterprise was listed, and what became of it."""

    list_id: ListId
    year: int
    document_number: str
    number: int
    state: EntryState
    history: list[HappenedOut]


class EnterpriseItem(Model):
    """As its newest published list has it."""

    credit_code: str
    name: str
    enterprise_type: EnterpriseType
    business_category: str
    authority_code: str | None
    state: EntryState
    list_id: ListId
    year: int
    document_number: str


class EnterprisePage(Model):
    items: list[EnterpriseItem]
    next: str | None


class EnterpriseOut(Model):
    credit_code: str
    name: str
    enterprise_type: EnterpriseType
    business_category: str
    authority_code: str | None
    lists: list[ListedOut]


class JournalRowOut(Model):
    """`digest` is the hex hash of the row's canonical form."""

    seq: int
    event_id: UUID
    type: str
    subject: str
    nomination_id: NominationId | None
    credit_code: str | None
    actor: str
    time: datetime
    data: dict[str, Any]
    digest: str


class JournalPage(Model):
    """`next` is the `after` of the next page."""

    items: list[JournalRowOut]
    next: int | None


class Verification(Model):
    """`printed_roots` are roots from papers: each must be one of the journal's own."""

    printed_roots: tuple[Hex, ...] = Field((), max_length=100)


class FaultOut(Model):
    """What is wrong, and in which row, if there is one."""

    kind: FaultKind
    seq: int | None
    event_id: UUID | None
    detail: str


class VerificationOut(Model):
    """`complete` is false when reading stopped because there were too many faults."""

    holds: bool
    complete: bool
    rows: int
    roots: int
    newest_root: str | None
    seconds: float
    faults: list[FaultOut]

    @classmethod
    def of(cls, report: Report, seconds: float) -> Self:
        return cls(
            holds=report.holds,
            complete=report.complete,
            rows=report.rows,
            roots=report.roots,
            newest_root=report.newest_root,
            seconds=round(seconds, 3),
            faults=[FaultOut.model_validate(fault, from_attributes=True) for fault in report.faults],
        )


class RootOut(Model):
    """A Merkle root over the journal's rows `first_seq` to `last_seq`, in hex."""

    number: int
    first_seq: int = 1
    last_seq: int
    root: str
    algorithm: str
    sealed_at: datetime


class RootPage(Model):
    items: list[RootOut]
    next: int | None
