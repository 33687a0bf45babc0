"""What the server knows of each build, as seen at one moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple


class KnownBuild(NamedTuple):
    """`share`: percent of the cases that are given to it. `current_at`: when it became current, the last time."""

    name: str
    created_at: datetime
    share: float
    current_at: datetime | None


def unknown(builds: Sequence[KnownBuild]) -> list[str]:
    """Builds made after the oldest that gets cases: it can't go on with a case that has passed a change of theirs. What
    was there when a build was made, it knows."""
    oldest = min((build.created_at for build in builds if build.share), default=None)
    return [build.name for build in builds if oldest is not None and build.created_at > oldest]


def knowing(builds: Sequence[KnownBuild], newest: str) -> list[str]:
    """Builds of which `newest` knows all changes: those before it, and itself."""
    [made] = [build.created_at for build in builds if build.name == newest]
    return [build.name for build in builds if build.created_at <= made]
