"""A server the platform stands on, and whose it is."""

from dataclasses import dataclass
from enum import StrEnum

from deploy.servers.private import PrivateServer


class Origin(StrEnum):
    """Named by a setting, found running, or this launcher's own."""

    NAMED = "named"
    FOUND = "found"
    OWN = "own"


@dataclass(frozen=True)
class Component:
    part: str
    origin: Origin
    where: str
    """To be shown: without user or password."""
    own: PrivateServer | None = None
    """The server this launcher started, and ends."""
    pages: str | None = None
    """Where people can look into it."""
