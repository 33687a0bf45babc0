"""Cases that run for months must go on with today's code: stored histories are replayed, in the sandbox.

The histories are real ones, with encrypted payloads (`python -m tests.workflows.record` makes them).
"""

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from contracts.activities.registry import SEAL_JOURNAL, SealJournal
from tests.workflows.conftest import plugin
from tests.workflows.record import HISTORIES
from tests.workflows.scenarios import SCENARIOS
from workflows.catalogue import WORKFLOWS, sandbox
from workflows.models import Notice
from workflows.orders import give

STORED = {file.stem: file.read_text() for file in sorted(HISTORIES.glob("*.json"))}


def replayer(*workflows: type) -> Replayer:
    return Replayer(workflows=workflows, plugins=[plugin()], workflow_runner=sandbox(), build_id="replay")


@pytest.mark.parametrize("name", STORED)
async def test_stored_history_replays(name: str) -> None:
    history = WorkflowHistory.from_json(name, STORED[name])
    await replayer(*WORKFLOWS).replay_workflow(history)


def test_each_scenario_has_its_history() -> None:
    assert set(STORED) >= set(SCENARIOS)


@workflow.defn(name="NoticeWorkflow", sandboxed=False)
class ChangedNotice:
    """Seals the journal twice, without `workflow.patched`."""

    @workflow.run
    async def run(self, notice: Notice) -> None:
        await give(SEAL_JOURNAL, SealJournal(reason="first"))
        await give(SEAL_JOURNAL, SealJournal(reason="second"))


async def test_change_that_breaks_running_cases_is_found() -> None:
    history = WorkflowHistory.from_json("notice", STORED["notice"])
    with pytest.raises(workflow.NondeterminismError):
        await replayer(ChangedNotice).replay_workflow(history)
