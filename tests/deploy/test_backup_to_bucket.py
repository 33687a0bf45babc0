"""`liaison backup` to the bucket and `liaison restore` from it, at a store that speaks S3 over HTTP."""

import asyncio
import json
from pathlib import Path

from typer.testing import CliRunner, Result

from deploy.cli import liaison
from tests.fixtures.places import EVENT, PASSPHRASE, MakePlace, Place
from tests.fixtures.store import OwnBucket


async def command(*arguments: str, **environment: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, liaison, arguments, env={**environment, "LIAISON_HANDED": None})


def environment_of(place: Place, bucket: OwnBucket, folder: Path) -> dict[str, str]:
    """As an operator sets it for a platform whose databases somebody has made."""
    (folder / "passphrase").write_text(PASSPHRASE)
    databases = {f"LIAISON_DATABASES__{name.upper()}": place.url(name) for name in place.names}
    owners = {f"LIAISON_OWNERS__{name.upper()}": place.url(name, owner=True) for name in place.names}
    return {
        **databases,
        **owners,
        **bucket.environment,
        "LIAISON_STATE": str(place.folder),
        "LIAISON_FIND_SERVERS": "false",
        "LIAISON_TEMPORAL_ADDRESS": "127.0.0.1:1",
        "LIAISON_BACKUP_PASSPHRASE_FILE": str(folder / "passphrase"),
    }


async def test_a_platform_comes_back_from_the_bucket_alone(place: MakePlace, bucket: OwnBucket, tmp_path: Path) -> None:
    old, new = await place("old"), await place("new")
    (old.folder / "keys").mkdir(parents=True)
    (old.folder / "keys" / "journal-key").write_text("a key")
    await old.run("filing", EVENT)
    taken = await command("backup", "s3", "--json", **environment_of(old, bucket, tmp_path))
    assert taken.exit_code == 0, taken.output
    archive = json.loads(taken.stdout)
    assert [f"s3://{bucket.name}/{name}" for name in bucket.names()] == [archive["file"]]
    assert archive["file"].startswith(f"s3://{bucket.name}/nightly/liaison-")
    assert [file.name for file in old.folder.iterdir()] == ["keys"]

    there = environment_of(new, bucket, tmp_path)
    listed = json.loads((await command("backup", "s3", "--list", "--json", **there)).stdout)
    assert [(one["archive"], one["size"]) for one in listed] == [(archive["file"], archive["size"])]
    restored = await command("restore", listed[-1]["archive"], "--json", **there)
    assert restored.exit_code == 0, restored.output
    assert await new.run("filing", "SELECT count(*) FROM outbox") == 1
    assert (new.folder / "keys" / "journal-key").read_text() == "a key"
    assert not list(new.folder.glob(".archive-*"))


async def test_a_bucket_that_does_not_take_it_is_told_before_anything_is_done(
    place: MakePlace, bucket: OwnBucket, tmp_path: Path
) -> None:
    settings = environment_of(await place("old"), bucket, tmp_path)
    lost = await command("backup", "s3", **settings | {"LIAISON_BACKUP_S3__BUCKET": "nobodys"})
    assert lost.exit_code == 1
    assert "No backup was made. There is no bucket nobodys" in lost.stderr
    other = await command("restore", "s3://another/archive.tar", **settings)
    assert "Nothing was restored. s3://another/archive.tar is not in the bucket" in other.stderr
    unset = await command("backup", "s3", **settings | {"LIAISON_BACKUP_S3__BUCKET": ""})
    assert "LIAISON_BACKUP_S3__BUCKET is not set" in unset.stderr


async def test_names_are_listed_as_they_are(place: MakePlace, bucket: OwnBucket, tmp_path: Path) -> None:
    settings = environment_of(await place("old"), bucket, tmp_path)
    name = "nightly/[red]liaison[/red].tar"
    bucket.store.client("s3", bucket.keys).put_object(Bucket=bucket.name, Key=name, Body=b"archive")
    listed = await command("backup", "s3", "--list", **settings)
    assert f"s3://{bucket.name}/{name}: 7 bytes" in listed.stderr
