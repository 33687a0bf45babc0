"""The processes of the platform, and which of its secrets each is given: no more than it needs."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ProcessSpec:
    name: str
    arguments: tuple[str, ...]
    """Of the command `liaison`."""
    orders: bool = True
    """Takes part in workflows: reads and writes what Temporal keeps encrypted."""
    keys: tuple[str, ...] = ()
    """Secret settings that only it is given."""
    signs: bool = False
    """Calls other services in its own name."""
    issues: bool = False
    """Signs the tokens of people and of authorities' systems, with a key that only it has."""


CONSOLE_KEYS = ("LIAISON_CONSOLE_KEY", "LIAISON_OIDC_CLIENT_SECRET", "LIAISON_RETIRED_KEY_FILES")
PROCESSES = (
    ProcessSpec("filing", ("serve", "filing")),
    ProcessSpec("review", ("serve", "review"), keys=("LIAISON_PERSONAL_KEY",)),
    ProcessSpec("registry", ("serve", "registry"), keys=("LIAISON_JOURNAL_KEYS", "LIAISON_JOURNAL_KEY_ID")),
    ProcessSpec("notify", ("serve", "notify"), orders=False, keys=("LIAISON_SMTP_PASSWORD",), signs=True),
    ProcessSpec("console", ("serve", "console"), orders=False, keys=CONSOLE_KEYS, issues=True),
    ProcessSpec("workflows", ("worker",)),
)
SERVICES = tuple(spec.name for spec in PROCESSES if spec.arguments[0] == "serve")
ROOT = Path(__file__).parents[2]
