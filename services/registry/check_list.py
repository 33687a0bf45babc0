"""Checks a list as `liaison check-list` does, and by what only the registry knows: its roots and its lists."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.model import Text
from services.registry.examined import READABLE, Examined
from services.registry.models import PublishedList, Root
from services.registry.proof import ListProof, RootProof, Step, check_printed
from services.registry.schemas import CheckedRoot, ListChecked, StepChecked

TITLES: dict[str, Text] = {
    READABLE: Text(zh="证明文件可以读取", en="The proof can be read"),
    Step.DIGEST: Text(zh="名单内容与摘要一致", en="The list's content has this digest"),
    Step.PATH: Text(zh="记载决定的一行在根之下", en="The row with the decision is under the root"),
    Step.PRINTED_ROOT: Text(zh="根与印出的一致", en="The root is the printed one"),
    Step.DECISION: Text(zh="名单出自已签发的决定", en="The list is of the signed decision"),
    Step.ENTRIES: Text(zh="所列企业与决定的完全一致", en="Listed are exactly the enterprises that were decided"),
    "root": Text(zh="根是本留痕封存过的", en="The root was sealed in this journal"),
    "published": Text(zh="名单即本平台公布的名单", en="The list is the one that was published here"),
}


async def check_list(session: AsyncSession, examined: Examined, printed_root: str | None, language: str) -> ListChecked:
    """Every step with what differs; nothing differs when the list is the one that was decided and published.

    The root and the published list are looked up each time.
    """
    root = await _sealed(session, examined.root)
    published = await _published(session, examined)
    named = _steps(examined, printed_root, root, published)
    steps = tuple(_told(name, differences, language) for name, differences in named)
    return ListChecked(
        ok=all(step.ok for step in steps),
        list_id=examined.list_id,
        document_number=examined.document_number,
        entries=examined.entries,
        digest=examined.list.digest,
        algorithm=examined.list.algorithm,
        decision_id=examined.decision_id,
        signed_at=examined.signed_at,
        root=_root(examined.root, root),
        steps=steps,
    )


def _root(told: RootProof, root: Root | None) -> CheckedRoot:
    own = {"number": root.id, "sealed_at": root.sealed_at} if root else {"number": None, "sealed_at": None}
    return CheckedRoot(root=told.root, last_seq=told.last_seq, **own)


def _told(name: str, differences: tuple[Text, ...], language: str) -> StepChecked:
    return StepChecked(
        step=name,
        title=TITLES[name].in_language(language),
        ok=not differences,
        differences=tuple(one.in_language(language) for one in differences),
    )


def _steps(
    examined: Examined, printed_root: str | None, root: Root | None, published: PublishedList | None
) -> Iterator[tuple[str, tuple[Text, ...]]]:
    for name, differences in examined.differences.items():
        if name != Step.PRINTED_ROOT:
            yield name, differences
        elif printed_root is not None:
            yield name, tuple(check_printed(examined.root, printed_root))
    told = examined.root.root
    foreign = Text(zh=f"没有封存过这样的根：{told}", en=f"no such root was ever sealed here: {told}")
    yield "root", () if root else (foreign,)
    if examined.list_id:
        yield "published", tuple(_not_published(examined.list, published))


def _not_published(told: ListProof, published: PublishedList | None) -> Iterator[Text]:
    if published is None:
        yield Text(zh="本平台没有公布过这份名单", en="this list was never published here")
    elif published.content != told.content:
        yield Text(
            zh=f"公布的名单不同，其摘要为 {published.digest}",
            en=f"the list that was published is another: its digest is {published.digest}",
        )


async def _sealed(session: AsyncSession, told: RootProof) -> Root | None:
    """The journal's own root of this value over the same rows."""
    roots = await session.scalars(sa.select(Root).where(Root.root == told.root))
    return next((root for root in roots if root.last_seq == told.last_seq), None)


async def _published(session: AsyncSession, examined: Examined) -> PublishedList | None:
    return await session.get(PublishedList, examined.list_id) if examined.list_id else None
