"""The national scheme with its terms in seconds: the same ladder, thresholds and panel, for a campaign of minutes."""

from contracts.enums import StageKind
from contracts.scheme import Scheme, StageSpec, Term


def trial_of(scheme: Scheme, *, code: str, notice: float, patience: float, correction: float) -> Scheme:
    """All terms in seconds: how long the notice is public, a stage may take, and an enterprise may correct."""
    deadline = Term(seconds=patience)
    stages = tuple(_hurried(stage, deadline, Term(seconds=notice)) for stage in scheme.stages)
    return scheme.model_copy(
        update={
            "code": code,
            "version": 1,
            "stages": stages,
            "correction": Term(seconds=correction),
            "authority_reminders": (Term(seconds=patience / 2),),
        }
    )


def _hurried(stage: StageSpec, deadline: Term, period: Term) -> StageSpec:
    return stage.model_copy(
        update={
            "deadline": deadline if stage.deadline else None,
            "reminders": (),
            "escalation": None,
            "period": period if stage.kind is StageKind.NOTICE else None,
        }
    )
