"""The bucket for archives, at a store that speaks S3 over HTTP."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from chassis.settings import Settings
from deploy.backup.refused import Refused
from deploy.backup.s3.address import key_of
from deploy.backup.s3.bucket import PIECE, Bucket, NotReadBack
from deploy.backup.s3.configured import configured
from deploy.backup.s3.settings import S3
from deploy.backup.s3.trouble import Trouble
from deploy.doctor.archives import look_at_archives
from deploy.doctor.deployment import find_deployment
from deploy.stack.settings import StackSettings
from tests.fixtures.store import Keys, OwnBucket

WRONG = "not-the-secret-of-that-key"


class Line:
    """A line to the store that can be cut, tell lies about what is read, or lose the answer that all is there."""

    def __init__(self, endpoint: str, room: int) -> None:
        url = urlsplit(endpoint)
        self.host, self.port, self.room = url.hostname, url.port, room
        self.lies = self.swallows = False

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.room > 0:
            there, back = await asyncio.open_connection(self.host, self.port)
            await asyncio.gather(self._pass_on(reader, back), self._answer(there, writer))
        writer.close()

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while self.room > 0 and (data := await source.read(1 << 16)):
            self.room -= len(data)
            target.write(data)
        target.close()

    async def _answer(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(1 << 16):
            if self.swallows and b"<CompleteMultipartUploadResult" in data:
                break
            target.write(data.replace(b"a" * 99, b"b" * 99) if self.lies else data)
        target.close()


@asynccontextmanager
async def line_to(endpoint: str, room: int = 1 << 40) -> AsyncIterator[tuple[Line, str]]:
    line = Line(endpoint, room)
    async with await asyncio.start_server(line.connect, "127.0.0.1", 0) as server:
        yield line, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


class Interrupted(Bucket):
    """Something happens between the upload and the reading back."""

    def when_sent(self, happens: Callable[[], None]) -> "Interrupted":
        self.happens = happens
        return self

    def _require_there(self, key: str, digest: bytes) -> None:
        self.happens()
        super()._require_there(key, digest)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Of three pieces."""
    file = tmp_path / "archive.tar"
    with file.open("wb") as content:
        content.write(b"a" * (2 * PIECE))
        content.write(os.urandom(1000))
    return file


async def test_an_upload_that_was_cut_leaves_nothing_under_its_name(bucket: OwnBucket, file: Path) -> None:
    async with line_to(bucket.endpoint, room=PIECE * 3 // 2) as (_, endpoint):
        cut = Bucket(bucket.but(endpoint=endpoint).settings, hurry=True)
        with pytest.raises(Refused, match="LIAISON_BACKUP_S3__ENDPOINT"):
            await asyncio.to_thread(cut.keep, file, "nightly/archive.tar")
    assert bucket.names() == []
    Bucket(bucket.settings).keep(file, "nightly/archive.tar")
    assert bucket.names() == ["nightly/archive.tar"]


async def test_what_is_there_and_not_what_was_sent_is_deleted(bucket: OwnBucket, file: Path) -> None:
    async with line_to(bucket.endpoint) as (line, endpoint):
        line.lies = True
        lying = Bucket(bucket.but(endpoint=endpoint).settings)
        with pytest.raises(Refused, match="not what had been sent"):
            await asyncio.to_thread(lying.keep, file, "archive.tar")
    assert bucket.names() == []


def test_an_archive_is_not_written_over(bucket: OwnBucket, file: Path) -> None:
    ours = Bucket(bucket.settings)
    ours.require_free("archive.tar")
    ours.keep(file, "archive.tar")
    with pytest.raises(Refused, match="is there already"):
        ours.require_free("archive.tar")
    with pytest.raises(Refused, match="is there already"):
        ours.keep(file, "archive.tar")
    assert bucket.names() == ["archive.tar"]


def test_another_archive_that_took_the_name_meanwhile_stays(bucket: OwnBucket, file: Path) -> None:
    client = bucket.store.client("s3", bucket.keys)
    raced = Interrupted(bucket.settings).when_sent(
        lambda: client.put_object(Bucket=bucket.name, Key="archive.tar", Body=b"another's")
    )
    with pytest.raises(Refused, match="not what had been sent"):
        raced.keep(file, "archive.tar")
    assert client.get_object(Bucket=bucket.name, Key="archive.tar")["Body"].read() == b"another's"


async def test_what_could_neither_be_read_back_nor_deleted_is_told(bucket: OwnBucket, file: Path) -> None:
    async with line_to(bucket.endpoint) as (line, endpoint):
        settings = bucket.but(endpoint=endpoint).settings
        cut = Interrupted(settings, hurry=True).when_sent(lambda: setattr(line, "room", 0))
        with pytest.raises(NotReadBack, match=r"archive\.tar is there, but was not read back: .* Nothing answers"):
            await asyncio.to_thread(cut.keep, file, "archive.tar")
    assert bucket.names() == ["archive.tar"]


async def test_what_is_there_though_the_answer_is_lost_is_told(bucket: OwnBucket, file: Path) -> None:
    async with line_to(bucket.endpoint) as (line, endpoint):
        line.swallows = True
        deaf = Bucket(bucket.but(endpoint=endpoint).settings, hurry=True)
        with pytest.raises(NotReadBack, match=r"archive\.tar is there, but was not read back"):
            await asyncio.to_thread(deaf.keep, file, "archive.tar")
    assert bucket.names() == ["archive.tar"]


def test_what_is_broken_off_while_it_is_read_back_goes(bucket: OwnBucket, file: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Interrupted(bucket.settings).when_sent(stop).keep(file, "archive.tar")
    assert bucket.names() == []


def test_only_our_settings_count(bucket: OwnBucket, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_SESSION_TOKEN": "another's",
        "AWS_SKIP_SIGNATURE": "true",
        "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1",
        "AWS_SERVER_SIDE_ENCRYPTION": "aws:kms",
    }.items():
        monkeypatch.setenv(name, value)
    Bucket(bucket.settings, hurry=True).keep(file, "archive.tar")
    assert bucket.names() == ["archive.tar"]


def test_only_archives_of_the_folder_are_listed(bucket: OwnBucket, tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"one")
    for key in ("nightly/one.tar", "nightly/one.txt", "nightly-2/two.tar", "three.tar"):
        Bucket(bucket.settings).keep(tmp_path / "one", key)
    listed = Bucket(bucket.settings).archives("nightly/")
    assert [(one.archive, one.size) for one in listed] == [(f"s3://{bucket.name}/nightly/one.tar", 3)]
    assert len(Bucket(bucket.settings).archives("")) == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "nobodys-bucket"}, ("no bucket nobodys-bucket", "LIAISON_BACKUP_S3__BUCKET")),
        ({"endpoint": "http://127.0.0.1:1"}, ("nothing answers at http://127.0.0.1:1", "LIAISON_BACKUP_S3__ENDPOINT")),
        ({"keys": Keys("AKIANOBODY", WRONG)}, ("access key is not known", "LIAISON_BACKUP_S3__ACCESS_KEY")),
        ({"keys": "secret"}, ("secret key is not the access key's", "LIAISON_BACKUP_S3__SECRET_KEY")),
        ({"keys": "stranger"}, ("is denied", "LIAISON_BACKUP_S3__ACCESS_KEY")),
        ({"keys": Keys("AKIANOBODY", "")}, ("LIAISON_BACKUP_S3__SECRET_KEY is not set",)),
    ],
)
def test_what_goes_wrong_names_its_setting_and_no_secret(
    bucket: OwnBucket, file: Path, change: dict[str, object], words: tuple[str, ...]
) -> None:
    owner = bucket.keys
    known = {"secret": Keys(owner.access, WRONG), "stranger": bucket.store.stranger}
    settings = bucket.but(**{name: known.get(str(value), value) for name, value in change.items()}).settings
    for does in (
        lambda: Bucket(settings, hurry=True).keep(file, "archive.tar"),
        lambda: Bucket(settings, hurry=True).fetch("archive.tar", file.with_name("fetched")),
        lambda: Bucket(settings, hurry=True).archives(""),
    ):
        with pytest.raises(Refused) as refused:
            does()
        told = str(refused.value)
        assert all(word.lower() in told.lower() for word in words)
        assert WRONG not in told
        assert owner.secret not in told


