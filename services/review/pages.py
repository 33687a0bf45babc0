"""Pages of a list in the order of its ids: `?limit=&cursor=` → `{"items": [...], "next": cursor or null}`."""

from collections.abc import Sequence
from typing import Annotated, Generic, Self, TypeVar
from uuid import UUID

from fastapi import Query

from contracts.model import Model

T = TypeVar("T", bound=Model)

Limit = Annotated[int, Query(ge=1, le=500)]
Cursor = Annotated[UUID | None, Query()]


class Page(Model, Generic[T]):
    """`next` is the cursor of the following page; null when this is the last."""

    items: tuple[T, ...]
    next: UUID | None

    @classmethod
    def of(cls, items: Sequence[T], ids: Sequence[UUID], limit: int) -> Self:
        """A page out of what was found when asking for one more than `limit`."""
        return cls(items=tuple(items[:limit]), next=ids[limit - 1] if len(items) > limit else None)
