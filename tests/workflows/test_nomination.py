"""The way of one nomination, with every turn it can take before its end."""

from datetime import timedelta

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import ActivityError, ApplicationError

from contracts.activities.filing import LAPSE_NOMINATION, RETURN_NOMINATION, Lapsed
from contracts.activities.registry import ADMIT
from contracts.activities.review import CANCEL_CASE, OPEN_STAGE, CaseClosed
from contracts.enums import Outcome, StageName, Verdict
from contracts.scheme import Term
from tests.workflows.cases import CENTRAL_LADDER, nomination
from tests.workflows.parties import CORRECTION, Case, Parties

RECOMMENDATION, PANEL, NOTICE, DECISION = StageName
ALL = tuple(StageName)


async def returned(parties: Parties) -> Case:
    """A case that its authority has returned, and that filing has given back to the enterprise."""
    case = await parties.start(nomination())
    await case.conclude(RECOMMENDATION, Verdict.RETURNED)
    await parties.seen(lambda: bool(parties.inputs(RETURN_NOMINATION)))
    return case


async def test_straight_way_ends_on_the_list(parties: Parties) -> None:
    case = await parties.start(nomination())
    for stage in ALL:
        if stage in (RECOMMENDATION, PANEL):
            await case.opened(stage)
        await case.conclude(stage)
    assert await case.outcome() is Outcome.LISTED
    assert parties.names == ["open_stage", "open_stage", "admit"]
    assert parties.inputs(ADMIT)[0].case == nomination().case


async def test_opening_tells_review_which_pools_follow(parties: Parties) -> None:
    case = await parties.start(nomination())
    await case.approve(*ALL)
    await case.outcome()
    first, second = parties.inputs(OPEN_STAGE)
    assert [spec.name for spec in first.then] == []
    assert [spec.name for spec in second.then] == [NOTICE, DECISION]
    assert (first.round, first.returns_left, first.correction) == (1, 2, Term(working_days=10))


async def test_central_enterprise_goes_without_recommendation(parties: Parties) -> None:
    case = await parties.start(nomination(ladder=CENTRAL_LADDER, authority_code=None, central=True))
    await case.approve(PANEL, NOTICE, DECISION)
    assert await case.outcome() is Outcome.LISTED
    assert [order.stage.name for order in parties.inputs(OPEN_STAGE)] == [PANEL]


@pytest.mark.parametrize("stage", ALL)
async def test_rejection_at_any_stage_ends_the_case(parties: Parties, stage: StageName) -> None:
    case = await parties.start(nomination())
    await case.approve(*ALL[: ALL.index(stage)])
    await case.conclude(stage, Verdict.REJECTED)
    assert await case.outcome() is Outcome.REJECTED
    assert not parties.inputs(ADMIT)


async def test_upheld_objection_ends_a_case_on_notice(parties: Parties) -> None:
    case = await parties.start(nomination())
    await case.approve(RECOMMENDATION, PANEL)
    await case.opened(PANEL)
    await case.approve(DECISION)  # early: after its end a case takes no fact
    await case.conclude(NOTICE, Verdict.REJECTED)
    assert await case.outcome() is Outcome.REJECTED


async def test_return_and_resubmission_make_a_new_round_of_the_same_stage(parties: Parties) -> None:
    case = await returned(parties)
    await case.correct(revision=2)
    await case.opened(RECOMMENDATION, round_=2)
    await case.conclude(RECOMMENDATION, round_=2)
    await case.approve(PANEL, NOTICE, DECISION)
    assert await case.outcome() is Outcome.LISTED

    [order] = parties.inputs(RETURN_NOMINATION)
    assert (order.stage, order.round, order.opinion) == (RECOMMENDATION, 1, "意见")
    again = parties.inputs(OPEN_STAGE)[1]
    assert (again.stage.name, again.round, again.revision, again.returns_left) == (RECOMMENDATION, 2, 2, 1)
    assert again.case.enterprise_name == "第2版"
    assert parties.inputs(ADMIT)[0].case.enterprise_name == "第2版"


