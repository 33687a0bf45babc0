"""Credentials of authorities' systems."""

import hashlib
import hmac
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.ids import new_id
from chassis.outbox import record
from chassis.problems import NotFound
from chassis.storable import STORABLE
from contracts.authorities import AUTHORITIES
from contracts.enums import Role
from contracts.events.console import ApiClientChanged, ApiClientCreated
from services.console.models import ApiClient


def _known(authority: str) -> str:
    if authority not in AUTHORITIES:
        raise PydanticCustomError("unknown_authority", "is none of the local authorities")
    return authority


class NewClient(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: str = Field(min_length=1, max_length=100, pattern=STORABLE)
    authority: Annotated[str, AfterValidator(_known)]


async def create_client(session: AsyncSession, new: NewClient, secret: str, by: str, at: datetime) -> ApiClient:
    """`secret` is long and random, and not kept. Made once more with the same one, it is the same client."""
    digest = _digest(secret)
    await session.execute(sa.select(sa.func.pg_advisory_xact_lock(int.from_bytes(digest[:8], signed=True))))
    made = await session.scalar(sa.select(ApiClient).where(ApiClient.secret_digest == digest))
    return made or await _create(session, new, digest, by, at)


async def _create(session: AsyncSession, new: NewClient, digest: bytes, by: str, at: datetime) -> ApiClient:
    client = ApiClient(
        id=new_id(),
        name=new.name,
        authority=new.authority,
        secret_digest=digest,
        active=True,
        created_at=at,
        created_by=by,
    )
    session.add(client)
    await session.flush()
    await record(session, ApiClientCreated(**_told(client)))
    return client


async def clients(session: AsyncSession) -> list[ApiClient]:
    return list(await session.scalars(sa.select(ApiClient).order_by(ApiClient.created_at.desc())))


async def change_client(session: AsyncSession, client_id: UUID, *, active: bool) -> ApiClient:
    client = await session.get(ApiClient, client_id, with_for_update=True)
    if client is None:
        raise NotFound
    if client.active != active:
        client.active = active
        await record(session, ApiClientChanged(**_told(client)))
    return client


async def clients_by_authority(session: AsyncSession) -> dict[str, int]:
    """How many are active."""
    query = (
        sa.select(ApiClient.authority, sa.func.count().label("active"))
        .where(ApiClient.active)
        .group_by(ApiClient.authority)
    )
    return {row.authority: row.active for row in await session.execute(query)}


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


def _told(client: ApiClient) -> dict[str, Any]:
    return {
        "client_id": client.id,
        "name": client.name,
        "authority_code": client.authority,
        "active": client.active,
    }


def _digest(secret: str) -> bytes:
    """Of a long random secret: there is nothing to guess, so a fast hash is enough."""
    return hashlib.sha256(secret.encode()).digest()


def _uuid(client_id: str) -> UUID:
    try:
        return UUID(client_id)
    except ValueError:
        return UUID(int=0)
