"""One trace leads from a request through outbox, broker and workflow to the service that carried out the order."""

from collections.abc import Sequence

from deploy.demo.caller import Services
from deploy.stack import Stack
from tests.system.beside import until
from tests.system.cases import Campaign
from tests.system.collector import Collector, Span

FILED = "1f" * 16
JUDGED = "2e" * 16
CALLER = "5a" * 8
"""The span of whoever sent the request."""


async def test_a_nomination_is_one_trace(platform: Stack, parties: Services, collector: Collector) -> None:
    campaign = await Campaign.open(parties, "traced")
    nomination = await campaign.nominate(traceparent=f"00-{FILED}-{CALLER}-01")
    await campaign.recommend(nomination, traceparent=f"00-{JUDGED}-{CALLER}-01")
    await _arrive(
        collector,
        FILED,
        [
            ("liaison-filing", "POST /v1/nominations"),
            ("liaison-filing", "publish filing.nomination.submitted.v1"),
            ("liaison-workflows", "workflows.bridge filing.nomination.submitted.v1"),
            ("liaison-workflows", "StartWorkflow:NominationWorkflow"),
            ("liaison-workflows", "StartActivity:review.open_stage"),
            ("liaison-review", "RunActivity:review.open_stage"),
            ("liaison-review", "publish review.stage.opened.v1"),
            ("liaison-filing", "filing.status review.stage.opened.v1"),
        ],
    )
    await _arrive(
        collector,
        JUDGED,
        [
            ("liaison-review", "POST /v1/tasks/{task_id}/verdict"),
            ("liaison-review", "publish review.stage.concluded.v1"),
            ("liaison-workflows", "workflows.bridge review.stage.concluded.v1"),
            ("liaison-workflows", "SignalWorkflow:stage_concluded"),
        ],
    )
    # A workflow stays in the trace that started it, and links to the traces of its signals.
    await _arrive(collector, FILED, [("liaison-workflows", "HandleSignal:stage_concluded")])
    handled = [span for span in collector.of(FILED) if span.name == "HandleSignal:stage_concluded"]
    assert [span.links for span in handled] == [{JUDGED}]


async def _arrive(collector: Collector, trace: str, wanted: Sequence[tuple[str, str]]) -> None:
    """All wanted spans come, and each span of the trace hangs on another one, up to the caller's."""

    async def are_there() -> bool:
        spans = collector.of(trace)
        return set(wanted) <= {(span.process, span.name) for span in spans} and not _loose(spans)

    try:
        await until(are_there, "the trace is whole")
    except AssertionError as error:
        spans = collector.of(trace)
        missing = set(wanted) - {(span.process, span.name) for span in spans}
        raise AssertionError(f"missing: {missing}; loose: {_loose(spans)}; there: {spans}") from error


def _loose(spans: Sequence[Span]) -> list[Span]:
    known = {CALLER, *(span.id for span in spans)}
    return [span for span in spans if span.parent not in known]
