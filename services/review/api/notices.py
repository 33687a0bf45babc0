"""Public notices: officers prepare them, everybody reads them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from chassis.auth.access import PUBLIC, allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.idempotency import Attempt, Key, answer_once
from chassis.storable import STORABLE
from chassis.web import Reading, Session
from contracts.enums import EnterpriseType, Role
from services.review.notices.notice_enterprises import one_on, page_of
from services.review.notices.notice_queries import (
    outline,
    prepared_notice,
    public_notice,
    public_notices,
    summaries,
    whole_notice,
)
from services.review.notices.notice_schemas import (
    NoticeEntry,
    NoticeOutline,
    NoticePage,
    NoticeSummary,
    NoticeView,
    PreparedNotice,
    PrepareNotice,
)
from services.review.notices.prepare_notice import prepare_notice
from services.review.pages import Cursor, Limit, Page
from services.review.search import Authority, Search

router = APIRouter(tags=["notices"])


@router.post("/v1/notices", status_code=201)
async def prepare(
    body: PrepareNotice, caller: Annotated[Principal, allow(Role.OFFICER)], session: Session, key: Key = None
) -> PreparedNotice:
    """Put cases of the pool on notice. It is public once the journal's root is printed on it, moments later.

    `Idempotency-Key`: the same request with the same key is answered as the first time.
    """
    at = now()

    async def answer() -> PreparedNotice:
        notice = await prepare_notice(
            session,
            body.campaign_id,
            body.title,
            None if body.nominations == "all" else body.nominations,
            document_number=body.document_number,
            by=caller,
            at=at,
            seen=body.digest,
        )
        return await prepared_notice(session, notice)

    return await answer_once(session, Attempt.of(caller, key, body), PreparedNotice, answer, at)


@router.get("/v1/notices", dependencies=[PUBLIC])
async def read_notices(
    session: Reading, campaign_id: UUID | None = None, limit: Limit = 50, cursor: Cursor = None
) -> Page[NoticeSummary]:
    """The newest first."""
    found = await public_notices(session, campaign_id=campaign_id, before=cursor, limit=limit + 1)
    items = await summaries(session, found, at=now())
    return Page.of(items, [item.id for item in items], limit)


@router.get("/v1/notices/{notice_id}", dependencies=[PUBLIC])
async def read_notice(notice_id: UUID, session: Reading) -> NoticeView:
    """The notice with all its enterprises. This address stays."""
    return await whole_notice(session, notice_id, at=now())


@router.get("/v1/notices/{notice_id}/summary", dependencies=[PUBLIC])
async def read_outline(notice_id: UUID, session: Reading) -> NoticeOutline:
    """The notice without its enterprises, which may be thousands: how many there are, and of which authorities."""
    return await outline(session, notice_id, at=now())


@router.get("/v1/notices/{notice_id}/enterprises", dependencies=[PUBLIC])
async def read_enterprises(
    notice_id: UUID,
    session: Reading,
    q: Annotated[str | None, Query(max_length=100, pattern=STORABLE)] = None,
    authority: Authority = None,
    enterprise_type: EnterpriseType | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> NoticePage:
    """In the order of the notice; `q` is a part of the name, or the beginning of the credit code."""
    await public_notice(session, notice_id)
    search = Search(authority=authority, enterprise_type=enterprise_type, q=q)
    return await page_of(session, notice_id, search, after=cursor, limit=limit)


@router.get("/v1/notices/{notice_id}/enterprises/{credit_code}", dependencies=[PUBLIC])
async def read_enterprise(
    notice_id: UUID, credit_code: Annotated[str, Path(max_length=50, pattern=STORABLE)], session: Reading
) -> NoticeEntry:
    """One enterprise on the notice, as an objection names it."""
    await public_notice(session, notice_id)
    return await one_on(session, notice_id, credit_code)
