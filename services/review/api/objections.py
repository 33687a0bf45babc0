"""Objections: anybody files one to a running notice, officers resolve it, the objector asks with the receipt."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query

from chassis.auth.access import PUBLIC, allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.problems import FieldError, InvalidRequest
from chassis.web import Reading, Session, settings_of
from contracts.enums import Role
from contracts.model import Text
from services.review.batches import ObjectionState
from services.review.objections.file_objection import RECEIPT, file_objection
from services.review.objections.objection_queries import answer_of, objections, one_objection
from services.review.objections.objection_schemas import (
    Answer,
    FileObjection,
    ObjectionView,
    Receipt,
    Resolution,
    ResolveObjection,
)
from services.review.objections.resolve_objection import check_resolution, resolve_objection
from services.review.objections.sealed import Objector
from services.review.pages import Cursor, Limit, Page
from services.review.settings import ReviewSettings

router = APIRouter(tags=["objections"])
Settings = Annotated[ReviewSettings, Depends(settings_of(ReviewSettings))]


@router.post("/v1/notices/{notice_id}/objections", status_code=201, dependencies=[PUBLIC])
async def file(notice_id: UUID, body: FileObjection, session: Session, settings: Settings) -> Receipt:
    """Object to one enterprise on a running notice. Keep the receipt: only with it can the answer be read."""
    objection = await file_objection(
        session,
        notice_id,
        _enterprise(body),
        Objector(name=body.name, contact=body.contact, text=body.text),
        seal=settings.seal(),
        limits=settings.objection_limits,
        at=now(),
    )
    return Receipt(receipt=objection.receipt, filed_at=objection.filed_at)


@router.get("/v1/objections/{receipt}", dependencies=[PUBLIC])
async def read_answer(receipt: Annotated[str, Path(pattern=RECEIPT)], session: Reading) -> Answer:
    """What became of an objection, for whoever has its receipt."""
    return await answer_of(session, receipt)


@router.get("/v1/objections", dependencies=[allow(Role.OFFICER, Role.DECIDER)])
async def read_objections(
    session: Reading,
    settings: Settings,
    campaign_id: Annotated[UUID | None, Query()] = None,
    notice_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[ObjectionState | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ObjectionView]:
    """In the order they were filed, with the objectors' names."""
    found = await objections(
        session,
        settings.seal(),
        campaign_id=campaign_id,
        notice_id=notice_id,
        state=state,
        after=cursor,
        limit=limit + 1,
    )
    return Page.of(found, [item.id for item in found], limit)


@router.get("/v1/objections/by-id/{objection_id}", dependencies=[allow(Role.OFFICER, Role.DECIDER)])
async def read_objection(objection_id: UUID, session: Reading, settings: Settings) -> ObjectionView:
    return await one_objection(session, settings.seal(), objection_id)


@router.post("/v1/objections/{objection_id}/resolution")
async def resolve(
    objection_id: UUID,
    body: ResolveObjection,
    caller: Annotated[Principal, allow(Role.OFFICER)],
    session: Session,
    settings: Settings,
) -> Resolution:
    """Uphold or dismiss an objection, with reasons; `dry_run` only says what it would be refused for."""
    if body.dry_run:
        checked = await check_resolution(session, objection_id, body.reasons, seal=settings.seal())
        return Resolution.model_validate(checked, from_attributes=True)
    objection = await resolve_objection(
        session,
        objection_id,
        upheld=body.upheld,
        reasons=body.reasons,
        by=caller,
        seal=settings.seal(),
        at=now(),
    )
    return Resolution.model_validate(objection, from_attributes=True)


def _enterprise(body: FileObjection) -> str | UUID:
    if body.credit_code and not body.nomination_id:
        return body.credit_code
    if body.nomination_id and not body.credit_code:
        return body.nomination_id
    message = Text(
        zh="请以信用代码或申报编号之一指明企业",
        en="name the enterprise by its credit code or by its nomination, one of them",
    )
    raise InvalidRequest(errors=[FieldError(field="credit_code", rule="exactly_one", message=message)])
