"""Lists: published by an officer, read by anybody."""

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from chassis.auth.access import PUBLIC, allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.idempotency import Attempt, Key, answer_once
from chassis.storable import LARGEST_INTEGER, STORABLE
from chassis.web import Language, Reading, Session, settings_of
from contracts.enums import EnterpriseType, Role
from contracts.ids import CampaignId, ListId
from contracts.model import Text
from services.registry.api.cursors import InvalidCursor, Limit, page
from services.registry.export.document import CONTENT_SECURITY_POLICY
from services.registry.export.files import Format, file_of
from services.registry.models import Entry, EntryState, PublishedList
from services.registry.proof import Bundle
from services.registry.publish import publish
from services.registry.queries import HEADING, Search, count_entries, entries_page, list_by_id, lists_page
from services.registry.schemas import EntryOut, ListEntries, ListOut, ListPage, Publication
from services.registry.settings import RegistrySettings

router = APIRouter(tags=["lists"])


MEDIA_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.HTML: "text/html; charset=utf-8",
}


@router.post("/v1/lists", status_code=201)
async def publish_list(
    publication: Publication,
    caller: Annotated[Principal, allow(Role.OFFICER)],
    session: Session,
    settings: Annotated[RegistrySettings, Depends(settings_of(RegistrySettings))],
    key: Key = None,
) -> ListOut:
    """Publish what was decided. The same campaign and document number again: the same list.

    `Idempotency-Key`: the same request with the same key is answered as the first time.
    """
    at = now()

    async def answer() -> ListOut:
        published = await publish(
            session, settings, publication.campaign_id, publication.document_number, publication.decision_id, at
        )
        return _list_out(published)

    return await answer_once(session, Attempt.of(caller, key, publication), ListOut, answer, at)


@router.get("/v1/lists", dependencies=[PUBLIC])
async def read_lists(
    session: Reading, campaign_id: CampaignId | None = None, limit: Limit = 20, cursor: str | None = None
) -> ListPage:
    """Published lists, newest first."""
    found = await lists_page(session, campaign_id, _before(cursor), limit + 1)
    items, last = page(found, limit)
    next_cursor = f"{last.published_at.isoformat()}_{last.id}" if last else None
    return ListPage(items=[_list_out(published) for published in items], next=next_cursor)


@router.get("/v1/lists/{list_id}", dependencies=[PUBLIC])
async def read_list(
    list_id: ListId,
    session: Reading,
    q: Annotated[str | None, Query(max_length=100, pattern=STORABLE)] = None,
    authority: Annotated[str | None, Query(max_length=20, pattern=STORABLE)] = None,
    enterprise_type: Annotated[EnterpriseType | None, Query(alias="type")] = None,
    state: Literal[EntryState.PUBLISHED, EntryState.REMOVED] | None = None,
    limit: Limit = 50,
    cursor: Annotated[int, Query(ge=0, le=LARGEST_INTEGER)] = 0,
) -> ListEntries:
    """A list with its entries; `q` is part of a name or credit code."""
    published = await list_by_id(session, list_id, *HEADING)
    search = Search(q, authority, enterprise_type, state)
    items, last = page(await entries_page(session, list_id, search, cursor, limit + 1), limit)
    return ListEntries(
        **_list_out(published).model_dump(),
        total=await count_entries(session, list_id, search),
        items=[_entry_out(entry) for entry in items],
        next=str(last.number) if last else None,
    )


@router.get("/v1/lists/{list_id}/export", dependencies=[PUBLIC])
async def export_list(
    list_id: ListId,
    session: Reading,
    language: Language,
    wanted: Annotated[Format, Query(alias="format")] = Format.HTML,
) -> Response:
    """The list as it was published: a workbook, a table, or a printable document."""
    published = await list_by_id(session, list_id, *HEADING)
    body = await file_of(session, published, wanted, language)
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    if wanted is Format.HTML:
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    else:
        name = quote(f"{Text.model_validate(published.title).in_language(language)}.{wanted}")
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return Response(body, media_type=MEDIA_TYPES[wanted], headers=headers)


@router.get("/v1/lists/{list_id}/proof", dependencies=[PUBLIC])
async def prove_list(list_id: ListId, session: Reading) -> Bundle:
    """What `liaison check-list` needs to check that this list is the one that was decided."""
    return Bundle.model_validate_json((await list_by_id(session, list_id)).proof)


def _before(cursor: str | None) -> tuple[datetime, UUID] | None:
    if cursor is None:
        return None
    time, _, list_id = cursor.partition("_")
    try:
        return datetime.fromisoformat(time), UUID(list_id)
    except ValueError:
        raise InvalidCursor from None


def _list_out(published: PublishedList) -> ListOut:
    return ListOut.model_validate(published, from_attributes=True)


def _entry_out(entry: Entry) -> EntryOut:
    return EntryOut.model_validate(entry, from_attributes=True)
