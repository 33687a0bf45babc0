"""Webhook endpoints: made, changed and removed by whom they belong to, or by an administrator."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.ids import new_id
from chassis.problems import FieldError, Forbidden, InvalidRequest, NotFound, Problem
from contracts.authorities import AUTHORITIES
from contracts.enums import Role
from contracts.model import Text
from services.notify import parties
from services.notify.models import WebhookEndpoint
from services.notify.schemas import NewWebhook, WebhookChanges
from services.notify.settings import NotifySettings
from services.notify.targets import TargetRefused, resolve

MOST = 10
KNOWN_PARTIES = frozenset({parties.MINISTRY, *map(parties.authority, AUTHORITIES)})


class TooManyEndpoints(Problem):
    code = "too_many_endpoints"
    status = 409
    title = Text(zh=f"每个单位至多登记 {MOST} 个回调地址", en=f"A party may have {MOST} endpoints at most")


async def register_endpoint(
    session: AsyncSession, caller: Principal, new: NewWebhook, settings: NotifySettings, at: datetime
) -> WebhookEndpoint:
    """With a secret of its own, made here."""
    party = _party(caller, new.party)
    await _check_url(new.url, settings)
    own = await session.scalar(sa.select(sa.func.count()).where(WebhookEndpoint.party == party))
    if own is not None and own >= MOST:
        raise TooManyEndpoints
    endpoint = WebhookEndpoint(
        id=new_id(),
        party=party,
        url=new.url,
        secret=f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}",
        event_types=sorted(set(new.event_types)),
        active=True,
        created_at=at,
        created_by=caller.actor,
    )
    session.add(endpoint)
    return endpoint


async def change_endpoint(
    session: AsyncSession, caller: Principal, endpoint_id: UUID, changes: WebhookChanges, settings: NotifySettings
) -> WebhookEndpoint:
    endpoint = await endpoint_of(session, caller, endpoint_id)
    if changes.url is not None:
        await _check_url(changes.url, settings)
        endpoint.url = changes.url
    if changes.event_types is not None:
        endpoint.event_types = sorted(set(changes.event_types))
    if changes.active is not None:
        endpoint.active = changes.active
    return endpoint


async def remove_endpoint(session: AsyncSession, caller: Principal, endpoint_id: UUID) -> None:
    """What is still on its way to it is given up silently; the record of its deliveries stays."""
    await session.delete(await endpoint_of(session, caller, endpoint_id))


async def endpoint_of(session: AsyncSession, caller: Principal, endpoint_id: UUID) -> WebhookEndpoint:
    """`NotFound` for a foreign one too: nobody is told that it exists."""
    endpoint = await session.get(WebhookEndpoint, endpoint_id)
    if endpoint is None or not (caller.has(Role.ADMIN) or endpoint.party == _own_party(caller)):
        raise NotFound
    return endpoint


async def endpoints_of(session: AsyncSession, caller: Principal) -> Sequence[WebhookEndpoint]:
    """Oldest first; an administrator sees all."""
    found = sa.select(WebhookEndpoint).order_by(WebhookEndpoint.id)
    if not caller.has(Role.ADMIN):
        found = found.where(WebhookEndpoint.party == _own_party(caller))
    return (await session.scalars(found)).all()


def _own_party(caller: Principal) -> str | None:
    return parties.authority(caller.authority) if caller.authority else None


def _party(caller: Principal, named: str | None) -> str:
    if not caller.has(Role.ADMIN):
        own = _own_party(caller)
        if own is None or named not in (None, own):
            raise Forbidden
        return own
    if named not in KNOWN_PARTIES:
        unknown = Text(zh="应为 ministry 或 authority:地区代码", en="must be ministry or authority:<code>")
        raise InvalidRequest(errors=[FieldError(field="party", rule="unknown_party", message=unknown)])
    return str(named)


async def _check_url(url: str, settings: NotifySettings) -> None:
    """The address is looked at again at every delivery: names can be pointed elsewhere later."""
    try:
        await resolve(url, settings)
    except TargetRefused as error:
        reason = Text(zh="地址须为公网 https 地址", en=f"is not allowed: {error}")
    except (OSError, ValueError):
        reason = Text(zh="地址无法解析", en="can't be resolved")
    else:
        return
    raise InvalidRequest(errors=[FieldError(field="url", rule="target_refused", message=reason)])
