"""Reads stored rows of the journal."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from services.registry.journal.canonical import Row
from services.registry.journal.hashing import HashName
from services.registry.models import JournalRow

_NAMES = [field.name for field in fields(Row)]
_ALGORITHM = _NAMES.index("algorithm")

ROW_COLUMNS = [getattr(JournalRow, name) for name in _NAMES]
"""To be selected in this order for `row_of_record`."""


def row_of_record(record: Sequence[Any]) -> Row:
    """`ValueError` when the row names a hash that doesn't exist."""
    values = list(record)
    values[_ALGORITHM] = HashName(values[_ALGORITHM])
    return Row(*values)
