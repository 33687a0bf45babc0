"""Spans of the bus. An event carries the trace of what caused it; without one nothing is spent here."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, Span, SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from chassis.bus.envelope import Envelope

tracer = trace.get_tracer("liaison.bus")
W3C = TraceContextTextMapPropagator()


@contextmanager
def publishing(envelope: Envelope) -> Iterator[str | None]:
    """Gives the `traceparent` to send along: this span's, or the recorded one where no traces are made."""
    if envelope.traceparent is None:
        yield None
        return
    with _span("publish", envelope.type, SpanKind.PRODUCER, context=_context(envelope)):
        carrier: dict[str, str] = {}
        W3C.inject(carrier)
        yield carrier.get("traceparent", envelope.traceparent)


def handling(consumer: str, envelope: Envelope) -> AbstractContextManager[Span | None]:
    if envelope.traceparent is None:
        return nullcontext()
    return _span(consumer, envelope.type, SpanKind.CONSUMER, context=_context(envelope))


def handling_batch(consumer: str, envelopes: Sequence[Envelope]) -> AbstractContextManager[Span | None]:
    """One span for all, linked to the trace of each."""
    spans = [trace.get_current_span(_context(envelope)) for envelope in envelopes if envelope.traceparent]
    if not spans:
        return nullcontext()
    links = [Link(span.get_span_context()) for span in spans]
    return _span(consumer, "batch", SpanKind.CONSUMER, links=links)


def _span(
    what: str, event_type: str, kind: SpanKind, context: Context | None = None, links: Sequence[Link] = ()
) -> AbstractContextManager[Span]:
    attributes = {"messaging.system": "rabbitmq", "messaging.destination.name": event_type}
    return tracer.start_as_current_span(
        f"{what} {event_type}", context=context, kind=kind, attributes=attributes, links=links
    )


def _context(envelope: Envelope) -> Context:
    return W3C.extract({"traceparent": envelope.traceparent or ""}, context=Context())
