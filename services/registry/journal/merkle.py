"""Merkle trees as in RFC 9162, section 2.1: leaves and nodes are hashed apart, and every size has one shape."""

from collections.abc import Sequence

from services.registry.journal.hashing import HashName, digest

WIDTH = 32


def leaf(name: HashName, data: bytes) -> bytes:
    return digest(name, b"\x00" + data)


def node(name: HashName, left: bytes, right: bytes) -> bytes:
    return digest(name, b"\x01" + left + right)


class Frontier:
    """A tree that grows at its right end and keeps only the roots of its full subtrees, largest first."""

    def __init__(self, name: HashName, size: int = 0, peaks: bytes = b"") -> None:
        """`peaks` is what `dump` gave at that size."""
        self.name = name
        self.size = size
        self._peaks = [peaks[at : at + WIDTH] for at in range(0, len(peaks), WIDTH)]
        if len(self._peaks) != size.bit_count():
            raise ValueError(f"{len(self._peaks)} peaks don't belong to a tree of {size}")

    def add(self, data: bytes) -> None:
        peak = leaf(self.name, data)
        full = self.size
        while full & 1:
            peak = node(self.name, self._peaks.pop(), peak)
            full >>= 1
        self._peaks.append(peak)
        self.size += 1

    def root(self) -> bytes:
        if not self._peaks:
            return digest(self.name, b"")
        *rest, root = self._peaks
        for peak in reversed(rest):
            root = node(self.name, peak, root)
        return root

    def dump(self) -> bytes:
        return b"".join(self._peaks)


def inclusion_path(name: HashName, data: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root, from the bottom up."""
    level = [leaf(name, one) for one in data]
    path = []
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        level = [_pair(name, level, at) for at in range(0, len(level), 2)]
        index >>= 1
    return path


def _pair(name: HashName, level: Sequence[bytes], at: int) -> bytes:
    """The parent of two neighbours; the last one of an odd level goes up as it is."""
    return node(name, level[at], level[at + 1]) if at + 1 < len(level) else level[at]


def root_of_path(name: HashName, data: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to (RFC 9162, 2.1.3.2); None when no tree of `size` has such a path."""
    if not 0 <= index < size:
        return None
    here, last, found = index, size - 1, leaf(name, data)
    for sibling in path:
        if last == 0:
            return None
        if here & 1 or here == last:
            found = node(name, sibling, found)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = node(name, found, sibling)
        here, last = here >> 1, last >> 1
    return found if last == 0 else None
