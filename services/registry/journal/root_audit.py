"""Computes every root of the journal again, over its rows as they are now."""

from collections.abc import Collection, Sequence

import orjson

from contracts.events.registry import JournalSealed
from services.registry.journal.audit import Fault, FaultKind
from services.registry.journal.canonical import Row
from services.registry.journal.chain import Keyring, UnknownKeyError
from services.registry.journal.hashing import HashName
from services.registry.journal.merkle import Frontier
from services.registry.journal.seal import root_is_genuine
from services.registry.models import Root


class RootAudit:
    """Give it the rows in order of `seq`, then ask for the `faults`."""

    def __init__(self, roots: Sequence[Root], keyring: Keyring) -> None:
        self.roots = roots
        self.keyring = keyring
        self.found: list[Fault] = []
        self._trees = {
            root.algorithm: Frontier(HashName(root.algorithm)) for root in roots if root.algorithm in set(HashName)
        }
        self._due = {root.last_seq: root for root in sorted(roots, key=lambda root: root.id, reverse=True)}
        self._told: set[str] = set()

    @property
    def newest(self) -> str | None:
        return self.roots[-1].root if self.roots else None

    def read(self, row: Row, digest: bytes) -> None:
        """Take in the next row, by its digest as it is now."""
        for tree in self._trees.values():
            tree.add(digest)
        if row.type == JournalSealed.TYPE:
            self._told.add(str(orjson.loads(row.data).get("root")))
        if row.seq in self._due:
            self._compare(self._due[row.seq])

    def faults(self, last_seq: int, printed: Collection[str]) -> list[Fault]:
        return [
            *self.found,
            *self._gone(last_seq),
            *self._changed(),
            *self._unknown(printed),
        ]

    def _compare(self, root: Root) -> None:
        tree = self._trees.get(root.algorithm)
        if tree is None or tree.root().hex() != root.root:
            what = f"root {root.id} over rows 1 to {root.last_seq} differs from what the rows give now"
            self.found.append(Fault(FaultKind.ROOT, what, root.last_seq))

    def _gone(self, last_seq: int) -> list[Fault]:
        return [
            Fault(FaultKind.CUT_OFF, f"root {root.id} covers rows up to {root.last_seq}", last_seq + 1)
            for root in self.roots
            if root.last_seq > last_seq
        ]

    def _changed(self) -> list[Fault]:
        faults: list[Fault] = []
        for due, root in enumerate(self.roots, 1):
            if root.id != due:
                return [*faults, Fault(FaultKind.ROOT, f"root {due} is missing", root.last_seq)]
            if not self._genuine(root):
                faults.append(Fault(FaultKind.ROOT, f"the row of root {root.id} was changed", root.last_seq))
        return faults

    def _genuine(self, root: Root) -> bool:
        try:
            return root_is_genuine(root, self.keyring)
        except (UnknownKeyError, ValueError):
            return False

    def _unknown(self, printed: Collection[str]) -> list[Fault]:
        """Every seal that the journal tells of, and every printed root, must be among the roots."""
        own = {root.root for root in self.roots}
        lost = [Fault(FaultKind.ROOT, f"the journal tells of a root that is gone: {root}") for root in self._told - own]
        foreign = [root for root in printed if root.lower() not in own]
        return lost + [Fault(FaultKind.ROOT, f"no such root was ever sealed here: {root}") for root in foreign]
