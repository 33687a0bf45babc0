"""Which cases a list shows."""

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from chassis.auth.principal import Principal
from contracts.enums import Outcome, Role, StageName
from services.review.models import Case, Stage
from services.review.search import Clause, Search, given
from services.review.words import CaseState, StageState


class Standing(StrEnum):
    """How a round of a stage stands, as the progress of a campaign counts it."""

    OPEN = "open"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    CANCELLED = "cancelled"

    def clause(self) -> Clause:
        """Over Stage."""
        if self in (Standing.OPEN, Standing.CANCELLED):
            return Stage.state == StageState(self.upper())
        return (Stage.state == StageState.CONCLUDED) & (Stage.verdict == self.upper())


@dataclass(frozen=True)
class CaseFilter:
    """`stage` is one of which a round stands so; `standing` says nothing without it."""

    search: Search
    stage: StageName | None = None
    standing: Standing = Standing.OPEN
    state: CaseState | None = None
    outcome: Outcome | None = None

    def clauses(self, caller: Principal) -> list[Clause]:
        """Over Case."""
        wanted = given(
            (self.state, lambda state: Case.state == state),
            (self.outcome, lambda outcome: Case.outcome == outcome),
            (self.stage, self._at_stage),
        )
        return [_scope(caller), *self.search.clauses(), *wanted]

    def _at_stage(self, stage: StageName) -> Clause:
        rounds = sa.select(Stage.nomination_id).where(Stage.name == stage, self.standing.clause())
        if self.search.campaign is not None:
            rounds = rounds.where(Stage.campaign_id == self.search.campaign)
        return Case.nomination_id.in_(rounds)


def _scope(caller: Principal) -> Clause:
    """The ministry sees every case, an authority those of its enterprises."""
    if caller.has(Role.OFFICER, Role.DECIDER):
        return sa.true()
    return Case.authority_code == caller.authority
