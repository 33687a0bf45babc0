"""A column that holds one word of a closed set, as text."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class Word(sa.types.TypeDecorator[StrEnum]):
    """Written as its value, read as a member of `words`; an unknown word raises `ValueError`."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        return None if value is None else self.words(value)


class CaseState(StrEnum):
    """`DECIDED` is for good: listed or rejected. `CANCELLED` was withdrawn, or lapsed uncorrected."""

    OPEN = "OPEN"
    CANCELLED = "CANCELLED"
    DECIDED = "DECIDED"


class StageState(StrEnum):
    OPEN = "OPEN"
    CONCLUDED = "CONCLUDED"
    CANCELLED = "CANCELLED"


class TaskState(StrEnum):
    """`CANCELLED`: its stage ended without this task, or its expert was released."""

    OPEN = "OPEN"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
