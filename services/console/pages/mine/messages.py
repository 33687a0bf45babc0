"""Messages in the inbox of a person's party, which its people share."""

import asyncio
from uuid import UUID

from fastapi import Response

from chassis.auth.access import allow
from services.console.pages.mine.about import page_about
from services.console.pages.mine.people import READERS, SIGNED_IN, roles_of
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()
PAGE = 25


@router.get("/me", dependencies=[SIGNED_IN])
async def messages(visit: Here, unread: bool = False, cursor: UUID | None = None) -> Response:
    """The newest first. An administrator is sent none."""
    if not roles_of(visit) & READERS:
        return visit.go("/me/account")
    listed, counts = await asyncio.gather(
        visit.notify.get("/v1/messages", unread=unread, limit=PAGE, cursor=cursor),
        visit.notify.get("/v1/messages/counts"),
    )
    about = {message["id"]: page_about(message["subject"], roles_of(visit)) for message in listed["items"]}
    return visit.show(
        "mine/messages.html",
        unread_only=unread,
        messages=listed["items"],
        next=listed["next"],
        cursor=cursor,
        unread=counts["unread"],
        about=about,
    )


@router.post("/me/messages/read", dependencies=[allow(*READERS)])
async def read_all(visit: Here) -> Response:
    done = await visit.notify.post("/v1/messages/read")
    return visit.go("/me", visit.say("已将 %(n)s 条消息标为已读。", n=done["read"]))


@router.post("/me/messages/{message_id}/read", dependencies=[allow(*READERS)])
async def read_one(visit: Here, message_id: UUID) -> Response:
    """On to what it is about, if there is a page of it for the reader."""
    message = await visit.notify.post(f"/v1/messages/{message_id}/read")
    return visit.go(page_about(message["subject"], roles_of(visit)) or "/me")
