"""What lists of tasks, of cases and of a ranking are searched by alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import sqlalchemy as sa
from fastapi import Depends, Query
from sqlalchemy.orm import InstrumentedAttribute

from chassis.storable import STORABLE
from contracts.enums import EnterpriseType
from services.review.models import Case

Clause: TypeAlias = sa.ColumnElement[bool]
NONE = "none"
Authority = Annotated[str | None, Query(pattern=rf"^(\d{{6}}|{NONE})$")]
"""The code of an authority; `none` for what has none, as central enterprises have."""


@dataclass(frozen=True)
class Search:
    """`q` is a part of the enterprise's name, or the beginning of its credit code."""

    campaign: UUID | None = None
    authority: str | None = None
    central: bool | None = None
    enterprise_type: EnterpriseType | None = None
    q: str | None = None

    def clauses(self) -> list[Clause]:
        """Over Case."""
        of_campaign = given(
            (self.campaign, lambda campaign: Case.campaign_id == campaign),
            (self.authority, lambda code: of_authority(Case.authority_code, code)),
        )
        return [*of_campaign, *self.of_enterprise()]

    def of_enterprise(self) -> list[Clause]:
        """Over Case: what only the case knows."""
        return given(
            (self.central, lambda central: Case.central == central),
            (self.enterprise_type, lambda kind: Case.enterprise_type == kind),
            (self.q or None, _names),
        )


def given(*chosen: tuple[Any, Callable[[Any], Clause]]) -> list[Clause]:
    """The clauses of what was asked for: each is made of its value, if there is one."""
    return [clause(value) for value, clause in chosen if value is not None]


def of_authority(column: InstrumentedAttribute[str | None], code: str) -> Clause:
    return column.is_(None) if code == NONE else column == code


def _names(q: str) -> Clause:
    by_name = Case.enterprise_name.icontains(q, autoescape=True)
    return by_name | Case.credit_code.startswith(q.upper(), autoescape=True)


async def _searched(
    campaign: UUID | None = None,
    authority: Authority = None,
    central: bool | None = None,
    enterprise_type: EnterpriseType | None = None,
    q: Annotated[str | None, Query(max_length=100, pattern=STORABLE)] = None,
) -> Search:
    return Search(campaign, authority, central, enterprise_type, q)


Searched = Annotated[Search, Depends(_searched)]
