"""Checks a list as `liaison check-list` does, and by what only the registry knows: its roots and its lists."""

import asyncio
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.model import Text
from services.registry.content import ListContent
from services.registry.models import PublishedList, Root
from services.registry.proof import Bundle, Findings, Step, examine
from services.registry.schemas import CheckedRoot, ListChecked, StepChecked

MOST_DIFFERENCES = 100
"""Of one step that are told: a wholly other list differs in every line."""

TITLES: dict[str, Text] = {
    "readable": Text(zh="证明文件可以读取", en="The proof can be read"),
    Step.DIGEST: Text(zh="名单内容与摘要一致", en="The list's content has this digest"),
    Step.PATH: Text(zh="记载决定的一行在根之下", en="The row with the decision is under the root"),
    Step.PRINTED_ROOT: Text(zh="根与印出的一致", en="The root is the printed one"),
    Step.DECISION: Text(zh="名单出自已签发的决定", en="The list is of the signed decision"),
    Step.ENTRIES: Text(zh="所列企业与决定的完全一致", en="Listed are exactly the enterprises that were decided"),
    "root": Text(zh="根是本留痕封存过的", en="The root was sealed in this journal"),
    "published": Text(zh="名单即本平台公布的名单", en="The list is the one that was published here"),
}


async def check_list(session: AsyncSession, bundle: Bundle, printed_root: str | None, language: str) -> ListChecked:
    """Every step with what differs; nothing differs when the list is the one that was decided and published."""
    findings = await asyncio.to_thread(examine, bundle, printed_root)
    root = await _sealed(session, bundle)
    published = await _published(session, findings.content)
    named = list(_steps(findings, bundle, root, published))
    if printed_root is None:
        named = [(name, differences) for name, differences in named if name != Step.PRINTED_ROOT]
    steps = tuple(_told(name, differences, language) for name, differences in named)
    content, decision = findings.content, findings.decision
    return ListChecked(
        ok=all(step.ok for step in steps),
        list_id=content and content.list_id,
        document_number=content and content.document_number,
        entries=len(content.entries) if content else None,
        digest=bundle.list.digest,
        algorithm=bundle.list.algorithm,
        decision_id=decision and decision.decision_id,
        signed_at=decision and decision.signed_at,
        root=_root(bundle, root),
        steps=steps,
    )


def _root(bundle: Bundle, root: Root | None) -> CheckedRoot:
    own = {"number": root.id, "sealed_at": root.sealed_at} if root else {"number": None, "sealed_at": None}
    return CheckedRoot(root=bundle.root.root, last_seq=bundle.root.last_seq, **own)


def _told(name: str, differences: tuple[Text, ...], language: str) -> StepChecked:
    return StepChecked(
        step=name,
        title=TITLES[name].in_language(language),
        ok=not differences,
        differences=tuple(one.in_language(language) for one in differences[:MOST_DIFFERENCES]),
    )


def _steps(
    findings: Findings, bundle: Bundle, root: Root | None, published: PublishedList | None
) -> Iterator[tuple[str, tuple[Text, ...]]]:
    yield "readable", (findings.unreadable,) if findings.unreadable else ()
    yield from findings.differences.items()
    foreign = Text(
        zh=f"没有封存过这样的根：{bundle.root.root}", en=f"no such root was ever sealed here: {bundle.root.root}"
    )
    yield "root", () if root else (foreign,)
    if findings.content:
        yield "published", tuple(_not_published(bundle, published))


def _not_published(bundle: Bundle, published: PublishedList | None) -> Iterator[Text]:
    if published is None:
        yield Text(zh="本平台没有公布过这份名单", en="this list was never published here")
    elif published.content != bundle.list.content:
        yield Text(
            zh=f"公布的名单不同，其摘要为 {published.digest}",
            en=f"the list that was published is another: its digest is {published.digest}",
        )


async def _sealed(session: AsyncSession, bundle: Bundle) -> Root | None:
    """The journal's own root of this value over the same rows."""
    roots = await session.scalars(sa.select(Root).where(Root.root == bundle.root.root))
    return next((root for root in roots if root.last_seq == bundle.root.last_seq), None)


async def _published(session: AsyncSession, content: ListContent | None) -> PublishedList | None:
    return await session.get(PublishedList, content.list_id) if content else None
