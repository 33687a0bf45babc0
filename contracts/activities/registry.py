"""Orders to the registry service."""

from datetime import datetime

from contracts.activities.base import Done, Order
from contracts.events.filing import CaseSummary
from contracts.ids import CampaignId, NominationId
from contracts.model import Model


class Admit(Model):
    """Put an enterprise on the list of a campaign; one entry a nomination."""

    nomination_id: NominationId
    campaign_id: CampaignId
    year: int
    case: CaseSummary


class SealJournal(Model):
    """Compute the Merkle root over all rows of the journal; `reason` says what it is wanted for."""

    reason: str


class JournalRoot(Model):
    """The newest root; unchanged when nothing was written since."""

    root: str
    last_seq: int
    sealed_at: datetime


ADMIT = Order("registry.admit", Admit, Done)
SEAL_JOURNAL = Order("registry.seal_journal", SealJournal, JournalRoot)
