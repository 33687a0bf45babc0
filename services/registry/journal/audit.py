"""Reads the rows of the journal in order and names each that is not as it was written. Pure: no I/O."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from services.registry.journal.canonical import Row, row_digest
from services.registry.journal.chain import GENESIS, Keyring, Signer, UnknownKeyError

CANDIDATES = 4


class FaultKind(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    REORDERED = "reordered"
    CUT_OFF = "cut_off"
    HEAD = "head"
    ROOT = "root"
    UNKNOWN_KEY = "unknown_key"


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where. `seq` and `event_id` name the row, if there is one."""

    kind: FaultKind
    detail: str
    seq: int | None = None
    event_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A row with the digest and mac that stand beside it."""

    row: Row
    digest: bytes
    mac: bytes


class ChainAudit:
    """Give it the rows in order of `seq`, then ask for the `faults`."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self.seq = 0
        self.mac = GENESIS
        self.found: list[Fault] = []
        self._suspects: list[Stored] = []
        self._unchained: list[Stored] = []
        self._gaps: list[int] = []
        # Which macs the next row may stand on. Several only after a fault, so that the next good row isn't blamed.
        self._before: tuple[bytes, ...] = (GENESIS,)

    def read(self, stored: Stored) -> bytes:
        """Check the next row; returns its digest as it is now."""
        row = stored.row
        if row.seq != self.seq + 1:
            self._gap(stored)
        digest = row_digest(row)
        chained = self._chained(stored)
        if digest != stored.digest:
            self._suspects.append(stored)
        elif not chained:
            self._unchained.append(stored)
        self.seq, self.mac = row.seq, stored.mac
        return digest

    def pass_over(self, seq: int, event_id: UUID, reason: str) -> None:
        """A row that can't be checked at all."""
        self.found.append(Fault(FaultKind.CHANGED, reason, seq, event_id))
        self.seq, self._before = seq, ()

    @property
    def suspicions(self) -> int:
        return len(self.found) + len(self._suspects) + len(self._unchained)

    def faults(self) -> list[Fault]:
        return sorted([*self.found, *self._judged()], key=lambda fault: fault.seq or 0)

    def _chained(self, stored: Stored) -> bool:
        """Whether the row's mac follows from the one before it; after a gap nobody can tell."""
        try:
            signer = self._signer(stored.row)
        except UnknownKeyError as unknown:
            self._fault(FaultKind.UNKNOWN_KEY, str(unknown.args[0]), stored.row)
            self._before = (stored.mac,)
            return True
        due = tuple(signer.link(before, stored.digest) for before in self._before)
        holds = not self._before or stored.mac in due
        self._before = (stored.mac,) if holds else (stored.mac, *due)[:CANDIDATES]
        return holds

    def _gap(self, stored: Stored) -> None:
        first, last = self.seq + 1, stored.row.seq - 1
        self._gaps.extend(range(first, min(last, first + 100) + 1))
        what = f"row {first} is" if first == last else f"rows {first} to {last} are"
        self.found.append(Fault(FaultKind.MISSING, f"{what} missing", first))
        self._before = ()

    def _judged(self) -> Iterator[Fault]:
        """A row whose digest fits another place was moved; one that fits nowhere was changed.

        A row that follows from one that was moved is not to blame.
        """
        places = [suspect.row.seq for suspect in self._suspects] + self._gaps
        moved: dict[int, bytes] = {}
        for suspect in self._suspects:
            row = suspect.row
            origin = next((seq for seq in places if row_digest(replace(row, seq=seq)) == suspect.digest), None)
            if origin is None:
                yield Fault(FaultKind.CHANGED, "it is not what its digest was taken of", row.seq, row.event_id)
            else:
                moved[origin] = suspect.mac
                yield Fault(FaultKind.REORDERED, f"it belongs at {origin}", row.seq, row.event_id)
        for stored in self._unchained:
            row, before = stored.row, moved.get(stored.row.seq - 1)
            if before is None or self._signer(row).link(before, stored.digest) != stored.mac:
                yield Fault(FaultKind.CHANGED, "its mac doesn't follow from the row before", row.seq, row.event_id)

    def _signer(self, row: Row) -> Signer:
        return self.keyring.signer(row.algorithm, row.key_id)

    def _fault(self, kind: FaultKind, detail: str, row: Row) -> None:
        self.found.append(Fault(kind, detail, row.seq, row.event_id))
