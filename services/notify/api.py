"""The in-app inbox."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Language, Reading, Session
from contracts.enums import Role
from services.notify.parties import parties_of
from services.notify.queries import count_unread, inbox
from services.notify.reading import read_all, read_message
from services.notify.schemas import InboxMessage, MessageCounts, MessagesRead, Page

router = APIRouter(tags=["inbox"])
Reader = Annotated[Principal, allow(Role.ENTERPRISE, Role.AUTHORITY, Role.EXPERT, Role.OFFICER, Role.DECIDER)]
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("/v1/messages")
async def list_messages(
    caller: Reader,
    session: Reading,
    language: Language,
    unread: bool = False,
    limit: Limit = 50,
    cursor: UUID | None = None,
) -> Page[InboxMessage]:
    """The inbox of the caller's party, newest first."""
    found = await inbox(session, parties_of(caller), limit=limit, before=cursor, unread=unread)
    return Page.of([InboxMessage.of(message, language) for message in found], limit)


@router.get("/v1/messages/counts")
async def count_messages(caller: Reader, session: Reading) -> MessageCounts:
    return MessageCounts(unread=await count_unread(session, parties_of(caller)))


@router.post("/v1/messages/read")
async def mark_all_as_read(caller: Reader, session: Session) -> MessagesRead:
    """All of the caller's party."""
    return MessagesRead(read=await read_all(session, parties_of(caller), now()))


@router.post("/v1/messages/{message_id}/read")
async def mark_as_read(caller: Reader, session: Session, language: Language, message_id: UUID) -> InboxMessage:
    """An inbox is shared by its party: read by one is read by all."""
    return InboxMessage.of(await read_message(session, message_id, parties_of(caller), now()), language)
