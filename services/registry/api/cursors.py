"""Pages: one row more than asked for is fetched, and tells whether there is a next page."""

from collections.abc import Sequence
from typing import Annotated, TypeVar

from fastapi import Query

from chassis.problems import Problem
from contracts.model import Text

T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=200)]


class InvalidCursor(Problem):
    code = "invalid_cursor"
    status = 422
    title = Text(zh="翻页标记无效", en="The cursor is not one of ours")


def page(found: Sequence[T], limit: int) -> tuple[Sequence[T], T | None]:
    """The rows to show, and the last of them if there are more."""
    return found[:limit], found[limit - 1] if len(found) > limit else None
