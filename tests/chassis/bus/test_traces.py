"""One trace from what recorded an event to what its consumer records; nothing without a provider."""

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, format_trace_id

from chassis.bus import traces
from tests.chassis.bus.samples import envelope_of, withdrawal

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(traces, "tracer", provider.get_tracer("test"))
    return exporter


def test_publishing_and_handling_are_spans_of_the_recorded_trace(spans: InMemorySpanExporter) -> None:
    with traces.publishing(envelope_of(withdrawal("a"), traceparent=PARENT)) as sent:
        pass
    assert sent is not None
    assert sent.startswith(f"00-{TRACE}-")
    assert sent != PARENT
    with traces.handling("test.consumer", envelope_of(withdrawal("a"), traceparent=sent)):
        pass
    publish, handle = spans.get_finished_spans()
    assert (publish.kind, handle.kind) == (SpanKind.PRODUCER, SpanKind.CONSUMER)
    assert handle.parent is not None
    assert handle.parent.span_id == publish.context.span_id
    assert format_trace_id(handle.context.trace_id) == TRACE


def test_a_batch_is_linked_to_all_its_traces(spans: InMemorySpanExporter) -> None:
    envelopes = [envelope_of(withdrawal("a"), traceparent=PARENT), envelope_of(withdrawal("b"))]
    with traces.handling_batch("test.journal", envelopes):
        pass
    [span] = spans.get_finished_spans()
    assert [format_trace_id(link.context.trace_id) for link in span.links] == [TRACE]


def test_without_a_provider_the_trace_is_passed_on_as_it_is() -> None:
    with traces.publishing(envelope_of(withdrawal("a"), traceparent=PARENT)) as sent:
        assert sent == PARENT
    with traces.publishing(envelope_of(withdrawal("a"))) as sent:
        assert sent is None
