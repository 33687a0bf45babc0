"""What workflows are started with, what they answer and what they end with."""

from datetime import datetime
from typing import Self

from contracts.enums import Outcome, StageName
from contracts.events.filing import CampaignOpened, CaseSummary, NominationSubmitted
from contracts.events.review import NoticePrepared
from contracts.ids import CampaignId, NominationId, NoticeId
from contracts.model import Model
from contracts.scheme import Ladder, Term


class Nomination(Model):
    """Input of `NominationWorkflow`: a running case keeps the ladder it began with."""

    nomination_id: NominationId
    campaign_id: CampaignId
    year: int
    revision: int
    case: CaseSummary
    ladder: Ladder

    @classmethod
    def of(cls, event: NominationSubmitted) -> Self:
        return cls(
            nomination_id=event.nomination_id,
            campaign_id=event.campaign_id,
            year=event.year,
            revision=event.revision,
            case=event.case,
            ladder=event.ladder,
        )


class NominationEnd(Model):
    outcome: Outcome


class NominationProgress(Model):
    """Where a case stands. `wakes_at` is when its workflow acts by itself, None while it waits for others alone."""

    stage: StageName
    round: int
    revision: int
    returns: int
    correcting: bool
    wakes_at: datetime | None


class Campaign(Model):
    """Input of `CampaignWorkflow`."""

    campaign_id: CampaignId
    closes_at: datetime
    recommend_by: datetime
    authority_reminders: tuple[Term, ...]

    @classmethod
    def of(cls, event: CampaignOpened) -> Self:
        return cls(
            campaign_id=event.campaign_id,
            closes_at=event.closes_at,
            recommend_by=event.recommend_by,
            authority_reminders=event.authority_reminders,
        )


class CampaignProgress(Model):
    reminders_left: int
    wakes_at: datetime | None
    list_published: bool


class Notice(Model):
    """Input of `NoticeWorkflow`."""

    notice_id: NoticeId
    campaign_id: CampaignId

    @classmethod
    def of(cls, event: NoticePrepared) -> Self:
        return cls(notice_id=event.notice_id, campaign_id=event.campaign_id)


class NoticeProgress(Model):
    """`closes_at` is None before the notice is public, and after it has closed."""

    closes_at: datetime | None
