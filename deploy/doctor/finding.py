"""One thing the doctor looked at."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    GOOD = "good"
    RESTING = "resting"
    """Not there, and need not be: nothing was started yet."""
    UNKNOWN = "unknown"
    """Can't be found out from here; the mend says where."""
    MISSING = "missing"
    WRONG = "wrong"
    """It is there, and not as it should be."""


@dataclass(frozen=True)
class Finding:
    subject: str
    state: State
    what: str
    mend: str = ""

    @property
    def is_bad(self) -> bool:
        return self.state in (State.MISSING, State.WRONG)


def good(subject: str, what: str) -> Finding:
    return Finding(subject, State.GOOD, what)


def wrong(subject: str, what: str, mend: str) -> Finding:
    return Finding(subject, State.WRONG, what, mend)


def missing(subject: str, what: str, mend: str) -> Finding:
    return Finding(subject, State.MISSING, what, mend)


def unknown(subject: str, what: str, mend: str) -> Finding:
    return Finding(subject, State.UNKNOWN, what, mend)


def short(error: BaseException) -> str:
    """The first line of what an error says."""
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
