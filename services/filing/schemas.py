"""What goes through the door: requests and replies."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from chassis.problems import FieldError
from chassis.storable import LARGEST_INTEGER
from contracts.authorities import AUTHORITIES
from contracts.enums import EnterpriseType, NominationStatus, StageName
from contracts.ids import CampaignId, NominationId
from contracts.model import Model, Text
from contracts.scheme import Ladder, Scheme
from services.filing.cases import Case
from services.filing.days import From, Until
from services.filing.declaration import Declaration, Line, Paragraphs
from services.filing.eligibility import RuleResult
from services.filing.sketch import Sketch


class Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(Request):
    zh: Line
    en: Line


class CampaignOpening(Request):
    """Times may be given as days in Shanghai: a day opens with its first second and closes with its last."""

    year: int = Field(ge=2000, le=2200)
    title: Title
    scheme_code: str = Field("national", pattern=r"^[a-z][a-z0-9-]*$")
    scheme_version: int = 1
    opens_at: From
    closes_at: Until
    recommend_by: Until


class Submission(Request):
    campaign_id: CampaignId
    declaration: Declaration


class CorrectionRequest(Request):
    declaration: Declaration


class WithdrawalRequest(Request):
    reason: Paragraphs


class DraftToSave(Request):
    """`version` is the one that this draft was made of; None for the first."""

    declaration: Sketch
    version: int | None = Field(None, ge=1, le=LARGEST_INTEGER)


class KeptDraft(Model):
    """That there is one, without what it says."""

    campaign_id: CampaignId
    version: int
    saved_at: datetime


class DraftReply(Model):
    campaign_id: CampaignId
    declaration: dict[str, Any]
    version: int
    saved_at: datetime


class DeclarationToCheck(Request):
    """The declaration may be incomplete or wrong."""

    campaign_id: CampaignId
    declaration: dict[str, JsonValue]


class Finding(Model):
    """`field` is the path of a field, `rule` a stable code; the message is in the caller's language."""

    field: str
    rule: str
    message: str

    @classmethod
    def of(cls, error: FieldError, language: str) -> Self:
        return cls(field=error.field, rule=error.rule, message=error.message.in_language(language))


class DeclarationChecked(Model):
    """Paths of fields are those of the form. `eligibility` is null while the rules can't be asked yet."""

    valid: bool
    errors: tuple[Finding, ...]
    eligibility: tuple[RuleResult, ...] | None


class SchemeChecked(Model):
    """`ordinary` and `central` are the ladders that a valid scheme makes."""

    valid: bool
    errors: tuple[Finding, ...]
    ordinary: Ladder | None
    central: Ladder | None


class CampaignReply(Model):
    id: CampaignId
    year: int
    title: Text
    scheme_code: str
    scheme_version: int
    opens_at: datetime
    closes_at: datetime
    recommend_by: datetime
    closed_at: datetime | None


class Receipt(Model):
    """What a submission is answered with, and answered with again for the same idempotency key."""

    id: NominationId
    campaign_id: CampaignId
    credit_code: str
    authority_code: str | None
    status: NominationStatus
    revision: int
    submitted_at: datetime

    @classmethod
    def of(cls, case: Case, campaign_id: CampaignId, scheme: Scheme, at: datetime) -> Self:
        return cls(
            id=case.nomination_id,
            campaign_id=campaign_id,
            credit_code=case.declaration.basics.credit_code,
            authority_code=case.authority_code,
            status=NominationStatus(case.first_status(scheme)),
            revision=1,
            submitted_at=at,
        )


class Returned(Model):
    stage: StageName
    round: int
    opinion: str
    due: datetime


class Failure(Model):
    """Why a nomination did not reach the list; `cause` is a `contracts.enums.Cause`, or `lapsed`."""

    stage: StageName | None
    cause: str
    opinion: str | None


class NominationItem(Model):
    """One of a list: no personal data."""

    id: NominationId
    campaign_id: CampaignId
    enterprise_name: str
    credit_code: str
    enterprise_type: EnterpriseType
    business_category: str
    authority_code: str | None
    authority_name: str | None
    central: bool
    status: NominationStatus
    revision: int
    submitted_at: datetime
    updated_at: datetime
    returned: Returned | None
    failure: Failure | None
    withdrawal_requested_at: datetime | None


class RevisionReply(Model):
    """`declaration` lacks the fields about people when the caller does not need them."""

    number: int
    submitted_at: datetime
    submitted_by: str
    declaration: dict[str, Any]
    eligibility: tuple[RuleResult, ...]


class NominationReply(NominationItem):
    """With every revision, the newest first."""

    revisions: tuple[RevisionReply, ...]


class NominationPage(Model):
    items: tuple[NominationItem, ...]
    next: str | None


class NominationCounts(Model):
    total: int


class Contact(Model):
    nomination_id: NominationId
    campaign_id: CampaignId
    enterprise_name: str
    credit_code: str
    authority_code: str | None
    person: str
    phone: str
    email: str


class FailureCount(Model):
    stage: StageName | None
    cause: str
    nominations: int


class AuthoritySummary(Model):
    """`authority_code` is null for the central enterprises."""

    authority_code: str | None
    authority_name: str | None
    nominations: int
    statuses: dict[NominationStatus, int]


class CampaignSummary(Model):
    """How many nominations stand where, why the others failed, and how many each authority has."""

    campaign_id: CampaignId
    nominations: int
    statuses: dict[NominationStatus, int]
    failures: tuple[FailureCount, ...]
    authorities: tuple[AuthoritySummary, ...]


def authority_name(code: str | None) -> str | None:
    return AUTHORITIES[code].name.zh if code else None
