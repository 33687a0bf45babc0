"""Whatever is done to the rows of a chain, the audit names it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.journal.audit import ChainAudit, FaultKind, Stored
from services.registry.journal.canonical import row_digest
from services.registry.journal.chain import Keyring
from services.registry.journal.hashing import HashName
from tests.registry.samples import KEYRING, KEYS, chained, row

Tamper = Callable[[list[Stored]], list[Stored]]
Named = set[tuple[FaultKind, int | None]]


def named(rows: list[Stored], keyring: Keyring = KEYRING) -> Named:
    audit = ChainAudit(keyring)
    for stored in rows:
        audit.read(stored)
    return {(fault.kind, fault.seq) for fault in audit.faults()}


def ten() -> list[Stored]:
    return chained([row(seq, f'{{"n": {seq}}}') for seq in range(1, 11)])


def changed_data(rows: list[Stored]) -> list[Stored]:
    rows[4] = replace(rows[4], row=replace(rows[4].row, data="{}"))
    return rows


def changed_with_its_digest(rows: list[Stored]) -> list[Stored]:
    other = replace(rows[4].row, actor="officer:li")
    rows[4] = Stored(other, row_digest(other), rows[4].mac)
    return rows


def changed_mac(rows: list[Stored]) -> list[Stored]:
    rows[4] = replace(rows[4], mac=bytes(32))
    return rows


def deleted(rows: list[Stored]) -> list[Stored]:
    return rows[:4] + rows[5:]


def deleted_and_closed_up(rows: list[Stored]) -> list[Stored]:
    rest = [replace(stored, row=replace(stored.row, seq=stored.row.seq - 1)) for stored in rows[5:]]
    return rows[:4] + rest


def swapped(rows: list[Stored]) -> list[Stored]:
    rows[4], rows[5] = (
        replace(rows[5], row=replace(rows[5].row, seq=5)),
        replace(rows[4], row=replace(rows[4].row, seq=6)),
    )
    return rows


def swapped_far(rows: list[Stored]) -> list[Stored]:
    rows[1], rows[8] = (
        replace(rows[8], row=replace(rows[8].row, seq=2)),
        replace(rows[1], row=replace(rows[1].row, seq=9)),
    )
    return rows


def forged_at_the_end(rows: list[Stored]) -> list[Stored]:
    forged = row(11)
    return [*rows, Stored(forged, row_digest(forged), bytes(32))]


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (lambda rows: rows, set()),
        (changed_data, {(FaultKind.CHANGED, 5)}),
        (changed_with_its_digest, {(FaultKind.CHANGED, 5)}),
        (changed_mac, {(FaultKind.CHANGED, 5)}),
        (deleted, {(FaultKind.MISSING, 5)}),
        (swapped, {(FaultKind.REORDERED, 5), (FaultKind.REORDERED, 6)}),
        (swapped_far, {(FaultKind.REORDERED, 2), (FaultKind.REORDERED, 9)}),
        (forged_at_the_end, {(FaultKind.CHANGED, 11)}),
    ],
)
def test_what_was_done_is_named(tamper: Tamper, expected: Named) -> None:
    assert named(tamper(ten())) == expected


def test_rows_that_closed_up_over_a_gap_are_all_named() -> None:
    faults = named(deleted_and_closed_up(ten()))
    assert {seq for _, seq in faults} == {5, 6, 7, 8, 9}
    assert (FaultKind.REORDERED, 5) in faults


def test_rows_remember_their_key_and_hash() -> None:
    rows = [row(1), row(2, algorithm=HashName.SM3), row(3, algorithm=HashName.SM3, key_id="second")]
    assert named(chained(rows), Keyring(KEYS, "second", HashName.SM3)) == set()


def test_a_key_that_is_gone_is_named() -> None:
    rows = chained([row(1), row(2, key_id="second"), row(3)])
    assert named(rows, Keyring({"first": KEYS["first"]}, "first", HashName.SHA256)) == {(FaultKind.UNKNOWN_KEY, 2)}


def test_without_the_key_nothing_new_can_be_chained() -> None:
    forger = Keyring({"first": b"guessed" * 5}, "first", HashName.SHA256)
    rows = [row(seq) for seq in range(1, 4)]
    assert named(chained(rows, forger)) == {(FaultKind.CHANGED, 1)} | {(FaultKind.CHANGED, seq) for seq in (2, 3)}


@given(st.data())
def test_any_change_of_any_field_of_any_row_is_found(data: st.DataObject) -> None:
    rows = ten()
    at = data.draw(st.integers(0, 9))
    field = data.draw(st.sampled_from(["data", "actor", "subject", "credit_code", "type", "source"]))
    change: dict[str, Any] = {field: data.draw(st.text(max_size=5))}
    changed = replace(rows[at].row, **change)
    if changed == rows[at].row:
        return
    rehashed = data.draw(st.booleans())
    rows[at] = Stored(changed, row_digest(changed) if rehashed else rows[at].digest, rows[at].mac)
    assert (FaultKind.CHANGED, at + 1) in named(rows)
