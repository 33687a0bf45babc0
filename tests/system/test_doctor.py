"""The doctor beside a running platform: it finds it healthy, and what was broken for real."""

import os
import signal
from collections.abc import AsyncIterator
from typing import Any

import pytest
from temporalio.client import Client

from deploy.stack import Stack
from tests.system.beside import liaison, settings_of
from tests.system.conftest import running
from workflows.readiness import JOURNAL_SEAL

pytestmark = pytest.mark.rehearsal

BAD = ("missing", "wrong")


@pytest.fixture(scope="module")
async def patient(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """A platform of these tests alone: they break it."""
    async with running(tmp_path_factory.mktemp("patient")) as stack:
        yield stack


async def examine(stack: Stack) -> tuple[int, dict[str, dict[str, Any]]]:
    code, findings = await liaison(stack, "doctor")
    return code, {finding["subject"]: finding for finding in findings}


def bad(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Subject → mend."""
    return {one["subject"]: one["mend"] for one in found.values() if one["state"] in BAD}


async def test_a_platform_that_runs_is_healthy(patient: Stack) -> None:
    code, found = await examine(patient)
    assert [one for one in found.values() if one["state"] in BAD] == []
    assert code == 0
    good = {subject for subject, one in found.items() if one["state"] == "good"}
    assert {f"database of {service}" for service in patient.urls} <= good
    assert {f"{what}{name}" for what in ("", "version of ", "clock of ") for name in patient.processes} <= good
    assert {f"task queue {name}" for name in ("filing", "review", "registry", "workflows")} <= good
    assert {"RabbitMQ", "queues", "Temporal", "search attributes", f"schedule {JOURNAL_SEAL}"} <= good
    assert any(subject.startswith("disk of RabbitMQ") for subject in good)
    assert [subject for subject, one in found.items() if one["state"] == "unknown"] == [
        subject for subject in found if subject.startswith("disk of PostgreSQL")
    ]


async def test_a_process_that_hangs_is_found(patient: Stack) -> None:
    child = patient.processes["notify"]
    assert child.pid
    os.kill(child.pid, signal.SIGSTOP)
    try:
        code, found = await examine(patient)
    finally:
        os.kill(child.pid, signal.SIGCONT)
    assert code == 1
    assert bad(found) == {"notify": "liaison up"}


async def test_a_schedule_that_is_paused_or_gone_is_found(patient: Stack) -> None:
    settings = settings_of(patient)
    temporal = await Client.connect(settings.temporal_address, namespace=settings.temporal_namespace)
    schedule = temporal.get_schedule_handle(JOURNAL_SEAL)
    await schedule.pause(note="for the move")
    code, found = await examine(patient)
    assert (code, found[f"schedule {JOURNAL_SEAL}"]["what"]) == (1, "is paused: for the move")
    assert "--unpause" in bad(found)[f"schedule {JOURNAL_SEAL}"]
    await schedule.delete()
    code, found = await examine(patient)
    assert (code, list(bad(found))) == (1, [f"schedule {JOURNAL_SEAL}"])
