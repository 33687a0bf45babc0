"""Rows as they are shown."""

from typing import Any

from services.filing.campaigns import title_of
from services.filing.declaration import PERSONAL
from services.filing.models import Campaign, Nomination, Revision
from services.filing.schemas import (
    CampaignReply,
    Contact,
    Failure,
    NominationItem,
    Returned,
    RevisionReply,
    authority_name,
)


def campaign_reply(campaign: Campaign) -> CampaignReply:
    return CampaignReply(
        id=campaign.id,
        year=campaign.year,
        title=title_of(campaign),
        scheme_code=campaign.scheme_code,
        scheme_version=campaign.scheme_version,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        recommend_by=campaign.recommend_by,
        closed_at=campaign.closed_at,
    )


def nomination_item(nomination: Nomination) -> NominationItem:
    return NominationItem(
        id=nomination.id,
        campaign_id=nomination.campaign_id,
        enterprise_name=nomination.enterprise_name,
        credit_code=nomination.credit_code,
        enterprise_type=nomination.enterprise_type,
        business_category=nomination.business_category,
        authority_code=nomination.authority_code,
        authority_name=authority_name(nomination.authority_code),
        central=nomination.central,
        status=nomination.status,
        revision=nomination.revision,
        submitted_at=nomination.submitted_at,
        updated_at=nomination.updated_at,
        returned=_returned(nomination),
        failure=_failure(nomination),
        withdrawal_requested_at=nomination.withdrawal_requested_at,
    )


def _returned(nomination: Nomination) -> Returned | None:
    if nomination.returned_stage is None or nomination.correction_due is None:
        return None
    return Returned(
        stage=nomination.returned_stage,
        round=nomination.returned_round or 1,
        opinion=nomination.returned_opinion or "",
        due=nomination.correction_due,
    )


def _failure(nomination: Nomination) -> Failure | None:
    if nomination.failed_cause is None:
        return None
    return Failure(stage=nomination.failed_stage, cause=nomination.failed_cause, opinion=nomination.failed_opinion)


def revision_reply(revision: Revision, *, personal: bool) -> RevisionReply:
    return RevisionReply(
        number=revision.number,
        submitted_at=revision.submitted_at,
        submitted_by=revision.submitted_by,
        declaration=revision.declaration if personal else _impersonal(revision.declaration),
        eligibility=revision.eligibility,
    )


def _impersonal(declaration: dict[str, Any]) -> dict[str, Any]:
    basics = {name: value for name, value in declaration["basics"].items() if name not in PERSONAL}
    return {**declaration, "basics": basics}


def contact(nomination: Nomination, revision: Revision) -> Contact:
    basics = revision.declaration["basics"]
    return Contact(
        nomination_id=nomination.id,
        campaign_id=nomination.campaign_id,
        enterprise_name=nomination.enterprise_name,
        credit_code=nomination.credit_code,
        authority_code=nomination.authority_code,
        person=basics["contact_person"],
        phone=basics["contact_phone"],
        email=basics["contact_email"],
    )