async def test_returns_left_runs_out(parties: Parties) -> None:
    case = await parties.start(nomination())
    for round_ in (1, 2):
        await case.conclude(RECOMMENDATION, Verdict.RETURNED, round_)
        await parties.seen(lambda: len(parties.inputs(RETURN_NOMINATION)) == round_)  # noqa: B023 - awaited here
        await case.correct(revision=round_ + 1)
    await case.conclude(RECOMMENDATION, Verdict.REJECTED, round_=3)
    assert await case.outcome() is Outcome.REJECTED
    assert [order.returns_left for order in parties.inputs(OPEN_STAGE)] == [2, 1, 0]


async def test_uncorrected_nomination_lapses(parties: Parties) -> None:
    case = await returned(parties)
    assert await case.outcome() is Outcome.LAPSED
    assert parties.names == ["open_stage", "return_nomination", "lapse_nomination", "cancel_case"]
    assert parties.inputs(LAPSE_NOMINATION)[0].revision == 1
    assert parties.inputs(CANCEL_CASE)[0].outcome is Outcome.LAPSED


async def test_correction_at_the_last_moment_wins_over_the_lapse(parties: Parties) -> None:
    parties.answers[LAPSE_NOMINATION.name] = lambda _: Lapsed(lapsed=False)
    case = await returned(parties)
    await parties.pass_time(seconds=CORRECTION.total_seconds() + 1)
    await parties.seen(lambda: bool(parties.inputs(LAPSE_NOMINATION)))
    await parties.pass_time(days=30)
    await case.correct(revision=2)
    await case.opened(RECOMMENDATION, round_=2)
    assert not parties.inputs(CANCEL_CASE)


async def test_withdrawal_in_the_middle_of_a_stage(parties: Parties) -> None:
    parties.clocks[PANEL] = {"deadline": timedelta(days=10)}
    case = await parties.start(nomination())
    await case.conclude(RECOMMENDATION)
    await case.opened(PANEL)
    await case.withdraw()
    assert await case.outcome() is Outcome.WITHDRAWN
    assert parties.inputs(CANCEL_CASE)[0].outcome is Outcome.WITHDRAWN


async def test_withdrawal_from_a_pool(parties: Parties) -> None:
    case = await parties.start(nomination())
    await case.approve(RECOMMENDATION, PANEL)
    await case.opened(PANEL)
    await case.withdraw()
    assert await case.outcome() is Outcome.WITHDRAWN


async def test_withdrawal_during_correction(parties: Parties) -> None:
    case = await returned(parties)
    await case.withdraw()
    assert await case.outcome() is Outcome.WITHDRAWN
    assert not parties.inputs(LAPSE_NOMINATION)


async def test_withdrawal_before_the_next_stage_is_opened(parties: Parties) -> None:
    """It was asked while the authority approved: no panel is called together for it."""

    async def act_while_opening(order: object) -> object:
        await case.withdraw()
        await case.conclude(RECOMMENDATION)
        return await parties.clock(case.nomination.nomination_id, RECOMMENDATION, 1)

    parties.answers[OPEN_STAGE.name] = act_while_opening
    case = await parties.start(nomination())
    assert await case.outcome() is Outcome.WITHDRAWN
    assert parties.names == ["open_stage", "cancel_case"]


async def test_withdrawal_is_heard_while_no_stage_can_be_opened(parties: Parties) -> None:
    """The order to open is tried again without end; the case does not wait for it."""

    def away(order: object) -> object:
        raise ConnectionError("the database is away")

    parties.answers[OPEN_STAGE.name] = away
    case = await parties.start(nomination())
    await parties.seen(lambda: len(parties.inputs(OPEN_STAGE)) > 1)
    await case.withdraw()
    assert await case.outcome() is Outcome.WITHDRAWN
    assert len(parties.inputs(CANCEL_CASE)) == 1
    tried = len(parties.inputs(OPEN_STAGE))
    await parties.pass_time(hours=1)
    assert len(parties.inputs(OPEN_STAGE)) <= tried + 1, "the server has dropped the order with the case"


