"""How this platform speaks to Temporal: one plugin for clients, workers and replayers."""

from temporalio.contrib.opentelemetry import TracingInterceptor
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes, PayloadCodec
from temporalio.plugin import SimplePlugin

from chassis.settings import Settings
from chassis.temporal.codec import codec_of


class LiaisonPlugin(SimplePlugin):
    """Pydantic models as JSON, encrypted; messages and stack traces of failures too. Traces pass through if asked."""

    def __init__(self, codec: PayloadCodec, *, traced: bool = False) -> None:
        super().__init__(
            "liaison",
            data_converter=DataConverter(
                payload_converter_class=PydanticPayloadConverter,
                payload_codec=codec,
                failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
            ),
            interceptors=[TracingInterceptor()] if traced else None,
        )


def plugin_of(settings: Settings) -> LiaisonPlugin:
    """Spans are made only where a collector is configured."""
    return LiaisonPlugin(codec_of(settings), traced=settings.otlp_endpoint is not None)
