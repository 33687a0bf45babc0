"""The register of experts."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from chassis.auth.access import allow
from chassis.clock import now
from chassis.storable import STORABLE
from chassis.web import Reading, Session
from contracts.enums import EnterpriseType, Role
from services.review.pages import Limit
from services.review.panels.expert_queries import list_experts, read_expert, view
from services.review.panels.expert_schemas import ChangeExpert, ExpertPage, ExpertView, RegisterExpert
from services.review.panels.experts import change_expert, register_expert

router = APIRouter(tags=["experts"], dependencies=[allow(Role.OFFICER, Role.ADMIN)])


@router.post("/v1/experts", status_code=201)
async def register(body: RegisterExpert, session: Session) -> ExpertView:
    """Panels with an empty seat get the expert at once, where the line fits."""
    values = body.model_dump(mode="json", exclude={"subject"})
    return view(await register_expert(session, body.subject, values, at=now()))


@router.get("/v1/experts")
async def read_experts(
    session: Reading,
    active: bool | None = None,
    speciality: EnterpriseType | None = None,
    limit: Limit = 100,
    cursor: Annotated[str | None, Query(max_length=200, pattern=STORABLE)] = None,
) -> ExpertPage:
    return await list_experts(session, active=active, speciality=speciality, after=cursor, limit=limit)


@router.get("/v1/experts/{subject}")
async def read_one(subject: Annotated[str, Path(max_length=200, pattern=STORABLE)], session: Reading) -> ExpertView:
    return await read_expert(session, subject)


@router.patch("/v1/experts/{subject}")
async def change(subject: str, body: ChangeExpert, session: Session) -> ExpertView:
    """Tasks the expert has stay; who is not active gets no new ones."""
    values = {key: value for key, value in body.model_dump(mode="json").items() if value is not None}
    return view(await change_expert(session, subject, values, at=now()))
