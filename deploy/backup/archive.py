"""One file: a tar of gzipped parts, and at its end the manifest with the SHA-256 of each."""

import gzip
import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from pydantic import ValidationError

from deploy.backup.manifest import FORMAT, Manifest, Part
from deploy.backup.refused import Refused

MANIFEST = "manifest.json"
CHUNK = 1 << 20
LEVEL = 6


class Writer:
    """Writes beside `file`, and puts it there when it is whole: there is never half an archive under that name."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.parts: list[Part] = []
        self._draft = file.with_name(f".{file.name}.draft")

    def __enter__(self) -> Self:
        self._draft.unlink(missing_ok=True)
        descriptor = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._target = os.fdopen(descriptor, "wb")
        self._tar = tarfile.open(fileobj=self._target, mode="w")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tar.close()
        self._target.flush()
        os.fsync(self._target.fileno())
        self._target.close()
        if kind is None:
            self._draft.replace(self.file)
        else:
            self._draft.unlink()

    @contextmanager
    def part(self, name: str) -> Iterator[gzip.GzipFile]:
        """What is written to it lies gzipped in the archive. A part needs its own size on disk besides, once."""
        with tempfile.TemporaryFile(dir=self.file.parent) as spool:
            with gzip.GzipFile(fileobj=spool, mode="wb", compresslevel=LEVEL, mtime=0) as packed:
                yield packed
            size = spool.tell()
            spool.seek(0)
            self.parts.append(Part(name=name, size=size, sha256=sum_of(spool)))
            spool.seek(0)
            self._add(name, spool, size)

    def close_with(self, manifest: Manifest) -> None:
        text = manifest.model_dump_json(indent=1).encode()
        self._add(MANIFEST, io.BytesIO(text), len(text))

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self._tar.addfile(entry, content)


class Reader:
    """Opens an archive; `Refused` when it is none, or newer than this code. `verify` before anything is taken out."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __enter__(self) -> Self:
        try:
            self._tar = tarfile.open(self.file, "r:")
            self.manifest = self._read_manifest()
        except FileNotFoundError:
            raise Refused(f"{self.file} is not there") from None
        except (tarfile.TarError, KeyError, ValidationError) as error:
            raise Refused(f"{self.file} is no archive of `liaison backup`, or was cut off: {error}") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tar.close()

    def _read_manifest(self) -> Manifest:
        with self._stored(MANIFEST) as text:
            manifest = Manifest.model_validate_json(text.read())
        if manifest.format > FORMAT:
            raise Refused(f"{self.file} has format {manifest.format}, this code reads up to {FORMAT}: upgrade first")
        return manifest

    def verify(self) -> None:
        """Every part is there, and is what was written; `Refused` names the first that is not."""
        there = set(self._tar.getnames()) - {MANIFEST}
        for part in self.manifest.parts:
            if part.name not in there:
                raise Refused(f"{self.file}: the part {part.name} is missing")
            with self._stored(part.name) as content:
                if sum_of(content) != part.sha256:
                    raise Refused(f"{self.file}: the part {part.name} is damaged, its SHA-256 is not the manifest's")
        if extra := there - {part.name for part in self.manifest.parts}:
            raise Refused(f"{self.file}: the manifest knows nothing of {min(extra)}")

    @contextmanager
    def part(self, name: str) -> Iterator[gzip.GzipFile]:
        with self._stored(name) as content, gzip.GzipFile(fileobj=content, mode="rb") as unpacked:
            yield unpacked

    @contextmanager
    def _stored(self, name: str) -> Iterator[IO[bytes]]:
        content = self._tar.extractfile(name)
        if content is None:
            raise KeyError(name)
        with content:
            yield content


def sum_of(content: IO[bytes]) -> str:
    """SHA-256 of the rest of it."""
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
