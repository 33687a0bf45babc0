"""What is searched for on a notice, in its address."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Query

CENTRAL = "central"
"""Stands for the authority of central state-owned enterprises, which have none."""
NO_AUTHORITY = "none"
"""The same, as review has it."""


class Wanted(NamedTuple):
    """What is empty is not asked. `words` are a part of the name, or the beginning of the credit code."""

    words: str = ""
    authority: str = ""
    enterprise_type: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What review is asked."""
        authority = NO_AUTHORITY if self.authority == CENTRAL else self.authority
        given = {"q": self.words, "authority": authority, "enterprise_type": self.enterprise_type}
        return {name: value for name, value in given.items() if value}

    @property
    def address(self) -> dict[str, str]:
        """What the page's own address says of it."""
        given = {"q": self.words, "authority": self.authority, "type": self.enterprise_type}
        return {name: value for name, value in given.items() if value}


async def _wanted(
    q: Annotated[str, Query(max_length=100)] = "",
    authority: Annotated[str, Query(max_length=20)] = "",
    enterprise_type: Annotated[str, Query(max_length=20, alias="type")] = "",
) -> Wanted:
    return Wanted(q.strip(), authority, enterprise_type)


Narrowed = Annotated[Wanted, Depends(_wanted)]