def test_an_archive_that_is_not_there(bucket: OwnBucket, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"nightly/lost.tar is not there: .*LIAISON_BACKUP_S3__BUCKET"):
        Bucket(bucket.settings).fetch("nightly/lost.tar", tmp_path / "fetched")
    assert list(tmp_path.iterdir()) == []


def test_settings_show_no_secret() -> None:
    settings = S3.model_validate({"bucket": "backups", "secret_key": WRONG})
    assert WRONG not in repr(settings)
    with pytest.raises(ValueError, match="endpoint") as wrong:
        S3.model_validate({"endpoint": "nowhere", "secret_key": WRONG})
    assert WRONG not in str(wrong.value)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ENDPOINT", "nowhere"),
        ("ENDPOINT", "https://somebody:hidden@s3.example.cn"),
        ("ENDPOINT", "https://s3.example.cn/?token=hidden"),
        ("REGION", "us east\n"),
        ("BUCKET", "hidden/name"),
        ("BUCKET", "Hidden"),
        ("PREFIX", "hidden//folder"),
        ("PREFIX", "../hidden"),
        ("PREFIX", "hidden\nfolder"),
        ("ACCESS_KEY", "hidden\n"),
        ("SECRET_KEY", "hidden key"),
        ("DAYS", "0"),
    ],
)
async def test_a_setting_that_can_not_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    monkeypatch.setenv(f"LIAISON_BACKUP_S3__{setting}", value)
    with pytest.raises(Trouble, match=f"LIAISON_BACKUP_S3__{setting} can't be used") as wrong:
        configured()
    assert "hidden" not in str(wrong.value)
    (found,) = await look_at_archives(find_deployment(StackSettings(), Settings()))
    assert found.is_bad
    assert setting in found.what


@pytest.mark.parametrize("key", ["a//b.tar", "../b.tar", "a\nb.tar", "/b.tar"])
def test_what_is_no_name_in_a_bucket_is_refused(bucket: OwnBucket, key: str) -> None:
    with pytest.raises(Refused, match="no address"):
        key_of(f"s3://{bucket.name}/{key}", bucket.settings)
    with pytest.raises(Refused):
        Bucket(bucket.settings, hurry=True).keep(Path(__file__), key.lstrip("/") + "\n")


def test_without_an_endpoint_it_is_amazons() -> None:
    settings = S3.model_validate({"bucket": "backups", "endpoint": "", "region": "cn-north-1"})
    assert settings.where == "Amazon S3 (cn-north-1)"
    assert settings.address == "https://s3.cn-north-1.amazonaws.com.cn"
