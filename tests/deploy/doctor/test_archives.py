"""The bucket for archives, as the doctor finds it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.clock import now
from deploy.backup.s3.bucket import Bucket
from deploy.doctor.archives import look_at_archives
from deploy.doctor.finding import State
from tests.deploy.doctor.certificates import certificate, shown
from tests.deploy.doctor.patient import NOTHING, bad
from tests.fixtures.store import OwnBucket

NIGHTLY = "liaison-2026-11-25T013000Z-0a1b2c.tar"


async def test_a_bucket_with_a_new_archive_is_good(
    bucket: OwnBucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployment, subject = replace(NOTHING, archives=bucket.settings), f"archives in s3://{bucket.name}/nightly/"
    assert bad(await look_at_archives(deployment))[subject].state is State.MISSING
    (tmp_path / "archive").write_bytes(b"archive")
    for other in ("nightly/before-upgrade.tar", f"nightly/old/{NIGHTLY}"):
        Bucket(bucket.settings).keep(tmp_path / "archive", other)
    assert bad(await look_at_archives(deployment))[subject].state is State.MISSING
    Bucket(bucket.settings).keep(tmp_path / "archive", f"nightly/{NIGHTLY}")
    assert [(found.subject, found.state) for found in await look_at_archives(deployment)] == [(subject, State.GOOD)]
    assert "nightly/.liaison-doctor" not in bucket.names()
    monkeypatch.setattr("deploy.doctor.archives.now", lambda: now() + timedelta(days=2, minutes=1))
    assert "more than 2 days old" in bad(await look_at_archives(deployment))[subject].what


async def test_a_bucket_that_is_not_reached_or_lets_nobody_in(bucket: OwnBucket) -> None:
    for other, mend in (
        (bucket.but(endpoint="http://127.0.0.1:1"), "LIAISON_BACKUP_S3__ENDPOINT"),
        (bucket.but(keys=bucket.store.stranger), "LIAISON_BACKUP_S3__ACCESS_KEY"),
        (bucket.but(name="nobodys-bucket"), "LIAISON_BACKUP_S3__BUCKET"),
    ):
        (found,) = bad(await look_at_archives(replace(NOTHING, archives=other.settings))).values()
        assert mend in found.mend


async def test_a_store_whose_certificate_is_not_trusted(bucket: OwnBucket, tmp_path: Path) -> None:
    context = certificate(tmp_path, "localhost", age=timedelta(days=1), left=timedelta(days=1))
    async with shown(context) as port:
        there = bucket.but(endpoint=f"https://localhost:{port}").settings
        (found,) = bad(await look_at_archives(replace(NOTHING, archives=there))).values()
    assert f"certificate of https://localhost:{port} is not trusted" in found.what


async def test_a_bucket_that_may_only_be_read(bucket: OwnBucket) -> None:
    reader = bucket.but(keys=bucket.store.reader)
    (found,) = bad(await look_at_archives(replace(NOTHING, archives=reader.settings))).values()
    assert "s3:PutObject" in found.mend


async def test_without_a_bucket_nothing_is_asked() -> None:
    assert await look_at_archives(NOTHING) == []
