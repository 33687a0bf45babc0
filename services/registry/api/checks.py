"""Anybody may check a list: the one kept here, or the proof that they were given."""

from asyncio import to_thread
from typing import Annotated

from fastapi import APIRouter, Query

from chassis.auth.access import PUBLIC
from chassis.web import Language, Reading, Session
from contracts.ids import ListId
from services.registry.check_list import check_list
from services.registry.examined import examined, examined_once
from services.registry.proof import Bundle
from services.registry.queries import list_by_id
from services.registry.schemas import Hex, ListChecked

UPLOADED = "/v1/lists/check"
router = APIRouter(tags=["lists"], dependencies=[PUBLIC])
PrintedRoot = Annotated[Hex | None, Query(description="the root as it is printed on the list")]


@router.post(UPLOADED)
async def check_proof(bundle: Bundle, session: Session, language: Language, root: PrintedRoot = None) -> ListChecked:
    """Is the list in this proof (`/v1/lists/{list_id}/proof`) the one that was decided and published?"""
    return await check_list(session, await to_thread(examined, bundle), root, language)


@router.get("/v1/lists/{list_id}/check")
async def check_kept(list_id: ListId, session: Reading, language: Language, root: PrintedRoot = None) -> ListChecked:
    """The same for a list's kept proof, as it stands in the database now. What was found in this very text is kept;
    the journal's root and the published list are looked up each time."""
    published = await list_by_id(session, list_id)
    return await check_list(session, await examined_once(published.proof), root, language)
