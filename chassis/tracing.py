"""OpenTelemetry traces, made only where a collector is configured; the W3C `traceparent` travels in any case."""

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def configure_tracing(process: str, endpoint: str | None) -> TracerProvider | None:
    """`endpoint` is the collector's OTLP/HTTP address, as `http://host:4318`; None makes no spans."""
    if endpoint is None:
        return None
    provider = TracerProvider(resource=Resource.create({"service.name": f"liaison-{process}"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces")))
    trace.set_tracer_provider(provider)
    return provider
