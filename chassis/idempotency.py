"""The `Idempotency-Key` header (IETF draft-ietf-httpapi-idempotency-key-header): a repeated request is answered as
the first time. The answer is kept in the transaction of what it tells of; a refusal is not kept, it would come again.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from hashlib import blake2b, sha256
from typing import Annotated, Any, NamedTuple, Self, TypeVar

import sqlalchemy as sa
from fastapi import Header
from pydantic import BaseModel
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from chassis.auth.principal import Principal
from chassis.problems import Problem
from contracts.model import Text

Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255)]
Answer = TypeVar("Answer", bound=BaseModel)


class KeyReused(Problem):
    code = "idempotency_key_reused"
    status = 422
    title = Text(zh="同一幂等键用于不同内容", en="The idempotency key was used for another content")


class KeyInUse(Problem):
    code = "idempotency_key_in_use"
    status = 409
    title = Text(zh="同一幂等键的请求正在处理", en="A request with this idempotency key is under way")
    retry_after = 1


class KeptAnswer:
    """Columns of a service's table of keys: `class IdempotencyKey(KeptAnswer, Base)`."""

    __tablename__ = "idempotency_keys"

    caller: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    key: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(sa.Text)
    response: Mapped[dict[str, Any]]
    answered_at: Mapped[datetime]


_KEYS = sa.table(
    "idempotency_keys",
    sa.column("caller", sa.Text),
    sa.column("key", sa.Text),
    sa.column("fingerprint", sa.Text),
    sa.column("response", JSONB),
    sa.column("answered_at", sa.DateTime(timezone=True)),
)


class Attempt(NamedTuple):
    """A request under a caller's key; `fingerprint` is the SHA-256 of what it asks for."""

    caller: str
    key: str
    fingerprint: str

    @classmethod
    def of(cls, caller: Principal, key: str | None, body: BaseModel, what: object = "") -> Self | None:
        """`what` is what the address names, where the body doesn't. None without a key."""
        asked = f"{what}\n{body.model_dump_json()}" if what else body.model_dump_json()
        return cls(caller.actor, key, sha256(asked.encode()).hexdigest()) if key else None


async def answer_once(
    session: AsyncSession,
    attempt: Attempt | None,
    model: type[Answer],
    answer: Callable[[], Awaitable[Answer]],
    at: datetime,
) -> Answer:
    """What `answer` does and says; under a key that was answered before, nothing is done and the same is said.

    For what people do, and seldom: of two at once the second waits for the first, and is answered like it.
    """
    if attempt is None:
        return await answer()
    await session.execute(sa.select(sa.func.pg_advisory_xact_lock(_lock_of(attempt))))
    if kept := await earlier_answer(session, attempt):
        return model.model_validate(kept)
    given = await answer()
    await keep_answer(session, attempt, given.model_dump(mode="json"), at)
    return given


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
        insert(_KEYS)
        .values(**attempt._asdict(), response=answer, answered_at=at)
        .on_conflict_do_nothing()
        .returning(_KEYS.c.key)
    )
    if (await session.scalars(statement)).one_or_none() is None:
        raise KeyInUse


def _lock_of(attempt: Attempt) -> int:
    digest = blake2b(f"{attempt.caller}\n{attempt.key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


async def forget_answers(session: AsyncSession, before: datetime) -> int:
    """Nobody repeats a request after so long; returns how many there were."""
    gone = await session.scalars(sa.delete(_KEYS).where(_KEYS.c.answered_at < before).returning(_KEYS.c.key))
    return len(gone.all())
