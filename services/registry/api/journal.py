"""The journal: timelines for those they concern, roots for everybody."""

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Query

from chassis.auth.access import PUBLIC, allow
from chassis.auth.principal import Principal
from chassis.storable import LARGEST_BIGINT, LARGEST_INTEGER, STORABLE
from chassis.web import Reading
from contracts.enums import Role
from contracts.ids import NominationId
from services.registry.api.cursors import Limit, page
from services.registry.journal.timeline import Asked, timeline, viewer
from services.registry.journal.visibility import shown_actor, shown_data
from services.registry.models import JournalRow, Root
from services.registry.schemas import Hex, JournalPage, JournalRowOut, RootOut, RootPage

router = APIRouter(tags=["journal"])
Reader = Annotated[Principal, allow(Role.OFFICER, Role.DECIDER, Role.AUTHORITY, Role.ENTERPRISE)]
After = Annotated[int, Query(ge=0, le=LARGEST_BIGINT, description="the `seq` of the last row seen")]


@router.get("/v1/journal")
async def read_journal(
    caller: Reader,
    session: Reading,
    nomination_id: NominationId | None = None,
    credit_code: Annotated[str | None, Query(max_length=50, pattern=STORABLE)] = None,
    after: After = 0,
    limit: Limit = 100,
) -> JournalPage:
    """What happened, in order. Authorities and enterprises see their own cases, without what is internal."""
    found = await timeline(session, caller, Asked(nomination_id, credit_code, after, limit + 1))
    items, last = page(found, limit)
    role = viewer(caller)
    return JournalPage(items=[_row_out(row, role) for row in items], next=last.seq if last else None)


@router.get("/v1/journal/roots", dependencies=[PUBLIC])
async def read_roots(
    session: Reading,
    root: Annotated[Hex | None, Query(description="of this value: is what is printed somewhere a root?")] = None,
    before: Annotated[int | None, Query(ge=1, le=LARGEST_INTEGER)] = None,
    limit: Limit = 50,
) -> RootPage:
    """Merkle roots of the journal, newest first; `next` is the `before` of the next page."""
    statement = sa.select(Root).order_by(Root.id.desc()).limit(limit + 1)
    if root:
        statement = statement.where(Root.root == root.lower())
    if before:
        statement = statement.where(Root.id < before)
    items, last = page((await session.scalars(statement)).all(), limit)
    return RootPage(items=[_root_out(root) for root in items], next=last.id if last else None)


def _row_out(row: JournalRow, role: Role) -> JournalRowOut:
    return JournalRowOut(
        seq=row.seq,
        event_id=row.event_id,
        type=row.type,
        subject=row.subject,
        nomination_id=row.nomination_id,
        credit_code=row.credit_code,
        actor=shown_actor(role, row.actor),
        time=row.time,
        data=shown_data(role, row.type, row.data),
        digest=row.digest.hex(),
    )


def _root_out(root: Root) -> RootOut:
    return RootOut(
        number=root.id, last_seq=root.last_seq, root=root.root, algorithm=root.algorithm, sealed_at=root.sealed_at
    )
