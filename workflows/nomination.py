"""The way of one nomination: the rules, read from top to bottom."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import workflow

from contracts.activities.filing import LAPSE_NOMINATION, RETURN_NOMINATION, LapseNomination, ReturnNomination
from contracts.activities.registry import ADMIT, Admit
from contracts.activities.review import CANCEL_CASE, OPEN_STAGE, CancelCase, OpenStage, StageClock
from contracts.enums import Outcome, StageName, Verdict
from contracts.ids import NominationId, StageId
from contracts.scheme import StageSpec
from contracts.signals import Correction, MovedDeadline, StageConclusion
from workflows.models import Nomination, NominationEnd, NominationProgress
from workflows.orders import give, send
from workflows.watch import Watch


class Ended(Exception):  # noqa: N818 - an end, not an error
    """The case left the ladder before its top."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@workflow.defn
class NominationWorkflow:
    """Walks the ladder of one case.

    Facts may come early, late or twice: each is kept under what it is about, and taken when its turn has come.
    """

    @workflow.init
    def __init__(self, nomination: Nomination) -> None:
        self._nomination = nomination
        self._filed = Correction(revision=nomination.revision, case=nomination.case)
        self._standing = nomination.ladder.stages[0].name
        self._rounds: Counter[StageName] = Counter()
        self._returns = 0
        self._correcting = False
        self._wakes_at: datetime | None = None
        self._conclusions: dict[tuple[StageName, int], StageConclusion] = {}
        self._moves: dict[StageId, MovedDeadline] = {}
        self._withdrawal_asked = False

    @workflow.run
    async def run(self, nomination: Nomination) -> NominationEnd:  # noqa: ARG002 - taken at init
        """Ends in exactly one outcome."""
        try:
            await self._climb()
        except Ended as end:
            return NominationEnd(outcome=end.outcome)
        await give(ADMIT, self._admission())
        return NominationEnd(outcome=Outcome.LISTED)

    async def _climb(self) -> None:
        """Stage by stage, until the last has approved; raises `Ended` when the case falls out before."""
        ladder = self._nomination.ladder
        stage: StageName | None = self._standing
        while stage is not None:
            conclusion = await self._walk(ladder.stage(stage))
            if conclusion.verdict is Verdict.REJECTED:
                raise Ended(Outcome.REJECTED)
            await self._settle_withdrawal()
            if conclusion.verdict is Verdict.RETURNED:
                await self._correct(conclusion)
            stage = ladder.after(stage, conclusion.verdict)

    async def _walk(self, spec: StageSpec) -> StageConclusion:
        """One round of a stage, until review says how it ended."""
        self._standing = spec.name
        self._rounds[spec.name] += 1
        key = (spec.name, self._rounds[spec.name])
        # A pool was opened by the approval that led into it, and has no clock: there the case waits for its batch.
        if not spec.kind.is_pool:
            await self._watch(Watch(await self._open(spec)), lambda: key in self._conclusions)
        await self._until(lambda: key in self._conclusions)
        return self._conclusions.pop(key)

    async def _open(self, spec: StageSpec) -> StageClock:
        """A withdrawal is heard while the order is tried again: review opens nothing of a case that it has ended."""
        opening = send(OPEN_STAGE, self._opening(spec))
        await self._until(opening.done)
        return await opening

    async def _watch(self, watch: Watch, concluded: Callable[[], bool]) -> None:
        """Remind, escalate and close by the stage's clock, until it is concluded or its clock has run out."""
        while (wake := watch.next_wake()) and not concluded():
            if not await self._until(lambda: concluded() or watch.stage_id in self._moves, wake.at):
                await watch.act(wake)
            elif watch.stage_id in self._moves:
                watch.move(self._moves.pop(watch.stage_id))

    async def _correct(self, returned: StageConclusion) -> None:
        """Wait for the enterprise's correction; raises `Ended` when it lapses."""
        revision = self._filed.revision
        self._returns += 1
        self._correcting = True
        await give(RETURN_NOMINATION, self._returning(returned))
        if not await self._until(lambda: self._filed.revision > revision, returned.correction_due):
            await self._lapse(revision)
            # Not lapsed: the correction was first, and the fact of it is on its way.
            await self._until(lambda: self._filed.revision > revision)
        self._correcting = False

    async def _lapse(self, revision: int) -> None:
        lapsed = await give(LAPSE_NOMINATION, LapseNomination(nomination_id=self._id, revision=revision))
        if lapsed.lapsed:
            await give(CANCEL_CASE, self._cancelling(Outcome.LAPSED))
            raise Ended(Outcome.LAPSED)

    async def _settle_withdrawal(self) -> None:
        """Ask review, the judge, whether a withdrawal is in time. Where a decision was first, the case goes on."""
        if self._withdrawal_asked:
            self._withdrawal_asked = False
            closed = await give(CANCEL_CASE, self._cancelling(Outcome.WITHDRAWN))
            if closed.cancelled:
                raise Ended(Outcome.WITHDRAWN)

    async def _until(self, happened: Callable[[], bool], at: datetime | None = None) -> bool:
        """Wait for something to happen, until `at` at most; False if it did not. A withdrawal is settled meanwhile."""
        while not happened():
            await self._settle_withdrawal()
            if not await self._next_fact(happened, at):
                return happened()
        return True

    async def _next_fact(self, happened: Callable[[], bool], at: datetime | None) -> bool:
        """False when nothing came until `at`."""
        self._wakes_at = at
        timeout = None if at is None else max(at - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(lambda: happened() or self._withdrawal_asked, timeout=timeout)
        except TimeoutError:
            return False
        return True

    # Facts, told by the bridge

    @workflow.signal
    def stage_concluded(self, conclusion: StageConclusion) -> None:
        self._conclusions[conclusion.stage, conclusion.round] = conclusion

    @workflow.signal
    def corrected(self, correction: Correction) -> None:
        if correction.revision > self._filed.revision:
            self._filed = correction

    @workflow.signal
    def deadline_moved(self, move: MovedDeadline) -> None:
        self._moves[move.stage_id] = move

    @workflow.signal
    def withdrawal_requested(self) -> None:
        self._withdrawal_asked = True

    @workflow.query
    def progress(self) -> NominationProgress:
        return NominationProgress(
            stage=self._standing,
            round=self._rounds[self._standing],
            revision=self._filed.revision,
            returns=self._returns,
            correcting=self._correcting,
            wakes_at=self._wakes_at,
        )

    # Orders

    @property
    def _id(self) -> NominationId:
        return self._nomination.nomination_id

    def _opening(self, spec: StageSpec) -> OpenStage:
        ladder = self._nomination.ladder
        return OpenStage(
            nomination_id=self._id,
            campaign_id=self._nomination.campaign_id,
            year=self._nomination.year,
            revision=self._filed.revision,
            case=self._filed.case,
            stage=spec,
            round=self._rounds[spec.name],
            then=ladder.pools_after(spec.name),
            correction=ladder.correction,
            returns_left=max(ladder.max_returns - self._returns, 0),
        )

    def _returning(self, returned: StageConclusion) -> ReturnNomination:
        if returned.correction_due is None:
            raise ValueError(f"{returned.stage} was returned without a term for correction")
        return ReturnNomination(
            nomination_id=self._id,
            stage=returned.stage,
            round=returned.round,
            opinion=returned.opinion,
            due=returned.correction_due,
        )

    def _cancelling(self, outcome: Outcome) -> CancelCase:
        return CancelCase(
            nomination_id=self._id,
            campaign_id=self._nomination.campaign_id,
            credit_code=self._filed.case.credit_code,
            outcome=outcome,
        )

    def _admission(self) -> Admit:
        return Admit(
            nomination_id=self._id,
            campaign_id=self._nomination.campaign_id,
            year=self._nomination.year,
            case=self._filed.case,
        )
