"""Webhook endpoints and what was delivered to them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Reading, Session, settings_of
from contracts.enums import Role
from services.notify import parties, queries
from services.notify.api import Limit
from services.notify.deliver_again import deliver_again
from services.notify.endpoints import (
    change_endpoint,
    endpoint_of,
    endpoints_of,
    register_endpoint,
    remove_endpoint,
)
from services.notify.schemas import Delivery, NewWebhook, Page, Webhook, WebhookChanges, WebhookWithSecret
from services.notify.settings import NotifySettings

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])
Owner = Annotated[Principal, allow(Role.AUTHORITY, Role.ADMIN)]
Settings = Annotated[NotifySettings, Depends(settings_of(NotifySettings))]


@router.post("", status_code=201)
async def register(caller: Owner, session: Session, settings: Settings, new: NewWebhook) -> WebhookWithSecret:
    """The answer shows the signing secret, this once."""
    return WebhookWithSecret.of(await register_endpoint(session, caller, new, settings, now()))


@router.get("")
async def list_own(caller: Owner, session: Reading) -> Page[Webhook]:
    """A party has few: they come on one page."""
    return Page(items=tuple(map(Webhook.of, await endpoints_of(session, caller))))


@router.get("/{endpoint_id}")
async def show(caller: Owner, session: Reading, endpoint_id: UUID) -> Webhook:
    return Webhook.of(await endpoint_of(session, caller, endpoint_id))


@router.patch("/{endpoint_id}")
async def change(
    caller: Owner, session: Session, settings: Settings, endpoint_id: UUID, changes: WebhookChanges
) -> Webhook:
    return Webhook.of(await change_endpoint(session, caller, endpoint_id, changes, settings))


@router.delete("/{endpoint_id}", status_code=204)
async def remove(caller: Owner, session: Session, endpoint_id: UUID) -> None:
    await remove_endpoint(session, caller, endpoint_id)


@router.get("/{endpoint_id}/deliveries")
async def list_deliveries(
    caller: Owner, session: Reading, endpoint_id: UUID, limit: Limit = 50, cursor: UUID | None = None
) -> Page[Delivery]:
    """Newest first: what was sent, what failed and why, what will be tried again and when."""
    await endpoint_of(session, caller, endpoint_id)
    found = await queries.deliveries(session, parties.endpoint(endpoint_id), limit=limit, before=cursor)
    return Page.of([Delivery.of(message) for message in found], limit)


@router.post("/{endpoint_id}/deliveries/{delivery_id}/again")
async def deliver_once_more(caller: Owner, session: Session, endpoint_id: UUID, delivery_id: UUID) -> Delivery:
    """One that was given up is due again, as if it were new."""
    await endpoint_of(session, caller, endpoint_id)
    return Delivery.of(await deliver_again(session, parties.endpoint(endpoint_id), delivery_id, now()))
