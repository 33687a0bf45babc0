"""All workflows, and what is the same for each of them.

Nominations, campaigns and notices live for months and go on with the build that is current (`workflows.build`): its
changes are guarded by `workflow.patched` and proved by the replay tests. The daily seal, of a few seconds, is no
exception: one rule is easier to keep in mind than two. None says so itself, as `@workflow.defn(versioning_behavior=…)`:
servers refuse that from workers in no deployment, and the time-skipping server of the tests knows none.
"""

from temporalio.common import SearchAttributeKey
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from workflows.campaign import CampaignWorkflow
from workflows.journal import SealJournalWorkflow
from workflows.nomination import NominationWorkflow
from workflows.notice import NoticeWorkflow

QUEUE = "workflows"
WORKFLOWS = (NominationWorkflow, CampaignWorkflow, NoticeWorkflow, SealJournalWorkflow)

CAMPAIGN = SearchAttributeKey.for_keyword("LiaisonCampaign")
AUTHORITY = SearchAttributeKey.for_keyword("LiaisonAuthority")
CENTRAL = "central"
"""In place of the authority's code, for a central state-owned enterprise.

The stage is not kept here: its three changes a case would cost three events of history and three writes to the
visibility store. Review knows it, and the query `progress`.
"""

SEARCH_ATTRIBUTES = (CAMPAIGN, AUTHORITY)


def sandbox() -> SandboxedWorkflowRunner:
    """Refuses what isn't deterministic (clocks, randomness, I/O). Tests run in it; see `workflows.worker` for why."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules("contracts", "pydantic", "pydantic_core")
    )
