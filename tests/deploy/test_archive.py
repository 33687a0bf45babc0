"""An archive says when it is damaged, cut off or from a newer version, and keeps its keys to itself."""

import io
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.backup.archive import MANIFEST, Reader, Writer
from deploy.backup.manifest import JournalPosition, Manifest
from deploy.backup.passphrase import check_passphrase, seal, unseal
from deploy.backup.refused import Refused

Change = Callable[[dict[str, bytes]], None]


def manifest(writer: Writer) -> Manifest:
    return Manifest(
        version="0.1.0",
        temporal_at=None,
        taken_at=datetime.now(UTC),
        journal=JournalPosition(seq=0, mac="00", newest_root=None),
        databases={},
        keys=False,
        dead_letters=None,
        parts=writer.parts,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "archive"
    with Writer(file) as writer:
        with writer.part("one") as part:
            part.write(b"first\n" * 1000)
        with writer.part("two") as part:
            part.write(b"second")
        writer.close_with(manifest(writer))
    return file


def changed(file: Path, change: Change) -> Path:
    with tarfile.open(file) as tar:
        parts = {name: _bytes(tar, name) for name in tar.getnames()}
    change(parts)
    with tarfile.open(file, "w") as tar:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return file


def _bytes(tar: tarfile.TarFile, name: str) -> bytes:
    content = tar.extractfile(name)
    assert content
    return content.read()


def test_what_was_written_is_read(file: Path) -> None:
    with Reader(file) as reader:
        reader.verify()
        with reader.part("one") as part:
            assert part.read() == b"first\n" * 1000
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda parts: parts.update(two=parts["two"][:-1] + b"x"), "the part two is damaged"),
        (lambda parts: parts.pop("one"), "the part one is missing"),
        (lambda parts: parts.update(three=b""), "knows nothing of three"),
        (lambda parts: parts.pop(MANIFEST), "no archive"),
        (
            lambda parts: parts.update({MANIFEST: parts[MANIFEST].replace(b'"format": 1', b'"format": 2')}),
            "upgrade first",
        ),
    ],
)
def test_what_was_changed_is_named(file: Path, change: Change, why: str) -> None:
    with pytest.raises(Refused, match=why), Reader(changed(file, change)) as reader:
        reader.verify()


def test_half_an_archive_is_refused(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 4])
    with pytest.raises(Refused, match="cut off"), Reader(file) as reader:
        reader.verify()


def test_what_failed_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="disk"):
        _write_to_a_full_disk(tmp_path / "archive")
    assert list(tmp_path.iterdir()) == []


def _write_to_a_full_disk(file: Path) -> None:
    with Writer(file) as writer, writer.part("one") as part:
        part.write(b"some")
        raise OSError("the disk is full")


def test_keys_open_with_their_passphrase_alone() -> None:
    sealed = seal(b"secret", "correct horse battery")
    assert b"secret" not in sealed
    assert unseal(sealed, "correct horse battery") == b"secret"
    with pytest.raises(Refused, match="doesn't open"):
        unseal(sealed, "correct horse batterz")
    with pytest.raises(Refused, match="doesn't open"):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), "correct horse battery")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Refused, match="fewer than 12"):
        check_passphrase("short")
