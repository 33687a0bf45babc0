"""Rows and events to try the registry with."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from chassis.bus import Envelope
from chassis.ids import new_id
from contracts.enums import EnterpriseType
from contracts.events import Event
from contracts.events.filing import CaseSummary, NominationLapsed
from contracts.events.registry import JournalSealed
from services.registry.journal.audit import Stored
from services.registry.journal.canonical import Row, row_digest
from services.registry.journal.chain import GENESIS, Keyring
from services.registry.journal.hashing import HashName

KEYS = {"first": b"1" * 32, "second": b"2" * 32}
KEYRING = Keyring(KEYS, "first", HashName.SHA256)
NOON = datetime(2022, 9, 6, 4, 0, 0, 123456, UTC)
CAMPAIGN = UUID("01890000-0000-7000-8000-000000000001")


def envelope(event: Event, actor: str = "officer:zhang") -> Envelope:
    return Envelope(
        id=new_id(),
        source="urn:liaison:test",
        type=event.TYPE,
        subject=event.subject,
        time=NOON,
        actor=actor,
        correlation_id="test",
        traceparent=None,
        data=event.model_dump_json().encode(),
    )


def lapsed(credit_code: str = "91410000CY2XD8E58U", nomination_id: UUID | None = None) -> NominationLapsed:
    return NominationLapsed(nomination_id=nomination_id or new_id(), campaign_id=CAMPAIGN, credit_code=credit_code)


def case(credit_code: str, name: str = "某某物流有限公司", authority: str | None = "410000") -> CaseSummary:
    return CaseSummary(
        enterprise_name=name,
        credit_code=credit_code,
        enterprise_type=EnterpriseType.LOGISTICS,
        business_category="供应链服务",
        authority_code=authority,
        central=authority is None,
    )


def row(seq: int, data: str = "{}", **fields: object) -> Row:
    plain = Row(
        seq=seq,
        event_id=UUID(int=seq),
        source="urn:liaison:test",
        type="filing.nomination.lapsed.v1",
        subject="nomination/1",
        nomination_id=None,
        credit_code="91410000CY2XD8E58U",
        campaign_id=None,
        authority_code=None,
        actor="officer:张三",
        time=NOON,
        received_at=NOON,
        correlation_id=None,
        data=data,
        algorithm=HashName.SHA256,
        key_id="first",
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def chained(rows: Sequence[Row], keyring: Keyring = KEYRING) -> list[Stored]:
    """The rows as the journal would have written them."""
    written, mac = [], GENESIS
    for one in rows:
        digest = row_digest(one)
        mac = keyring.signer(one.algorithm, one.key_id).link(mac, digest)
        written.append(Stored(one, digest, mac))
    return written


def sealed(root: str, last_seq: int) -> JournalSealed:
    return JournalSealed(first_seq=1, last_seq=last_seq, root=root, algorithm="sha256", sealed_at=NOON)
