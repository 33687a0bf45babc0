"""Facts of the registry service."""

from datetime import datetime

from contracts.events.base import Event, PersonalDataErased, event
from contracts.events.filing import NominationEvent
from contracts.ids import CampaignId, DecisionId, ListId, NominationId, list_key


@event("registry.enterprise.admitted.v1")
class EnterpriseAdmitted(NominationEvent):
    """An enterprise stands on the list; it is public once the list is published."""

    enterprise_name: str
    authority_code: str | None


@event("registry.list.published.v1")
class ListPublished(Event):
    list_id: ListId
    campaign_id: CampaignId
    decision_id: DecisionId
    document_number: str
    published_at: datetime
    nominations: tuple[NominationId, ...]
    digest: str
    journal_root: str

    @property
    def subject(self) -> str:
        return list_key(self.list_id)


@event("registry.journal.sealed.v1")
class JournalSealed(Event):
    """The Merkle root over the rows `first_seq` to `last_seq` of the journal."""

    first_seq: int
    last_seq: int
    root: str
    algorithm: str
    sealed_at: datetime

    @property
    def subject(self) -> str:
        return "journal"


@event("registry.personal_data.erased.v1")
class RegistryDataErased(PersonalDataErased):
    """Answers that were kept by idempotency key."""
