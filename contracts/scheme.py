"""A scheme is data: its ladder of stages, terms, thresholds and panel rules, checked here and versioned by filing."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from contracts.enums import Assignee, EnterpriseType, OnSilence, StageKind, StageName, Verdict
from contracts.model import Model, Text

Percent = Annotated[Decimal, Field(ge=0, le=100)]


class Term(Model):
    """A length of time or a date: exactly one of working days, seconds (trials and tests) or a statutory `MM-DD`."""

    working_days: int | None = Field(None, ge=0, le=400)
    seconds: float | None = Field(None, ge=0)
    on: str | None = Field(None, pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")

    @model_validator(mode="after")
    def exactly_one(self) -> Self:
        if sum(value is not None for value in (self.working_days, self.seconds, self.on)) != 1:
            raise ValueError("give exactly one of working_days, seconds, on")
        return self


class Criterion(Model):
    """One thing an expert scores, from 0 to `max_points`; weights of a panel add up to 100."""

    code: str = Field(pattern=r"^[a-z][a-z_]*$")
    title: Text
    weight: Percent
    max_points: int = Field(100, ge=1, le=1000)


class PanelRules(Model):
    """How a panel counts: each expert's weighted percentage, averaged over the seats, against the pass mark."""

    seats: int = Field(3, ge=1, le=15)
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    pass_mark: Percent = Decimal(60)

    @model_validator(mode="after")
    def weights_add_up(self) -> Self:
        if sum(criterion.weight for criterion in self.criteria) != 100:
            raise ValueError("the criteria's weights must add up to 100")
        if len({criterion.code for criterion in self.criteria}) != len(self.criteria):
            raise ValueError("two criteria have the same code")
        return self


class StageSpec(Model):
    """One rung of the ladder.

    `deadline` runs from the opening; each of `reminders` and `escalation` is a length of time before the deadline.
    A pool (notice, decision) has no deadline of its own; a notice's `period` is how long it is public.
    """

    name: StageName
    kind: StageKind
    assignee: Assignee
    title: Text
    deadline: Term | None = None
    reminders: tuple[Term, ...] = ()
    escalation: Term | None = None
    on_silence: OnSilence | None = None
    panel: PanelRules | None = None
    period: Term | None = None

    @model_validator(mode="after")
    def consistent(self) -> Self:
        if (self.panel is not None) != (self.kind is StageKind.PANEL):
            raise ValueError("panel rules belong to a panel stage, and only there")
        if (self.period is not None) != (self.kind is StageKind.NOTICE):
            raise ValueError("a period belongs to a notice stage, and only there")
        if (self.deadline is None) != (self.on_silence is None):
            raise ValueError("a deadline needs on_silence, and on_silence needs a deadline")
        if self.kind.is_pool and self.deadline is not None:
            raise ValueError("a notice or decision stage waits for its batch and has no deadline")
        if self.on_silence is OnSilence.REASSIGN and self.kind is not StageKind.PANEL:
            raise ValueError("only a panel can be reassigned")
        if self.on_silence in (OnSilence.ESCALATE, OnSilence.APPROVE) and self.kind is StageKind.PANEL:
            raise ValueError("a silent panel is reassigned or rejects")
        if self.deadline is None and (self.reminders or self.escalation):
            raise ValueError("reminders and escalation are counted back from a deadline")
        if any(term.on for term in (*self.reminders, *filter(None, [self.escalation]))):
            raise ValueError("reminders and escalation are lengths of time, not dates")
        return self


class Ladder(Model):
    """The stages one nomination walks, in order, and the terms of its corrections."""

    stages: tuple[StageSpec, ...] = Field(min_length=1)
    correction: Term
    max_returns: int = Field(3, ge=0)

    @model_validator(mode="after")
    def climbable(self) -> Self:
        names = [stage.name for stage in self.stages]
        if len(set(names)) != len(names):
            raise ValueError("a stage occurs twice")
        if self.stages[0].kind.is_pool:
            raise ValueError("a ladder can't begin with a notice or a decision")
        for stage, following in zip(self.stages, self.stages[1:], strict=False):
            if stage.kind.is_pool and not following.kind.is_pool:
                raise ValueError("after a notice or decision only a notice or decision can follow")
        return self

    def after(self, name: StageName, verdict: Verdict) -> StageName | None:
        """The stage to stand on after a verdict: the same one after a return, None when the climb is over."""
        if verdict is Verdict.REJECTED:
            return None
        if verdict is Verdict.RETURNED:
            return name
        position = [stage.name for stage in self.stages].index(name)
        return self.stages[position + 1].name if position + 1 < len(self.stages) else None

    def stage(self, name: StageName) -> StageSpec:
        return next(stage for stage in self.stages if stage.name == name)

    def pools_after(self, name: StageName) -> tuple[StageSpec, ...]:
        """The pools that follow a stage without another stage between: an approval leads straight into the first."""
        position = [stage.name for stage in self.stages].index(name)
        pools: list[StageSpec] = []
        for stage in self.stages[position + 1 :]:
            if not stage.kind.is_pool:
                break
            pools.append(stage)
        return tuple(pools)


class Eligibility(Model):
    """Who may apply: least main-business revenue a type (in 10,000 yuan a year) and the networks that count."""

    least_revenue: dict[EnterpriseType, Decimal]
    networks: frozenset[str]


class Scheme(Model):
    """One version of the rules. Running nominations keep the version they began with."""

    code: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: int = Field(ge=1)
    title: Text
    eligibility: Eligibility
    stages: tuple[StageSpec, ...] = Field(min_length=1)
    central_skips: frozenset[StageName] = frozenset({StageName.RECOMMENDATION})
    correction: Term
    max_returns: int = Field(3, ge=0)
    authority_reminders: tuple[Term, ...] = ()

    @model_validator(mode="after")
    def both_routes_climbable(self) -> Self:
        for central in (False, True):
            self.ladder_for(central=central)
        return self

    def ladder_for(self, *, central: bool) -> Ladder:
        """The ladder of an enterprise; a central state-owned one goes without the stages in `central_skips`."""
        skipped = self.central_skips if central else frozenset()
        stages = tuple(stage for stage in self.stages if stage.name not in skipped)
        return Ladder(stages=stages, correction=self.correction, max_returns=self.max_returns)
