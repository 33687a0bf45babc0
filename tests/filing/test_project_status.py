"""The status in filing follows what review and registry tell, in whatever order it arrives."""

from uuid import UUID

from chassis.clock import now
from contracts.enums import Cause, Outcome, StageName, Verdict
from services.filing.project_status import project_status, project_statuses
from services.filing.status import Fact
from tests.filing.conftest import Filing
from tests.filing.test_status import ADMITTED, NOTICED, PUBLISHED, cancelled, concluded, opened, resolved
from tests.filing.test_status import OBJECTED as OBJECTION

WAY: list[Fact] = [
    opened(StageName.RECOMMENDATION),
    concluded(StageName.RECOMMENDATION, Verdict.APPROVED),
    opened(StageName.PANEL),
    concluded(StageName.PANEL, Verdict.APPROVED),
    opened(StageName.NOTICE),
    NOTICED,
    OBJECTION,
    resolved(upheld=False),
    concluded(StageName.NOTICE, Verdict.APPROVED),
    opened(StageName.DECISION),
    concluded(StageName.DECISION, Verdict.APPROVED),
    ADMITTED,
    PUBLISHED,
]


async def apply(filing: Filing, facts: list[Fact], *nominations: str) -> None:
    for fact in facts:
        async with filing.transaction() as session:
            await project_status(session, fact, [UUID(nomination) for nomination in nominations], now())


async def test_the_straight_way(filing: Filing) -> None:
    nomination = await filing.submitted()
    seen = []
    for fact in WAY:
        await apply(filing, [fact], nomination)
        seen.append((await filing.nomination(nomination))["status"])
    assert list(dict.fromkeys(seen)) == [
        "awaiting_recommendation", "under_review", "awaiting_notice", "on_notice", "under_objection",
        "awaiting_decision", "admitted", "published",
    ]  # fmt: skip


async def test_one_late_fact_does_not_undo_the_end(filing: Filing) -> None:
    for late in range(len(WAY) - 1):
        nomination = await filing.submitted()
        await apply(filing, [*WAY[:late], *WAY[late + 1 :], WAY[late]], nomination)
        assert (await filing.nomination(nomination))["status"] == "published"


async def test_a_rejection_is_kept_with_its_reason(filing: Filing) -> None:
    rejected, listed = await filing.submitted(), await filing.submitted()
    reason = concluded(StageName.PANEL, Verdict.REJECTED).model_copy(
        update={"cause": Cause.SCORES, "opinion": "平均 55 分"}
    )
    await apply(filing, [reason, ADMITTED], rejected)
    await apply(filing, [ADMITTED], listed)
    assert (await filing.nomination(rejected))["failure"] == {
        "stage": "panel", "cause": "scores", "opinion": "平均 55 分",
    }  # fmt: skip
    summary = await filing.get(f"/v1/campaigns/{filing.campaign}/summary")
    assert summary["statuses"] == {"admitted": 1, "not_listed": 1}
    assert summary["failures"] == [{"stage": "panel", "cause": "scores", "nominations": 1}]


async def test_a_withdrawn_nomination(filing: Filing) -> None:
    nomination = await filing.submitted()
    await apply(filing, [cancelled(Outcome.WITHDRAWN), opened(StageName.PANEL)], nomination)
    assert (await filing.nomination(nomination))["status"] == "withdrawn"


async def test_a_batch_moves_at_once(filing: Filing) -> None:
    nominations = [await filing.submitted() for _ in range(3)]
    await apply(filing, [opened(StageName.NOTICE), NOTICED], *nominations)
    summary = await filing.get(f"/v1/campaigns/{filing.campaign}/summary")
    assert summary["statuses"] == {"on_notice": 3}


async def test_of_many_facts_each_moves_its_own_nomination(filing: Filing) -> None:
    one, other, third = [await filing.submitted() for _ in range(3)]
    facts = [
        concluded(StageName.PANEL, Verdict.REJECTED).model_copy(
            update={"nomination_id": UUID(nomination), "opinion": opinion}
        )
        for nomination, opinion in ((one, "平均 55 分"), (other, "平均 40 分"))
    ]
    approved = concluded(StageName.PANEL, Verdict.APPROVED).model_copy(update={"nomination_id": UUID(third)})
    async with filing.transaction() as session:
        await project_statuses(session, [*facts, approved], now())
    assert [(await filing.nomination(nomination))["failure"]["opinion"] for nomination in (one, other)] == [
        "平均 55 分", "平均 40 分",
    ]  # fmt: skip
    assert (await filing.nomination(third))["status"] == "awaiting_recommendation"
