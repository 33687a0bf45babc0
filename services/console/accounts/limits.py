"""How often one may guess."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Limits:
    """So many failures in a row lock an account for so long."""

    attempts: int
    lock: timedelta
