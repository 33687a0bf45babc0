"""Archives are written and read as files of this machine; those of the bucket pass through its state folder.

There is room for them there: a restore needs more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.backup.naming import new_name
from deploy.backup.refused import Refused
from deploy.backup.room import room
from deploy.backup.s3.address import address_of, is_folder, is_in_bucket, key_of
from deploy.backup.s3.bucket import Bucket, Kept
from deploy.backup.s3.configured import configured


@contextmanager
def archive_for(place: str, state: Path) -> Iterator[tuple[Path, str]]:
    """The file to write, and where it then is: a file, or an address in the bucket, to which it goes at the end."""
    if not is_in_bucket(place):
        file = Path(place).absolute()
        file = file / new_name() if file.is_dir() else file
        yield file, str(file)
        return
    bucket, key = _find(place)
    key += new_name() if is_folder(key) else ""
    bucket.require_free(key)
    with room(state, _name(key)) as file:
        yield file, address_of(key, bucket.settings)
        bucket.keep(file, key)


@contextmanager
def archive_at(place: str, state: Path) -> Iterator[Path]:
    """The file to read."""
    if not is_in_bucket(place):
        yield Path(place)
        return
    bucket, key = _find(place)
    if is_folder(key):
        raise Refused(f"{place} is a folder: liaison backup {place} --list names the archives in it")
    with room(state, _name(key)) as file:
        bucket.fetch(key, file)
        yield file


def archives_in(place: str) -> list[Kept]:
    """The oldest first."""
    if not is_in_bucket(place):
        raise Refused(f"{place} is not in the bucket: liaison backup s3 --list, and ls for a folder")
    bucket, key = _find(place)
    return bucket.archives(key)


def _find(place: str) -> tuple[Bucket, str]:
    settings = configured()
    key = key_of(place, settings)
    return Bucket(settings), key


def _name(key: str) -> str:
    return key.rpartition("/")[-1]
