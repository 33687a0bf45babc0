"""What is copied in each service, in the order that its foreign keys want."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.filing.models import Nomination, PanelSeat, Revision
from services.notify.models import Message, State
from services.registry.models import Enterprise, Entry, EntryEvent, EntryState
from services.review.batches import Decision, DecisionEntry, Notice, Objection
from services.review.models import Case, Score, Stage, Task
from services.review.objections.sealed import Seal
from tests.bench.pages.batch_events import AGAIN
from tests.bench.pages.copies import Copies, batch_copy, copy_of
from tests.bench.pages.tables import COPIES, Column, as_copy, as_numbered, batches, cases, parts, rewritten


def filing() -> Iterable[sa.Insert]:
    """A revision's digest stays that of the original: it is only compared within one nomination."""
    yield cases(Nomination, Nomination.credit_code)
    basics = Revision.declaration["basics"]
    name, code = basics["name"].astext, basics["credit_code"].astext
    yield cases(
        Revision, code, declaration=rewritten(Revision.declaration, (code, COPIES.c.new), (name, as_numbered(name)))
    )
    yield parts(PanelSeat)


def review() -> Iterable[sa.Insert]:
    yield cases(Case, Case.credit_code)
    yield batches(Notice, document_number=Notice.document_number.concat(AGAIN))
    yield batches(Decision, document_number=Decision.document_number.concat(AGAIN))
    yield cases(Stage, Stage.credit_code)
    yield from (parts(model) for model in (Task, Score, DecisionEntry))


def registry() -> Iterable[sa.Insert]:
    """As admitted: the lists are published afterwards."""
    yield cases(Enterprise, Enterprise.credit_code, name=as_numbered(Enterprise.name))
    admitted: Column = sa.literal(EntryState.ADMITTED.value)
    yield cases(Entry, Entry.credit_code, state=admitted, list_id=sa.null(), number=sa.null())
    yield parts(EntryEvent, EntryEvent.state == EntryState.ADMITTED)


def notify() -> Iterable[sa.Insert]:
    """Of single cases, as far as they are sent."""
    told = Message.event["data"]
    code, nomination = told["credit_code"].astext, told["nomination_id"].astext
    yield cases(
        Message,
        code,
        Message.state != State.PENDING,
        party=sa.func.replace(Message.party, code, COPIES.c.new),
        event=rewritten(
            Message.event,
            (code, COPIES.c.new),
            (nomination, sa.cast(as_copy(nomination), sa.Text)),
        ),
    )


async def objections(session: AsyncSession, copies: Copies, seal: Seal) -> None:
    """Sealed anew, since each is bound to its row."""
    found = (await session.scalars(sa.select(Objection))).all()
    rows = [_objection(one, number, seal) for one in found for number in copies.numbers]
    if rows:
        await session.execute(sa.insert(Objection), rows)


def _objection(one: Objection, number: int, seal: Seal) -> dict[str, Any]:
    kept = {column.name: getattr(one, column.name) for column in Objection.__table__.columns}
    copied = copy_of(one.id, number)
    return kept | {
        "id": copied,
        "notice_id": batch_copy(one.notice_id),
        "stage_id": copy_of(one.stage_id, number),
        "nomination_id": copy_of(one.nomination_id, number),
        "receipt": f"{one.receipt}-{number}",
        "sealed": seal.close(seal.open(one.sealed, one.id), copied),
    }
