"""What an archive says of itself."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

FORMAT = 1
"""Of archives: a reader takes its own, and older ones."""


class Part(BaseModel):
    """`size` and `sha256` are of the bytes as they lie in the archive."""

    model_config = ConfigDict(frozen=True)

    name: str
    size: int
    sha256: str


class Table(BaseModel):
    name: str
    columns: list[str]
    rows: int


class DatabasePart(BaseModel):
    """`revision` is that of its schema; `sequences` the last number each gave, None when it gave none yet."""

    revision: str
    tables: list[Table]
    sequences: dict[str, int | None]


class JournalPosition(BaseModel):
    """Where the journal ended at the cut. A root sealed later is not in this archive."""

    seq: int
    mac: str
    newest_root: str | None


class Manifest(BaseModel):
    """`taken_at` is the cut, at which all databases stand; Temporal's state is from `temporal_at`, just before.

    `temporal_at` is None where Temporal is kept by somebody else.
    """

    format: int = FORMAT
    version: str
    temporal_at: datetime | None
    taken_at: datetime
    journal: JournalPosition
    databases: dict[str, DatabasePart]
    keys: bool
    dead_letters: dict[str, int] | None
    parts: list[Part]
