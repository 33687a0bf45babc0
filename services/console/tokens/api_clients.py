"""Credentials of authorities' systems."""

import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.ids import new_id
from chassis.problems import NotFound
from contracts.enums import Role
from services.console.models import ApiClient


async def create_client(
    session: AsyncSession, name: str, authority: str, by: str, at: datetime
) -> tuple[ApiClient, str]:
    """Returns its secret too: it is not kept, and can't be shown again."""
    secret = secrets.token_urlsafe(32)
    client = ApiClient(
        id=new_id(),
        name=name,
        authority=authority,
        secret_digest=_digest(secret),
        active=True,
        created_at=at,
        created_by=by,
    )
    session.add(client)
    await session.flush()
    return client, secret


async def clients(session: AsyncSession) -> list[ApiClient]:
    return list(await session.scalars(sa.select(ApiClient).order_by(ApiClient.created_at.desc())))


async def change_client(session: AsyncSession, client_id: UUID, *, active: bool) -> ApiClient:
    client = await session.get(ApiClient, client_id)
    if client is None:
        raise NotFound
    client.active = active
    return client


async def client_with(session: AsyncSession, client_id: str, secret: str, at: datetime) -> Principal | None:
    """Whom the system acts for; None unless id and secret fit together and the client is active."""
    client = await session.get(ApiClient, _uuid(client_id))
    expected = client.secret_digest if client else b""
    if not hmac.compare_digest(expected, _digest(secret)) or client is None or not client.active:
        return None
    client.used_at = at
    return Principal(
        subject=str(client.id), roles=frozenset({Role.AUTHORITY}), authority=client.authority, name=client.name
    )


def _digest(secret: str) -> bytes:
    """Of a long random secret: there is nothing to guess, so a fast hash is enough."""
    return hashlib.sha256(secret.encode()).digest()


def _uuid(client_id: str) -> UUID:
    try:
        return UUID(client_id)
    except ValueError:
        return UUID(int=0)
