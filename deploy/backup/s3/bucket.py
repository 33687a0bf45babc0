"""The bucket: archives go there whole, are read back once, and are fetched again.

Without asyncio: the library's answers to it come from threads that may still run when Python ends, which it takes for
a crash.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store
from pydantic import SecretStr

from deploy.backup.naming import SUFFIX
from deploy.backup.refused import Refused
from deploy.backup.s3.address import address_of, home
from deploy.backup.s3.settings import S3
from deploy.backup.s3.trouble import ACCESS_KEY, BUCKET, SECRET_KEY, UNUSABLE, Trouble, trouble

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import S3Config

PIECE = 8 * 2**20
"""A store takes up to ten thousand in one upload: 80 GB."""

AT_ONCE = 2
PATIENCE = timedelta(minutes=1)
"""For one request: those pieces go up in it over any line of 2.5 Mbit/s."""

PROBE = ".liaison-doctor"
PANIC = "PanicException"
"""Of the library's Rust: no Exception, and nowhere to import from."""
NO_SUCH_KEY = "<Code>NoSuchKey</Code>"


@dataclass(frozen=True)
class Kept:
    """An archive in the bucket; `kept_at` by the store's clock."""

    archive: str
    size: int
    kept_at: datetime


class NotReadBack(Refused):
    """It is there under its name, and nobody knows whether it is whole."""

    def __init__(self, address: str, why: BaseException) -> None:
        told = str(why) or "that was broken off"
        super().__init__(f"{address} is there, but was not read back: it counts for nothing. {told}")


class Bucket:
    """Every failure is a `Refused` that names the setting. `hurry`: ask once more, not for some seconds."""

    def __init__(self, settings: S3, *, hurry: bool = False) -> None:
        _forget_what_others_set()
        self.settings = settings
        with self._explained():
            self._store = S3Store(
                _set(settings.bucket, BUCKET),
                config=_config(settings),
                client_options={"allow_http": True, "connect_timeout": "5s", "timeout": "10s" if hurry else PATIENCE},
                retry_config={"max_retries": 1 if hurry else 5, "retry_timeout": PATIENCE * 0.9},
            )

    def require_free(self, key: str) -> None:
        if self._size(key) is not None:
            raise Refused(f"{address_of(key, self.settings)} is there already")

    def keep(self, file: Path, key: str) -> None:
        """In pieces, and under its name when all are there. Then it is read back: without that it doesn't stay."""
        self.require_free(key)
        tag, digest = self._send(file, key)
        try:
            self._require_there(key, digest)
        except BaseException as error:
            self._take_back(key, tag, error)
            raise

    def _send(self, file: Path, key: str) -> tuple[str | None, bytes]:
        """The store's tag of it, and its SHA-256. Whose answer is lost may be there all the same: then it is said."""
        sent = hashlib.sha256()
        try:
            with self._explained():
                put = obstore.put(self._store, key, _pieces_of(file, sent), chunk_size=PIECE, max_concurrency=AT_ONCE)
        except BaseException as error:
            with suppress(Trouble):
                if self._meta(key):
                    raise NotReadBack(address_of(key, self.settings), error) from None
            raise
        return put["e_tag"], sent.digest()

    def _require_there(self, key: str, digest: bytes) -> None:
        there = hashlib.sha256()
        for piece in self._pieces(key):
            there.update(piece)
        if there.digest() != digest:
            raise Refused(f"{address_of(key, self.settings)} was not what had been sent: try again")

    def _take_back(self, key: str, tag: str | None, why: BaseException) -> None:
        """Only what we put: somebody else's of that name stays."""
        try:
            there = self._meta(key)
            if there and there["e_tag"] == tag:
                with self._explained():
                    obstore.delete(self._store, key)
        except Refused:
            raise NotReadBack(address_of(key, self.settings), why) from None

    def fetch(self, key: str, file: Path) -> None:
        if self._size(key) is None:
            address, look = address_of(key, self.settings), "liaison backup s3 --list"
            raise Refused(f"{address} is not there: look with {look}, or set {BUCKET} to another")
        with file.open("xb") as target:
            file.chmod(0o600)
            for piece in self._pieces(key):
                target.write(piece)

    def archives(self, folder: str) -> list[Kept]:
        """The oldest first. `folder` is a key that ends with `/`, or nothing."""
        with self._explained():
            listed = obstore.list(self._store, folder.rstrip("/") or None).collect()
        kept = [
            Kept(address_of(found["path"], self.settings), found["size"], found["last_modified"])
            for found in listed
            if found["path"].endswith(SUFFIX)
        ]
        return sorted(kept, key=lambda archive: (archive.kept_at, archive.archive))

    def try_writing(self) -> None:
        """Who may write and not delete leaves it there: it is written over the next time."""
        key = home(self.settings) + PROBE
        with self._explained():
            obstore.put(self._store, key, b"liaison doctor was here\n")
        with suppress(Trouble), self._explained():
            obstore.delete(self._store, key)

    def _size(self, key: str) -> int | None:
        there = self._meta(key)
        return there["size"] if there else None

    def _meta(self, key: str) -> "ObjectMeta | None":
        """By GET, of which only the head is read: a HEAD that fails doesn't say why."""
        with self._explained():
            try:
                return obstore.get(self._store, key).meta
            except (BaseError, FileNotFoundError) as error:
                if NO_SUCH_KEY in str(error):
                    return None
                raise

    def _pieces(self, key: str) -> Iterator[bytes]:
        """Each asked for by itself, so that a lost connection costs one piece."""
        size = self._size(key) or 0
        for start in range(0, size, PIECE):
            with self._explained():
                piece = obstore.get_range(self._store, key, start=start, length=min(PIECE, size - start))
            yield bytes(piece)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (BaseError, FileNotFoundError) as error:
            raise trouble(error, self.settings) from None
        except BaseException as error:
            if isinstance(error, ValueError) or type(error).__name__ == PANIC:
                raise Trouble(*UNUSABLE) from None
            raise


def _forget_what_others_set() -> None:
    """The library takes AWS_… of the environment besides what it is given, a token or another endpoint for one."""
    for name in [name for name in os.environ if name.upper().startswith("AWS_")]:
        del os.environ[name]


def _config(settings: S3) -> "S3Config":
    return {
        "endpoint": settings.address,
        "region": settings.region,
        "access_key_id": _set(settings.access_key, ACCESS_KEY),
        "secret_access_key": _set(settings.secret_key, SECRET_KEY),
        "disable_bulk_delete": True,  # not every store knows it
    }


def _pieces_of(file: Path, digest: "hashlib._Hash") -> Iterator[bytes]:
    with file.open("rb") as content:
        while piece := content.read(PIECE):
            digest.update(piece)
            yield piece


def _set(value: str | SecretStr | None, setting: str) -> str:
    plain = value.get_secret_value() if isinstance(value, SecretStr) else value
    if not plain:
        raise Trouble(f"{setting} is not set", "a bucket for archives needs it")
    return plain
