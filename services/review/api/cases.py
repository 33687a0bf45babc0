"""Cases: listed, and read whole."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Reading
from contracts.enums import Outcome, Role, StageName
from services.review.cases.case_filter import CaseFilter, Standing
from services.review.cases.case_list import list_cases
from services.review.cases.case_list_schemas import CasePage
from services.review.cases.case_queries import read_case
from services.review.cases.case_schemas import CaseView
from services.review.pages import Cursor, Limit
from services.review.search import Searched
from services.review.words import CaseState

router = APIRouter(tags=["cases"])
Staff = Annotated[Principal, allow(Role.OFFICER, Role.DECIDER, Role.AUTHORITY)]
Reader = Annotated[Principal, allow(Role.OFFICER, Role.DECIDER, Role.AUTHORITY, Role.EXPERT)]


async def chosen_cases(
    search: Searched,
    stage: StageName | None = None,
    standing: Standing = Standing.OPEN,
    state: CaseState | None = None,
    outcome: Outcome | None = None,
) -> CaseFilter:
    return CaseFilter(search, stage, standing, state, outcome)


Chosen = Annotated[CaseFilter, Depends(chosen_cases)]


@router.get("/v1/cases")
async def cases(caller: Staff, session: Reading, chosen: Chosen, limit: Limit = 50, cursor: Cursor = None) -> CasePage:
    """In the order of nomination; an authority sees its own. `stage`: those of which a round is open, or stands so."""
    return await list_cases(session, caller, chosen, after=cursor, limit=limit, at=now())


@router.get("/v1/cases/{nomination_id}")
async def case(nomination_id: UUID, caller: Reader, session: Reading) -> CaseView:
    """All stages and rounds with their opinions. Another authority's case is not found."""
    return await read_case(session, nomination_id, caller, at=now())