async def test_stage_opens_after_a_withdrawal_that_came_too_late(parties: Parties) -> None:
    """It was refused while the order to open was tried again."""
    parties.answers[CANCEL_CASE.name] = lambda _: CaseClosed(cancelled=False)

    async def back_after_the_withdrawal(order: object) -> object:
        if not parties.inputs(CANCEL_CASE):
            raise ConnectionError("the database is away")
        return await parties.clock(case.nomination.nomination_id, RECOMMENDATION, 1)

    case = await parties.start(nomination())
    parties.answers[OPEN_STAGE.name] = back_after_the_withdrawal
    await case.withdraw()
    await parties.seen(lambda: bool(parties.inputs(CANCEL_CASE)))
    await case.conclude(RECOMMENDATION, Verdict.REJECTED)
    assert await case.outcome() is Outcome.REJECTED


async def test_withdrawal_after_the_decision_changes_nothing(parties: Parties) -> None:
    parties.answers[CANCEL_CASE.name] = lambda _: CaseClosed(cancelled=False)
    case = await parties.start(nomination())
    await case.approve(RECOMMENDATION, PANEL, NOTICE)
    await case.opened(PANEL)
    await case.withdraw()
    await parties.seen(lambda: bool(parties.inputs(CANCEL_CASE)))
    await case.conclude(DECISION)
    assert await case.outcome() is Outcome.LISTED


async def test_facts_in_any_order_lead_to_the_same_end(parties: Parties) -> None:
    case = await parties.start(nomination())
    for stage in reversed(ALL):
        await case.conclude(stage)
    assert await case.outcome() is Outcome.LISTED
    assert parties.names == ["open_stage", "open_stage", "admit"]


async def test_every_fact_twice_leads_to_the_same_end(parties: Parties) -> None:
    case = await parties.start(nomination())
    for _ in range(2):
        await case.conclude(RECOMMENDATION, Verdict.RETURNED)
    await parties.seen(lambda: bool(parties.inputs(RETURN_NOMINATION)))
    for _ in range(2):
        await case.correct(revision=2)
    await case.opened(RECOMMENDATION, round_=2)
    await case.conclude(RECOMMENDATION, Verdict.RETURNED)  # of the first round, late
    await case.correct(revision=1)
    for _ in range(2):
        await case.conclude(RECOMMENDATION, round_=2)
        await case.approve(PANEL, NOTICE, DECISION)
    assert await case.outcome() is Outcome.LISTED
    assert parties.names == ["open_stage", "return_nomination", "open_stage", "open_stage", "admit"]


async def test_service_that_is_away_takes_its_order_when_it_is_back(parties: Parties) -> None:
    attempts = 0

    async def away_at_first(order: object) -> object:
        nonlocal attempts
        attempts += 1
        if attempts < 4:
            raise ConnectionError("the database is away")
        return await parties.clock(case.nomination.nomination_id, RECOMMENDATION, 1)

    case = await parties.start(nomination())
    parties.answers[OPEN_STAGE.name] = away_at_first
    await case.conclude(RECOMMENDATION, Verdict.REJECTED)
    assert await case.outcome() is Outcome.REJECTED
    assert attempts == 4


async def test_domain_error_is_not_tried_again(parties: Parties) -> None:
    def refuse(order: object) -> object:
        raise ApplicationError("no such campaign", type="no_such_campaign", non_retryable=True)

    parties.answers[ADMIT.name] = refuse
    case = await parties.start(nomination())
    await case.approve(*ALL)
    with pytest.raises(WorkflowFailureError) as failure:
        await case.outcome()
    assert isinstance(failure.value.cause, ActivityError)
    assert isinstance(failure.value.cause.cause, ApplicationError)
    assert failure.value.cause.cause.type == "no_such_campaign"
    assert len(parties.inputs(ADMIT)) == 1


async def test_progress_tells_where_a_case_stands(parties: Parties) -> None:
    case = await returned(parties)
    await parties.pass_time(hours=1)
    progress = await case.progress()
    assert (progress.stage, progress.round, progress.revision, progress.returns) == (RECOMMENDATION, 1, 1, 1)
    assert progress.correcting
    assert progress.wakes_at is not None
    await case.correct(revision=2)
    await case.opened(RECOMMENDATION, round_=2)
    progress = await case.progress()
    assert (progress.round, progress.revision, progress.correcting) == (2, 2, False)
