"""Publishes the list of a signed decision under a document number."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.context import ACTOR
from chassis.ids import new_id
from chassis.outbox import record
from chassis.problems import Problem
from contracts.enums import EnterpriseType
from contracts.events.registry import ListPublished
from contracts.ids import CampaignId, DecisionId
from contracts.model import Text
from services.registry.content import ListContent, ListedEnterprise, numbered
from services.registry.journal.hashing import HashName, digest
from services.registry.journal.proof import decision_proof
from services.registry.journal.seal import seal_journal
from services.registry.models import Decision, Entry, EntryEvent, EntryState, PublishedList, Root
from services.registry.proof import Bundle, ListProof, RootProof, check
from services.registry.settings import RegistrySettings

ONE_AT_A_TIME = 7_305_811_302


class DecisionMissing(Problem):
    code = "decision_missing"
    status = 409
    title = Text(zh="没有已签发且尚未公布的决定", en="No signed decision waits for publication")


class DecisionUnclear(Problem):
    code = "decision_unclear"
    status = 409
    title = Text(zh="有多份已签发的决定，请指明一份", en="Several signed decisions wait for publication: name one")


class AdmissionRunning(Problem):
    code = "admission_running"
    status = 409
    title = Text(zh="决定入选的企业尚未全部入库，请稍后再试", en="Not all decided enterprises are admitted yet")


class DocumentNumberTaken(Problem):
    code = "document_number_taken"
    status = 409
    title = Text(zh="该文号已用于另一名单", en="The document number belongs to another list")


class DiffersFromDecision(Problem):
    code = "differs_from_decision"
    status = 409
    title = Text(zh="名单与签发的决定不一致", en="The list is not what was decided")


async def publish(
    session: AsyncSession,
    settings: RegistrySettings,
    campaign_id: CampaignId,
    document_number: str,
    decision_id: DecisionId | None,
    at: datetime,
) -> PublishedList:
    """Publish; the same list again for the same campaign and number. The decision may go unnamed if there is one."""
    await session.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    published = await _published(session, campaign_id, document_number)
    if published:
        return published
    decision = await _waiting(session, campaign_id, document_number, decision_id)
    entries = await _admitted(session, decision)
    content = _content(settings, decision, entries, document_number, at)
    root = await seal_journal(session, settings.keyring(), f"list {document_number}", at)
    bundle = await _bundle(session, content, root, decision)
    published = _row(content, bundle, at)
    session.add(published)
    await session.flush()
    await _mark(session, content, entries, at)
    await record(session, _event(content, bundle))
    return published


async def _published(session: AsyncSession, campaign_id: CampaignId, document_number: str) -> PublishedList | None:
    statement = sa.select(PublishedList).where(PublishedList.document_number == document_number)
    published: PublishedList | None = await session.scalar(statement)
    if published and published.campaign_id != campaign_id:
        raise DocumentNumberTaken(document_number=document_number)
    return published


async def _waiting(
    session: AsyncSession, campaign_id: CampaignId, document_number: str, decision_id: DecisionId | None
) -> Decision:
    """The decision to publish: the named one, else the one of the same number, else the only one."""
    statement = (
        sa.select(Decision)
        .where(Decision.campaign_id == campaign_id, sa.func.jsonb_array_length(Decision.approved) > 0)
        .where(~sa.exists().where(PublishedList.decision_id == Decision.id))
        .order_by(Decision.signed_at)
    )
    waiting = (await session.scalars(statement)).all()
    if decision_id:
        waiting = [decision for decision in waiting if decision.id == decision_id]
    waiting = [decision for decision in waiting if decision.document_number == document_number] or waiting
    if not waiting:
        raise DecisionMissing
    if len(waiting) > 1:
        raise DecisionUnclear(
            decisions=[{"id": str(decision.id), "document_number": decision.document_number} for decision in waiting]
        )
    return waiting[0]


async def _admitted(session: AsyncSession, decision: Decision) -> Sequence[Entry]:
    decided = [UUID(approved["nomination_id"]) for approved in decision.approved]
    statement = sa.select(Entry).where(Entry.nomination_id.in_(decided), Entry.state == EntryState.ADMITTED)
    entries: Sequence[Entry] = (await session.scalars(statement)).all()
    if len(entries) < len(decided):
        raise AdmissionRunning(admitted=len(entries), decided=len(decided))
    return entries


def _content(
    settings: RegistrySettings, decision: Decision, entries: Sequence[Entry], document_number: str, at: datetime
) -> ListContent:
    year = entries[0].year
    title = settings.list_title
    return ListContent(
        list_id=new_id(),
        campaign_id=decision.campaign_id,
        decision_id=decision.id,
        document_number=document_number,
        title=Text(zh=title.zh.format(year=year), en=title.en.format(year=year)),
        issuer=settings.list_issuer,
        year=year,
        published_at=at,
        entries=numbered(_listed(entry) for entry in entries),
    )


def _listed(entry: Entry) -> ListedEnterprise:
    return ListedEnterprise(
        number=0,
        nomination_id=entry.nomination_id,
        credit_code=entry.credit_code,
        enterprise_name=entry.enterprise_name,
        enterprise_type=EnterpriseType(entry.enterprise_type),
        business_category=entry.business_category,
        authority_code=entry.authority_code,
    )


async def _bundle(session: AsyncSession, content: ListContent, root: Root, decision: Decision) -> Bundle:
    """The proof of the list, which must stand its own check before anything is published."""
    text, algorithm = content.canonical(), HashName(root.algorithm)
    bundle = Bundle(
        list=ListProof(content=text, algorithm=algorithm, digest=digest(algorithm, text.encode()).hex()),
        root=RootProof(root=root.root, algorithm=algorithm, last_seq=root.last_seq),
        decision=await decision_proof(session, decision.event_id, root),
    )
    if differences := check(bundle):
        raise DiffersFromDecision(differences=differences)
    return bundle


def _row(content: ListContent, bundle: Bundle, at: datetime) -> PublishedList:
    return PublishedList(
        id=content.list_id,
        campaign_id=content.campaign_id,
        decision_id=content.decision_id,
        document_number=content.document_number,
        title=content.title.model_dump(),
        year=content.year,
        entry_count=len(content.entries),
        published_at=at,
        published_by=ACTOR.get(),
        content=bundle.list.content,
        algorithm=bundle.list.algorithm.value,
        digest=bundle.list.digest,
        journal_root=bundle.root.root,
        proof=bundle.model_dump_json(),
    )


async def _mark(session: AsyncSession, content: ListContent, entries: Sequence[Entry], at: datetime) -> None:
    numbers = {entry.nomination_id: entry.number for entry in content.entries}
    for entry in entries:
        entry.state = EntryState.PUBLISHED
        entry.list_id = content.list_id
        entry.number = numbers[entry.nomination_id]
    happened = {"state": EntryState.PUBLISHED.value, "at": at, "actor": ACTOR.get()}
    history = [
        {"nomination_id": entry.nomination_id, "document_number": content.document_number, **happened}
        for entry in entries
    ]
    await session.execute(sa.insert(EntryEvent).inline(), history)


def _event(content: ListContent, bundle: Bundle) -> ListPublished:
    return ListPublished(
        list_id=content.list_id,
        campaign_id=content.campaign_id,
        decision_id=content.decision_id,
        document_number=content.document_number,
        published_at=content.published_at,
        nominations=tuple(entry.nomination_id for entry in content.entries),
        digest=bundle.list.digest,
        journal_root=bundle.root.root,
    )
