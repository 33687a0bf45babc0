"""The bundle that proves a published list to be the one that was decided, and its check.

The check needs the bundle and the root printed on the list, and nothing else: no database, no key.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Literal, NamedTuple
from uuid import UUID

from pydantic import Field, ValidationError

from contracts.events.review import Approved, DecisionSigned
from contracts.model import Model, Text
from services.registry.content import ListContent
from services.registry.journal.hashing import HashName, digest
from services.registry.journal.merkle import root_of_path

HEX = r"^[0-9a-f]{64}$"


class ListProof(Model):
    """`content` is hashed as it stands here."""

    content: str
    algorithm: HashName
    digest: str = Field(pattern=HEX)


class RootProof(Model):
    """The root over the rows 1 to `last_seq` of the journal."""

    root: str = Field(pattern=HEX)
    algorithm: HashName
    last_seq: int


class DecisionProof(Model):
    """The journal's row of the decision in its canonical form, and its path to the root."""

    row: str
    path: tuple[str, ...]


class Bundle(Model):
    format: Literal["liaison-list-proof/1"] = "liaison-list-proof/1"
    list: ListProof
    root: RootProof
    decision: DecisionProof


class _Row(Model):
    """What the check reads of a canonical row."""

    seq: int
    type: str
    algorithm: HashName
    data: str


class Step(StrEnum):
    """What is compared, in this order."""

    DIGEST = "digest"
    PATH = "path"
    PRINTED_ROOT = "printed_root"
    DECISION = "decision"
    ENTRIES = "entries"


class Findings(NamedTuple):
    """`content` and `decision` are None when they can't be read; `differences` has only the steps that were taken."""

    content: ListContent | None
    decision: DecisionSigned | None
    differences: dict[Step, tuple[Text, ...]]
    unreadable: Text | None = None

    @property
    def all(self) -> list[Text]:
        found = [one for differences in self.differences.values() for one in differences]
        return [self.unreadable] if self.unreadable else found


def examine(bundle: Bundle, printed_root: str | None = None) -> Findings:
    """Step by step, what differs: nothing when the list is the one that was decided, under the root printed on it."""
    try:
        content = ListContent.model_validate_json(bundle.list.content)
        row = _Row.model_validate_json(bundle.decision.row)
        decision = DecisionSigned.model_validate_json(row.data)
    except ValidationError as error:
        reason = error.errors(include_url=False)[0]["msg"]
        return Findings(
            None, None, {}, Text(zh=f"证明文件无法读取：{reason}", en=f"the bundle can't be read: {reason}")
        )
    steps = {
        Step.DIGEST: _check_digest(bundle),
        Step.PATH: _check_path(bundle, row),
        Step.PRINTED_ROOT: check_printed(bundle.root, printed_root),
        Step.DECISION: _check_decision(content, row, decision),
        Step.ENTRIES: _check_entries(content, decision),
    }
    return Findings(content, decision, {step: tuple(found) for step, found in steps.items()})


def check(bundle: Bundle, printed_root: str | None = None) -> list[str]:
    """All that differs, in English."""
    return [difference.en for difference in examine(bundle, printed_root).all]


def check_printed(root: RootProof, printed: str | None) -> Iterator[Text]:
    if printed is not None and printed.strip().lower() != root.root:
        yield Text(
            zh=f"证明文件的根 {root.root} 与印出的不一致",
            en=f"the bundle's root {root.root} is not the printed one",
        )


def _check_digest(bundle: Bundle) -> Iterator[Text]:
    actual, told = digest(bundle.list.algorithm, bundle.list.content.encode()).hex(), bundle.list.digest
    if actual != told:
        yield Text(
            zh=f"名单被改动：摘要为 {actual}，应为 {told}",
            en=f"the list was changed: its digest is {actual}, not {told}",
        )


def _check_path(bundle: Bundle, row: _Row) -> Iterator[Text]:
    root = bundle.root
    leaf = digest(row.algorithm, bundle.decision.row.encode())
    path = _path(bundle.decision.path)
    found = root_of_path(root.algorithm, leaf, row.seq - 1, root.last_seq, path) if path is not None else None
    if found is None or found.hex() != root.root:
        yield Text(
            zh=f"记载决定的第 {row.seq} 行不在根 {root.root} 之下",
            en=f"row {row.seq} with the decision is not under the root {root.root}",
        )


def _path(hashes: Sequence[str]) -> list[bytes] | None:
    try:
        return [bytes.fromhex(one) for one in hashes]
    except ValueError:
        return None


def _check_decision(content: ListContent, row: _Row, decision: DecisionSigned) -> Iterator[Text]:
    if row.type != DecisionSigned.TYPE:
        yield Text(
            zh=f"第 {row.seq} 行是 {row.type}，不是已签发的决定",
            en=f"row {row.seq} is {row.type}, not a signed decision",
        )
    if decision.decision_id != content.decision_id:
        yield Text(
            zh=f"名单所列决定为 {content.decision_id}，留痕记载为 {decision.decision_id}",
            en=f"the list names decision {content.decision_id}, the journal has {decision.decision_id}",
        )
    if decision.campaign_id != content.campaign_id:
        yield Text(
            zh=f"名单属于申报 {content.campaign_id}，决定属于 {decision.campaign_id}",
            en=f"the list is of campaign {content.campaign_id}, the decision of {decision.campaign_id}",
        )


def _check_entries(content: ListContent, decision: DecisionSigned) -> Iterator[Text]:
    decided = {approved.nomination_id: approved for approved in decision.approved}
    for entry in content.entries:
        approved = decided.get(entry.nomination_id)
        name = f"{entry.credit_code} {entry.enterprise_name}"
        if approved is None:
            yield Text(zh=f"名单列有，但未经决定：{name}", en=f"listed, but not decided: {name}")
        elif (approved.credit_code, approved.enterprise_name) != (entry.credit_code, entry.enterprise_name):
            was = f"{approved.credit_code} {approved.enterprise_name}"
            yield Text(zh=f"决定为 {was}，名单列为 {name}", en=f"decided as {was}, listed as {name}")
    yield from _not_listed_once(content, decided)


def _not_listed_once(content: ListContent, decided: dict[UUID, Approved]) -> Iterator[Text]:
    times = Counter(entry.nomination_id for entry in content.entries)
    for nomination_id, approved in decided.items():
        name = f"{approved.credit_code} {approved.enterprise_name}"
        if not times[nomination_id]:
            yield Text(zh=f"已决定，但未列入名单：{name}", en=f"decided, but not listed: {name}")
        elif times[nomination_id] > 1:
            yield Text(
                zh=f"已决定，但在名单上列了 {times[nomination_id]} 次：{name}",
                en=f"decided, but listed {times[nomination_id]} times: {name}",
            )
