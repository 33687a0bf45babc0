"""The `Idempotency-Key` header (IETF draft-ietf-httpapi-idempotency-key-header): a repeated request is answered as
the first time. The answer is kept in the transaction of what it tells of; a refusal is not kept, it would come again.
"""

from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Any, NamedTuple

import sqlalchemy as sa
from fastapi import Header
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.filing.models import IdempotencyKey
from services.filing.problems import KeyInUse, KeyReused

Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255)]


class Attempt(NamedTuple):
    """A request under a caller's key; `fingerprint` is the SHA-256 of what it asks for."""

    caller: str
    key: str
    fingerprint: str


_TRY = sa.text("""
    SELECT pg_try_advisory_xact_lock(:lock) AS alone, kept.fingerprint, kept.response
    FROM (VALUES (1)) AS one LEFT JOIN idempotency_keys AS kept ON kept.caller = :caller AND kept.key = :key
""").columns(alone=sa.Boolean, fingerprint=sa.Text, response=sa.JSON)


async def earlier_answer(session: AsyncSession, attempt: Attempt) -> dict[str, Any] | None:
    """The answer kept for this key; None when the request is the first with it, and this transaction is to answer it.

    Raises `KeyReused` for another request under the same key, `KeyInUse` while the first one is under way.
    """
    names = {"lock": _lock_of(attempt), "caller": attempt.caller, "key": attempt.key}
    row = (await session.execute(_TRY, names)).one()
    if row.fingerprint is not None:
        if row.fingerprint != attempt.fingerprint:
            raise KeyReused
        answer: dict[str, Any] = row.response
        return answer
    if not row.alone:
        raise KeyInUse
    return None


async def keep_answer(session: AsyncSession, attempt: Attempt, answer: dict[str, Any], at: datetime) -> None:
    """Raises `KeyInUse` when another transaction answered between the look and the lock."""
    statement = (
        insert(IdempotencyKey)
        .values(**attempt._asdict(), response=answer, answered_at=at)
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    )
    if (await session.scalars(statement)).one_or_none() is None:
        raise KeyInUse


def _lock_of(attempt: Attempt) -> int:
    digest = blake2b(f"{attempt.caller}\n{attempt.key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
