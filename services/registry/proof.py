"""The bundle that proves a published list to be the one that was decided, and its check.

The check needs the bundle and the root printed on the list, and nothing else: no database, no key.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field, ValidationError

from contracts.events.review import DecisionSigned
from contracts.model import Model
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


def check(bundle: Bundle, printed_root: str | None = None) -> list[str]:
    """What differs; nothing when the list is the one that was decided, under the root that is printed on it."""
    try:
        content = ListContent.model_validate_json(bundle.list.content)
        row = _Row.model_validate_json(bundle.decision.row)
        decision = DecisionSigned.model_validate_json(row.data)
    except ValidationError as error:
        return [f"the bundle can't be read: {error.errors(include_url=False)[0]['msg']}"]
    return [
        *_check_digest(bundle),
        *_check_root(bundle, row, printed_root),
        *_check_decision(content, row, decision),
        *_check_entries(content, decision),
    ]


def _check_digest(bundle: Bundle) -> Iterator[str]:
    actual = digest(bundle.list.algorithm, bundle.list.content.encode()).hex()
    if actual != bundle.list.digest:
        yield f"the list was changed: its digest is {actual}, not {bundle.list.digest}"


def _check_root(bundle: Bundle, row: _Row, printed: str | None) -> Iterator[str]:
    root = bundle.root
    leaf = digest(row.algorithm, bundle.decision.row.encode())
    path = _path(bundle.decision.path)
    found = root_of_path(root.algorithm, leaf, row.seq - 1, root.last_seq, path) if path is not None else None
    if found is None or found.hex() != root.root:
        yield f"row {row.seq} with the decision is not under the root {root.root}"
    if printed is not None and printed.strip().lower() != root.root:
        yield f"the bundle's root {root.root} is not the printed one"


def _path(hashes: Sequence[str]) -> list[bytes] | None:
    try:
        return [bytes.fromhex(one) for one in hashes]
    except ValueError:
        return None


def _check_decision(content: ListContent, row: _Row, decision: DecisionSigned) -> Iterator[str]:
    if row.type != DecisionSigned.TYPE:
        yield f"row {row.seq} is {row.type}, not a signed decision"
    if decision.decision_id != content.decision_id:
        yield f"the list names decision {content.decision_id}, the journal has {decision.decision_id}"
    if decision.campaign_id != content.campaign_id:
        yield f"the list is of campaign {content.campaign_id}, the decision of {decision.campaign_id}"


def _check_entries(content: ListContent, decision: DecisionSigned) -> Iterator[str]:
    decided = {approved.nomination_id: approved for approved in decision.approved}
    for entry in content.entries:
        approved = decided.get(entry.nomination_id)
        name = f"{entry.credit_code} {entry.enterprise_name}"
        if approved is None:
            yield f"listed, but not decided: {name}"
        elif (approved.credit_code, approved.enterprise_name) != (entry.credit_code, entry.enterprise_name):
            yield f"decided as {approved.credit_code} {approved.enterprise_name}, listed as {name}"
    times = Counter(entry.nomination_id for entry in content.entries)
    for nomination_id, approved in decided.items():
        if times[nomination_id] != 1:
            how = "but not listed" if not times[nomination_id] else f"but listed {times[nomination_id]} times"
            yield f"decided, {how}: {approved.credit_code} {approved.enterprise_name}"
