"""The draft of the caller's own enterprise: kept, read, thrown away."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Reading, Session
from contracts.enums import Role
from services.filing.api.labels import LabelledRoute
from services.filing.drafts import Owner, find_draft, remove_draft, save_draft
from services.filing.schemas import DraftReply, DraftToSave

router = APIRouter(prefix="/v1/drafts", tags=["drafts"], route_class=LabelledRoute)
Enterprise = Annotated[Principal, allow(Role.ENTERPRISE)]


def _owner(caller: Principal, campaign_id: UUID) -> Owner:
    return campaign_id, str(caller.credit_code)


@router.get("/{campaign_id}")
async def read(caller: Enterprise, session: Reading, campaign_id: UUID) -> DraftReply:
    draft = await find_draft(session, _owner(caller, campaign_id))
    return DraftReply.model_validate(draft, from_attributes=True)


@router.put("/{campaign_id}")
async def save(caller: Enterprise, session: Session, campaign_id: UUID, draft: DraftToSave) -> DraftReply:
    """As far as it is written, be it incomplete or wrong. 409 `draft_changed` when another was saved meanwhile: its
    `version` and `saved_at` are told.
    """
    owner = _owner(caller, campaign_id)
    saved = await save_draft(session, owner, draft.declaration.content, draft.version, now())
    return DraftReply.model_validate(saved, from_attributes=True)


@router.delete("/{campaign_id}", status_code=204)
async def remove(caller: Enterprise, session: Session, campaign_id: UUID) -> None:
    """A nomination that is submitted removes its draft by itself, and so does the end of the intake."""
    await remove_draft(session, _owner(caller, campaign_id))
