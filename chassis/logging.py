"""Logs are events with keys, one JSON object a line; secrets in keys and values are masked."""

import logging
import re
import sys
from typing import Literal

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SECRET_KEYS = re.compile(r"password|secret|token|authorization|api_key|signing_key|private", re.IGNORECASE)
SECRET_VALUES = re.compile(
    r"(://[^:/@\s]*:)[^@\s]+@|(Bearer\s+)\S+|(eyJ[\w-]+\.)[\w.-]+|(whsec_)[\w+/=-]+"
    r"|(DETAIL: )[\s\S]*?(?=\nHINT: |\n\[SQL: |\n\nThe above exception|\n\nDuring handling|\Z)"
)
"""The last one is PostgreSQL's, which repeats the row that it refused."""


def configure_logging(process: str, level: str = "info", style: Literal["json", "console"] = "json") -> None:
    """All loggers of this process, those of libraries too, write one form to standard output."""
    renderer: Processor = (
        structlog.processors.JSONRenderer(serializer=lambda event, **_: orjson.dumps(event, default=str).decode())
        if style == "json"
        else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    )
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _name(process),
        structlog.processors.format_exc_info,
        mask_secrets,
    ]
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=renderer))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(number, logging.WARNING))


def mask_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for key, value in event.items():
        if SECRET_KEYS.search(key):
            event[key] = "***"
        elif isinstance(value, str):
            event[key] = SECRET_VALUES.sub(lambda found: f"{next(filter(None, found.groups()))}***", value)
    return event


def _name(process: str) -> Processor:
    def add(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    return add
