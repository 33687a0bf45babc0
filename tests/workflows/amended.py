"""The nominations of another build: the same ladder with two guarded changes."""

from temporalio import workflow

from contracts.activities.registry import SEAL_JOURNAL, SealJournal
from workflows.models import Nomination, NominationEnd
from workflows.nomination import NominationWorkflow
from workflows.orders import give

FIRST, LAST = "first", "last"


@workflow.defn(name="NominationWorkflow", sandboxed=False)
class Amended(NominationWorkflow):
    """Seals the journal when a case begins, and before it ends: cases begun by the older build meet the second change
    alone."""

    @workflow.init
    def __init__(self, nomination: Nomination) -> None:
        super().__init__(nomination)

    @workflow.run
    async def run(self, nomination: Nomination) -> NominationEnd:
        if workflow.patched(FIRST):
            await give(SEAL_JOURNAL, SealJournal(reason=FIRST))
        return await super().run(nomination)

    async def _climb(self) -> None:
        await super()._climb()
        if workflow.patched(LAST):
            await give(SEAL_JOURNAL, SealJournal(reason=LAST))
