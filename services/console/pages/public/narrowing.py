"""Finds enterprises among those of one notice, which come all at once."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

CENTRAL = "central"
"""Stands for the authority of central state-owned enterprises, which have none."""
PAGE = 50

Row = Mapping[str, Any]


class Wanted(NamedTuple):
    """What is empty is not asked. `words` are a part of the name or credit code."""

    words: str = ""
    authority: str = ""
    enterprise_type: str = ""

    def fits(self, row: Row) -> bool:
        words = self.words.casefold()
        return (
            any(words in row[field].casefold() for field in ("enterprise_name", "credit_code"))
            and self.authority in ("", row["authority_code"] or CENTRAL)
            and self.enterprise_type in ("", row["enterprise_type"])
        )


class Found(NamedTuple):
    """One page of the rows that fit; `first` and `last` count from 1."""

    rows: Sequence[Row]
    total: int
    page: int
    pages: int

    @classmethod
    def of(cls, rows: Sequence[Row], wanted: Wanted, page: int) -> Self:
        """A page beyond the last is the last."""
        fitting = [row for row in rows if wanted.fits(row)]
        pages = max(1, -(-len(fitting) // PAGE))
        page = min(page, pages)
        return cls(fitting[(page - 1) * PAGE : page * PAGE], len(fitting), page, pages)


def authorities_of(rows: Sequence[Row]) -> list[str]:
    """The authorities that have an enterprise here, `CENTRAL` first."""
    found = {row["authority_code"] or CENTRAL for row in rows}
    return sorted(found, key=lambda code: (code != CENTRAL, code))
