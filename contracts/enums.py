"""The closed sets of words of the scheme."""

from enum import StrEnum


class Role(StrEnum):
    """Who a caller is. `SERVICE` is another service of this platform; `ADMIN` runs it and decides nothing."""

    ENTERPRISE = "enterprise"
    AUTHORITY = "authority"
    EXPERT = "expert"
    OFFICER = "officer"
    DECIDER = "decider"
    ADMIN = "admin"
    SERVICE = "service"


class EnterpriseType(StrEnum):
    TRADING = "trading"
    LOGISTICS = "logistics"


class StageName(StrEnum):
    RECOMMENDATION = "recommendation"
    PANEL = "panel"
    NOTICE = "notice"
    DECISION = "decision"


class StageKind(StrEnum):
    """How a stage is concluded: by one reviewer's verdict, by a panel's scores, or with a whole batch."""

    REVIEW = "review"
    PANEL = "panel"
    NOTICE = "notice"
    DECISION = "decision"

    @property
    def is_pool(self) -> bool:
        """A pool opens with the approval that leads to it, and its cases wait there for a batch."""
        return self in (StageKind.NOTICE, StageKind.DECISION)


class Assignee(StrEnum):
    """Whose task a stage is: the enterprise's authority, experts, or the ministry's officers."""

    AUTHORITY = "authority"
    EXPERTS = "experts"
    MINISTRY = "ministry"


class Verdict(StrEnum):
    APPROVED = "APPROVED"
    RETURNED = "RETURNED"
    REJECTED = "REJECTED"


class Cause(StrEnum):
    """What concluded a stage."""

    VERDICT = "verdict"
    SCORES = "scores"
    SILENCE = "silence"
    NOTICE = "notice"
    OBJECTION = "objection"
    DECISION = "decision"


class OnSilence(StrEnum):
    """What happens at a stage's deadline when nobody has answered."""

    APPROVE = "approve"
    REJECT = "reject"
    ESCALATE = "escalate"
    REASSIGN = "reassign"


class Reminder(StrEnum):
    REMINDER = "reminder"
    ESCALATION = "escalation"


class Outcome(StrEnum):
    """How a nomination ended; each ends in exactly one of these."""

    LISTED = "listed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class NominationStatus(StrEnum):
    """What a nomination waits for, as its enterprise sees it."""

    AWAITING_RECOMMENDATION = "awaiting_recommendation"
    RETURNED = "returned"
    UNDER_REVIEW = "under_review"
    AWAITING_NOTICE = "awaiting_notice"
    ON_NOTICE = "on_notice"
    UNDER_OBJECTION = "under_objection"
    AWAITING_DECISION = "awaiting_decision"
    ADMITTED = "admitted"
    PUBLISHED = "published"
    NOT_LISTED = "not_listed"
    WITHDRAWN = "withdrawn"

    @property
    def is_final(self) -> bool:
        return self in FINAL_STATUSES


FINAL_STATUSES = frozenset(
    {
        NominationStatus.ADMITTED,
        NominationStatus.PUBLISHED,
        NominationStatus.NOT_LISTED,
        NominationStatus.WITHDRAWN,
    }
)


class AccountChange(StrEnum):
    """What was changed of an account, by its owner or by an administrator: the event's actor says who."""

    NAME = "name"
    DEPARTMENT = "department"
    ROLES = "roles"
    SCOPE = "scope"
    """The authority or the enterprise that the account acts for."""
    CLOSED = "closed"
    OPENED = "opened"
    PASSWORD = "password"  # noqa: S105 - a name
    SECOND_FACTOR = "second_factor"
    UNLOCKED = "unlocked"
    SESSIONS_ENDED = "sessions_ended"
    CONFIRMED = "confirmed"
    """Its power to decide or to administer, by another administrator than who gave it."""
