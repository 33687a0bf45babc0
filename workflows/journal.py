"""The daily seal of the journal."""

from temporalio import workflow

from contracts.activities.registry import SEAL_JOURNAL, JournalRoot, SealJournal
from workflows.orders import give


@workflow.defn
class SealJournalWorkflow:
    @workflow.run
    async def run(self) -> JournalRoot:
        return await give(SEAL_JOURNAL, SealJournal(reason="daily"))
