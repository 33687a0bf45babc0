"""CPU and memory of processes with all their descendants, read from /proc."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
PARENT, OWN, REAPED = 1, slice(11, 13), slice(13, 15)
"""Places in /proc/PID/stat behind the name: parent; user and system time, its own and of children it has reaped."""


class Usage(NamedTuple):
    """CPU milliseconds since its start, and memory in MB (what processes share is divided among them)."""

    cpu: float
    memory: float


class Stat(NamedTuple):
    parent: int
    own: int
    reaped: int


def usage_of(roots: Mapping[str, int], alone: Mapping[str, int]) -> dict[str, Usage]:
    """By name: `roots` with all their descendants, `alone` without them."""
    stats = dict(_stats())
    children: defaultdict[int, list[int]] = defaultdict(list)
    for pid, stat in stats.items():
        children[stat.parent].append(pid)
    found = {name: _sum(list(_tree(pid, children)), stats) for name, pid in roots.items()}
    return found | {name: Usage(stats[pid].own * TICK_MS, _memory(pid)) for name, pid in alone.items()}


def _sum(pids: list[int], stats: Mapping[int, Stat]) -> Usage:
    ticks = sum(stats[pid].own + stats[pid].reaped for pid in pids if pid in stats)
    return Usage(ticks * TICK_MS, sum(map(_memory, pids)))


def _tree(pid: int, children: Mapping[int, list[int]]) -> Iterator[int]:
    yield pid
    for child in children.get(pid, ()):
        yield from _tree(child, children)


def _stats() -> Iterator[tuple[int, Stat]]:
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):  # it has just ended
                continue
            yield int(folder.name), Stat(int(fields[PARENT]), sum(map(int, fields[OWN])), sum(map(int, fields[REAPED])))


def _memory(pid: int) -> float:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
