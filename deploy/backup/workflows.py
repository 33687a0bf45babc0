"""Temporal's state, where the launcher owns it: one SQLite file. Where not, its operator keeps a copy of it."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from deploy.backup.archive import Reader, Writer
from deploy.keepsakes import Ports

PART = "temporal.sqlite.gz"


def sqlite_file(state: Path) -> Path:
    return state / "temporal" / "temporal.sqlite"


def own_file(state: Path, address: str) -> Path | None:
    """Where the Temporal at this address is the one that the launcher of this folder runs."""
    port, file = Ports(state / "temporal").known().get("temporal"), sqlite_file(state)
    return file if port is not None and file.exists() and address == f"127.0.0.1:{port}" else None


def dump_temporal(file: Path, writer: Writer) -> None:
    """As it is in one moment, by SQLite's online backup, while the server goes on writing."""
    with tempfile.TemporaryDirectory(dir=writer.file.parent) as folder:
        copy = Path(folder) / "temporal.sqlite"
        address = f"file:{quote(str(file))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        with copy.open("rb") as content, writer.part(PART) as part:
            shutil.copyfileobj(content, part)


def load_temporal(file: Path, reader: Reader) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with reader.part(PART) as part, file.open("xb") as target:
        shutil.copyfileobj(part, target)
    file.chmod(0o600)
