"""A platform with cases at all stages is backed up while everybody works, lost, restored, and comes to its end."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from contracts.enums import NominationStatus as Status
from deploy.demo.caller import Services
from deploy.demo.sample import files_by_authority
from deploy.stack import Stack
from deploy.stack.processes import SERVICES
from services.filing.declaration import PERSONAL
from tests.system.beside import liaison, rows, until
from tests.system.conftest import running
from tests.system.killing import Gate
from tests.system.resuming import Interrupted
from tests.system.test_kills import sample_of
from tests.system.whole import check_journal, check_list, check_outcomes, check_stages, is_quiet, statuses

pytestmark = pytest.mark.rehearsal

WITHIN = 300
AUTHORITIES = 14
NOTICE = 45.0
"""Seconds: longer than a backup and a restore, so that it ends on the other platform."""


class Restored(NamedTuple):
    stack: Stack
    archive: dict[str, Any]
    standing: dict[str, int]
    """How many cases stood where, of the two campaigns, right before the backup."""
    lost: int
    """Events that were recorded after the backup."""


@pytest.fixture(scope="module")
async def restored(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Restored]:
    folder = tmp_path_factory.mktemp("restored")
    (folder / "passphrase").write_text("correct horse battery staple\n")
    async with asyncio.timeout(WITHIN):
        async with running(folder / "lost") as stack:
            services = Services(stack.urls, stack.signer)
            early, late = _plays(services, folder)
            await late.put_on_notice()
            standing, archive, lost = await _back_up_while_working(stack, services, early, late, folder)
            await services.close()
        shutil.rmtree(folder / "lost")
        await _restore(folder)
        async with running(folder / "found") as stack:
            services = Services(stack.urls, stack.signer)
            await asyncio.gather(*(_go_on(services, play) for play in (early, late)))
            await until(lambda: is_quiet(stack), "all events are published and in the journal")
            yield Restored(stack, archive, standing, lost)
            await services.close()


def _plays(services: Services, folder: Path) -> tuple[Interrupted, Interrupted]:
    files = files_by_authority(sample_of(folder))
    early, late = dict(list(files.items())[:AUTHORITIES]), dict(list(files.items())[-2:])
    return (
        Interrupted(services, early, lambda *_progress: None, number=2),
        Interrupted(services, late, lambda *_progress: None, number=1, notice_seconds=NOTICE),
    )


async def _back_up_while_working(
    stack: Stack, services: Services, early: Interrupted, late: Interrupted, folder: Path
) -> tuple[dict[str, int], dict[str, Any], int]:
    gate = Gate(services.http)
    working = [asyncio.create_task(early.run()), asyncio.create_task(_let_in(gate, AUTHORITIES - 1))]

    async def at_work() -> bool:
        standing = await early.standing()
        return all(standing.get(status) for status in (Status.AWAITING_RECOMMENDATION, Status.UNDER_REVIEW))

    await until(at_work, "cases stand at several stages", every=0.05)
    standing = {**await early.standing(), Status.ON_NOTICE: (await late.standing())[Status.ON_NOTICE]}
    code, archive = await liaison(
        stack, "backup", str(folder / "archive"), "--passphrase-file", str(folder / "passphrase")
    )
    assert code == 0
    await asyncio.sleep(3)  # what is done now is lost with the disk
    journal = await rows(stack, "registry", "SELECT seq FROM journal")
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    return standing, archive, len(journal) - archive["journal"]["seq"]


async def _let_in(gate: Gate, files: int) -> None:
    """One file after another, so that cases stand at all stages when the backup is taken; the last one stays out."""
    for count in range(4, files):
        await gate.open(count)
        await asyncio.sleep(4)


async def _restore(folder: Path) -> None:
    command = [sys.executable, "-m", "deploy.cli", "restore", str(folder / "archive"), "--json"]
    settings = {
        "LIAISON_STATE": str(folder / "found"),
        "LIAISON_FIND_SERVERS": "false",
        "LIAISON_BACKUP_PASSPHRASE_FILE": str(folder / "passphrase"),
    }
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **settings}, stdout=asyncio.subprocess.DEVNULL
    )
    assert await process.wait() == 0


async def _go_on(services: Services, play: Interrupted) -> None:
    play.services = services
    await (play.from_the_notice() if play.notice_id else play.run())


async def test_it_was_backed_up_in_the_middle_of_its_work(restored: Restored) -> None:
    for status in (Status.AWAITING_RECOMMENDATION, Status.UNDER_REVIEW, Status.ON_NOTICE):
        assert restored.standing[status], status
    assert restored.lost > 0
    assert restored.archive["temporal_at"] < restored.archive["taken_at"]


async def test_every_nomination_ended_in_one_outcome(restored: Restored) -> None:
    assert len(await statuses(restored.stack)) >= AUTHORITIES
    await check_outcomes(restored.stack)


async def test_both_lists_are_what_was_decided(restored: Restored) -> None:
    assert len(await rows(restored.stack, "registry", "SELECT FROM lists")) == 2
    await check_list(restored.stack)


async def test_no_stage_is_left_open_and_each_ended_once(restored: Restored) -> None:
    await check_stages(restored.stack)


async def test_every_event_stands_once_in_the_journal_and_it_verifies(restored: Restored) -> None:
    await check_journal(restored.stack)


async def test_nothing_was_done_twice(restored: Restored) -> None:
    """An event of another id that says the same would be a second deed."""
    again = "SELECT type, data, count(*) FROM journal GROUP BY type, data HAVING count(*) > 1"
    assert await rows(restored.stack, "registry", again) == []
    messages = (
        "SELECT event->>'type', event->>'data', party, channel, template FROM messages "
        "GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1"
    )
    assert await rows(restored.stack, "notify", messages) == []
    assert await rows(restored.stack, "notify", "SELECT FROM messages LIMIT 1")


async def test_the_journal_can_only_be_added_to(restored: Restored) -> None:
    for table in ("journal", "roots", "lists", "entry_history"):
        found = await rows(
            restored.stack,
            "registry",
            "SELECT has_table_privilege($1, 'INSERT') AS add, has_table_privilege($1, 'UPDATE') AS change, "
            "has_table_privilege($1, 'DELETE') AS remove",
            table,
        )
        assert tuple(found[0]) == (True, False, False), table


async def test_the_journal_verifies_after_personal_data_were_erased(
    restored: Restored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody may know any longer is in no row of any table, the journal's and the messages' included."""
    stack = restored.stack
    people = await _people(stack)
    assert people
    assert {one for one in people if one in await _text(stack)} == people
    monkeypatch.setenv("LIAISON_RETENTION", json.dumps(dict.fromkeys(("contacts", "objectors", "names", "answers"), 0)))
    code, erased = await liaison(stack, "retention", "erase")
    assert code == 0
    assert {one["rule"] for one in erased if one["count"]} >= {"contacts", "names"}
    text = await _text(stack)
    assert {one for one in people if one in text} == set()
    await until(lambda: is_quiet(stack), "that it was done is in the journal")
    told = await rows(stack, "registry", "SELECT data FROM journal WHERE type LIKE '%.personal_data.erased.v1'")
    assert {json.loads(row["data"])["rule"] for row in told} >= {"contacts", "names"}
    await check_journal(stack)


async def _people(stack: Stack) -> set[str]:
    found = await rows(stack, "filing", "SELECT declaration -> 'basics' AS basics FROM revisions")
    return {json.loads(row["basics"])[name] for row in found for name in PERSONAL}


async def _text(stack: Stack) -> str:
    """Every row of every table."""
    found = []
    for service in SERVICES:
        tables = await rows(stack, service, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        every = " UNION ALL ".join(f'SELECT t::text AS row FROM "{table[0]}" AS t' for table in tables)
        found += [row["row"] for row in await rows(stack, service, every)]
    return "\n".join(found)
