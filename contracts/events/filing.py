"""Facts of the filing service. They carry no personal data: contacts stay in filing."""

from datetime import date, datetime

from contracts.enums import EnterpriseType
from contracts.events.base import Event, PersonalDataErased, event
from contracts.ids import CampaignId, NominationId, campaign_key, nomination_key
from contracts.model import Model, Text
from contracts.scheme import Ladder, Term


class CaseSummary(Model):
    """What every party may know of a nomination. `authority_code` is None for a central state-owned enterprise."""

    enterprise_name: str
    credit_code: str
    enterprise_type: EnterpriseType
    business_category: str
    authority_code: str | None
    central: bool


class NominationEvent(Event):
    nomination_id: NominationId
    campaign_id: CampaignId
    credit_code: str

    @property
    def subject(self) -> str:
        return nomination_key(self.nomination_id)


@event("filing.campaign.opened.v1")
class CampaignOpened(Event):
    """A campaign takes nominations from `opens_at` to `closes_at`; authorities recommend until `recommend_by`."""

    campaign_id: CampaignId
    year: int
    title: Text
    scheme_code: str
    scheme_version: int
    opens_at: datetime
    closes_at: datetime
    recommend_by: datetime
    authority_reminders: tuple[Term, ...]

    @property
    def subject(self) -> str:
        return campaign_key(self.campaign_id)


@event("filing.campaign.closed.v1")
class IntakeClosed(Event):
    """The window for nominations has passed."""

    campaign_id: CampaignId
    nominations: int

    @property
    def subject(self) -> str:
        return campaign_key(self.campaign_id)


@event("filing.nomination.submitted.v1")
class NominationSubmitted(NominationEvent):
    """An enterprise was nominated. `ladder` is the route of this case, by the scheme version of its campaign."""

    year: int
    revision: int
    submitted_on: date
    case: CaseSummary
    ladder: Ladder


@event("filing.nomination.corrected.v1")
class NominationCorrected(NominationEvent):
    """A returned nomination was sent in again, as a new revision."""

    revision: int
    case: CaseSummary


@event("filing.nomination.lapsed.v1")
class NominationLapsed(NominationEvent):
    """A returned nomination was not corrected in time."""


@event("filing.withdrawal.requested.v1")
class WithdrawalRequested(NominationEvent):
    """The applicant asked to withdraw. Whether it was in time is decided in review, at the case's row."""

    reason: str


@event("filing.personal_data.erased.v1")
class FilingDataErased(PersonalDataErased):
    """Contacts in declarations."""
