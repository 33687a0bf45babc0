"""The two commands by which anybody finds out that something was changed."""

import asyncio
import json
from pathlib import Path

import asyncpg
import pytest
import typer
from typer.testing import CliRunner

from chassis.db import Database
from deploy.cli import check_list, journal
from services.registry.journal.append import append
from services.registry.journal.seal import seal_journal
from tests.registry.samples import KEYRING, NOON, envelope, lapsed
from tests.registry.test_proof import bundle

checker = typer.Typer()
checker.command("check-list")(check_list.check_list)


@pytest.fixture
async def root(registry: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LIAISON_DATABASES__REGISTRY", registry.url)
    async with registry.transaction() as session:
        await append(session, [envelope(lapsed()) for _ in range(5)], KEYRING, NOON)
    async with registry.transaction() as session:
        return (await seal_journal(session, KEYRING, "test", NOON)).root


async def run(app: typer.Typer, *words: str) -> tuple[int, str]:
    """The command runs its own loop, so it needs a thread of its own."""
    result = await asyncio.to_thread(CliRunner().invoke, app, words)
    return result.exit_code, result.output


async def test_a_journal_that_holds(root: str) -> None:
    code, output = await run(journal.app, "verify", "--root", root)
    assert code == 0
    assert f"the journal holds: 5 rows, 1 roots, newest root {root}" in output


async def test_a_changed_row_is_named(root: str, intruder: asyncpg.Connection) -> None:
    event_id = await intruder.fetchval("UPDATE journal SET actor = 'nobody' WHERE seq = 3 RETURNING event_id")
    code, output = await run(journal.app, "verify")
    assert code == 1
    assert f"changed row 3 (event {event_id})" in output
    assert "DOES NOT HOLD" in output


async def test_json_for_machines(root: str, intruder: asyncpg.Connection) -> None:
    await intruder.execute("DELETE FROM journal WHERE seq = 5")
    code, output = await run(journal.app, "verify", "--json")
    assert code == 1
    report = json.loads(output)
    assert (report["holds"], report["rows"]) == (False, 4)
    assert {"kind": "cut_off", "seq": 5} in [{key: one[key] for key in ("kind", "seq")} for one in report["faults"]]


async def test_without_keys_nothing_is_claimed(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KEYS__first", "KEYS__second"):
        monkeypatch.delenv(f"LIAISON_JOURNAL_{name}")
    code, output = await run(journal.app, "verify")
    assert code == 2
    assert "LIAISON_JOURNAL_KEYS" in output


async def test_a_list_that_was_decided(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text(bundle().model_dump_json())
    code, output = await run(checker, str(path), "--root", bundle().root.root)
    assert (code, output) == (0, "1: 4 enterprises, exactly those that were decided\n")
    code, output = await run(checker, str(path))
    assert code == 0
    assert bundle().root.root in output


async def test_a_list_under_another_root(tmp_path: Path) -> None:
    path = tmp_path / "proof.json"
    path.write_text(bundle().model_dump_json())
    code, output = await run(checker, str(path), "--root", "f" * 64, "--json")
    assert code == 1
    assert json.loads(output)["holds"] is False


@pytest.mark.parametrize("text", [None, "", "{}", '{"format": "other"}'])
async def test_what_is_no_proof(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "proof.json"
    if text is not None:
        path.write_text(text)
    assert (await run(checker, str(path)))[0] == 2
