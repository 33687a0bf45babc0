"""Public notices: officers prepare them, everybody reads them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from chassis.auth.access import PUBLIC, allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Session
from contracts.enums import Role
from services.review.notices.notice_queries import public_notice, public_notices, summaries
from services.review.notices.notice_schemas import NoticeSummary, NoticeView, PrepareNotice
from services.review.notices.prepare_notice import prepare_notice
from services.review.pages import Cursor, Limit, Page

router = APIRouter(tags=["notices"])


@router.post("/v1/notices", status_code=201)
async def prepare(
    body: PrepareNotice, caller: Annotated[Principal, allow(Role.OFFICER)], session: Session
) -> NoticeSummary:
    """Put cases of the pool on notice. It is public once the journal's root is printed on it, moments later."""
    nominations = None if body.nominations == "all" else body.nominations
    at = now()
    notice = await prepare_notice(session, body.campaign_id, body.title, nominations, by=caller.subject, at=at)
    return (await summaries(session, [notice], at=at))[0]


@router.get("/v1/notices", dependencies=[PUBLIC])
async def read_notices(
    session: Session, campaign_id: UUID | None = None, limit: Limit = 50, cursor: Cursor = None
) -> Page[NoticeSummary]:
    """The newest first."""
    found = await public_notices(session, campaign_id=campaign_id, before=cursor, limit=limit + 1)
    items = await summaries(session, found, at=now())
    return Page.of(items, [item.id for item in items], limit)


@router.get("/v1/notices/{notice_id}", dependencies=[PUBLIC])
async def read_notice(notice_id: UUID, session: Session) -> NoticeView:
    """The notice with its enterprises. This address stays."""
    return await public_notice(session, notice_id, at=now())
