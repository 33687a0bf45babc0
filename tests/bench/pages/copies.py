"""Names for copies of cases: made from those of the original alone, so that all databases agree on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tests.filing.samples import with_check

TAIL = 6
"""Hexadecimal digits at the end of an id that number the copy. They are random in the original: order is kept."""

BATCH = 16**TAIL - 1
"""The number of a notice's or a decision's one copy, which holds all copies of its cases."""

REGION = slice(2, 8)


def copy_of(original: UUID, number: int) -> UUID:
    return UUID(f"{str(original)[:-TAIL]}{number:0{TAIL}x}")


def batch_copy(original: UUID) -> UUID:
    return copy_of(original, BATCH)


def numbered(name: str, number: int) -> str:
    """Of an enterprise."""
    return f"{name}（{number}）"


@dataclass(frozen=True)
class Copies:
    """How often each case is copied, and of which enterprises there are cases."""

    times: int
    codes: Sequence[str]

    @property
    def numbers(self) -> range:
        return range(1, self.times + 1)

    def credit_code(self, original: str, number: int) -> str:
        """Of the same region, with a check digit that is right."""
        serial = self.codes.index(original) * self.times + number
        return with_check(f"91{original[REGION]}{serial:09}")

    def credit_codes(self) -> list[tuple[str, int, str]]:
        """Original, number, copy."""
        return [(code, number, self.credit_code(code, number)) for code in self.codes for number in self.numbers]
