"""One thing the doctor looked at."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    GOOD = "good"
    RESTING = "resting"
    """Not there, and need not be: nothing was started yet."""
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    subject: str
    state: State
    what: str
    mend: str = ""
