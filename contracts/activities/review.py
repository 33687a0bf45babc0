"""Orders to the review service."""

from datetime import datetime

from contracts.activities.base import Done, Order
from contracts.enums import Outcome, Reminder
from contracts.events.filing import CaseSummary
from contracts.ids import CampaignId, NominationId, NoticeId, StageId
from contracts.model import Model
from contracts.scheme import StageSpec, Term


class OpenStage(Model):
    """Open one round of a stage of a case.

    `then` are the pools that follow: an approval puts the case into the first of them in the same transaction.
    `correction` is the term for correcting, counted by review when the stage is returned;
    `returns_left` is how often it may still be returned.
    """

    nomination_id: NominationId
    campaign_id: CampaignId
    year: int
    revision: int
    case: CaseSummary
    stage: StageSpec
    round: int
    then: tuple[StageSpec, ...]
    correction: Term
    returns_left: int


class StageClock(Model):
    """The times of an open stage, counted once by the working-day calendar; None where the scheme sets none."""

    stage_id: StageId
    reminders_at: tuple[datetime, ...] = ()
    escalate_at: datetime | None = None
    deadline_at: datetime | None = None


class RemindStage(Model):
    """Remind those whose tasks of this stage are open; nothing happens when it is concluded."""

    stage_id: StageId
    reminder: Reminder
    number: int


class CloseStage(Model):
    """The deadline has passed: do what the scheme says for silence."""

    stage_id: StageId


class StageClosed(Model):
    """`clock` is set when the stage goes on: reassigned, escalated, or its deadline had moved meanwhile."""

    concluded: bool
    clock: StageClock | None = None


class CancelCase(Model):
    """End a case without a decision: `outcome` is withdrawn or lapsed."""

    nomination_id: NominationId
    campaign_id: CampaignId
    credit_code: str
    outcome: Outcome


class CaseClosed(Model):
    """`cancelled` is False when a decision was signed first: the row in review is the judge."""

    cancelled: bool


class PublishNotice(Model):
    """Make a prepared notice public, with the journal's root of this moment printed on it."""

    notice_id: NoticeId
    journal_root: str


class NoticeClock(Model):
    """When the notice ends; `closed` once it has."""

    closes_at: datetime
    closed: bool = False


class CloseNotice(Model):
    """Clear every case of the notice that has no open objection, if its period is over."""

    notice_id: NoticeId


class RemindAuthorities(Model):
    """Tell each authority how many recommendations it still owes; `number` counts the reminders of a campaign."""

    campaign_id: CampaignId
    recommend_by: datetime
    number: int


class ReckonReminders(Model):
    """Count reminders back from a date by the working-day calendar."""

    due: datetime
    terms: tuple[Term, ...]


class ReminderTimes(Model):
    at: tuple[datetime, ...]


OPEN_STAGE = Order("review.open_stage", OpenStage, StageClock)
REMIND_STAGE = Order("review.remind_stage", RemindStage, Done)
CLOSE_STAGE = Order("review.close_stage", CloseStage, StageClosed)
CANCEL_CASE = Order("review.cancel_case", CancelCase, CaseClosed)
PUBLISH_NOTICE = Order("review.publish_notice", PublishNotice, NoticeClock)
CLOSE_NOTICE = Order("review.close_notice", CloseNotice, NoticeClock)
REMIND_AUTHORITIES = Order("review.remind_authorities", RemindAuthorities, Done)
RECKON_REMINDERS = Order("review.reckon_reminders", ReckonReminders, ReminderTimes)
