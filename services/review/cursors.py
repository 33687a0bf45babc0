"""Cursors of lists in the order of a value and an id. To callers they are one opaque word."""

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Query

from chassis.problems import FieldError, InvalidRequest
from contracts.model import Text

T = TypeVar("T")
Cursor = Annotated[str | None, Query(max_length=200)]


def write_cursor(value: str, row_id: UUID) -> str:
    return base64.urlsafe_b64encode(f"{value}|{row_id}".encode()).decode()


def read_cursor(cursor: str, value: Callable[[str], T]) -> tuple[T, UUID]:
    """`value` reads the first part and raises `ValueError` for what it isn't; raises `InvalidRequest` itself."""
    try:
        written, _, row_id = base64.urlsafe_b64decode(cursor).decode().partition("|")
        return value(written), UUID(row_id)
    except (ValueError, binascii.Error) as error:
        message = Text(zh="游标无效", en="is not a cursor of this list")
        raise InvalidRequest(errors=[FieldError(field="cursor", rule="cursor", message=message)]) from error
