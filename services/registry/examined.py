"""A proof, examined: what it says and what differs in it, without its thousands of entries."""

from asyncio import to_thread
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from chassis.kept import Kept
from contracts.ids import DecisionId, ListId
from contracts.model import Text
from services.registry.proof import Bundle, ListProof, RootProof, examine

READABLE = "readable"
MOST_DIFFERENCES = 100
"""Of one step that are told: a wholly other list differs in every line."""


class Examined(NamedTuple):
    """All of it follows from the proof's text alone. What can't be read is None; `differences` are by step."""

    list: ListProof
    root: RootProof
    differences: dict[str, tuple[Text, ...]]
    list_id: ListId | None
    document_number: str | None
    entries: int | None
    decision_id: DecisionId | None
    signed_at: datetime | None


KEPT: Kept[bytes, Examined] = Kept(4)


def examined(bundle: Bundle) -> Examined:
    findings = examine(bundle)
    content, decision = findings.content, findings.decision
    readable: tuple[Text, ...] = (findings.unreadable,) if findings.unreadable else ()
    return Examined(
        list=bundle.list,
        root=bundle.root,
        differences={READABLE: readable} | {step: of[:MOST_DIFFERENCES] for step, of in findings.differences.items()},
        list_id=content.list_id if content else None,
        document_number=content.document_number if content else None,
        entries=len(content.entries) if content else None,
        decision_id=decision.decision_id if decision else None,
        signed_at=decision.signed_at if decision else None,
    )


async def examined_once(proof: str) -> Examined:
    """The last proofs are not examined again, by the digest of their text: of a changed one nothing is kept."""
    return await KEPT.get(sha256(proof.encode()).digest(), lambda: to_thread(_read, proof))


def _read(proof: str) -> Examined:
    return examined(Bundle.model_validate_json(proof))
