"""What the registry's API takes and gives."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from chassis.storable import STORABLE
from contracts.enums import EnterpriseType
from contracts.ids import CampaignId, DecisionId, ListId, NominationId
from contracts.model import Model, Text
from services.registry.models import EntryState


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
    """A published list and one page of its entries."""

    items: list[EntryOut]
    next: str | None


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
