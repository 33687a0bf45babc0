"""An envelope on the wire: the binary mode of the CloudEvents AMQP binding."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from aio_pika import DeliveryMode, Message

from chassis.bus.envelope import Envelope, Unreadable

CONTENT_TYPE = "application/json"
PREFIX = "cloudEvents:"
OTHER_PREFIX = "cloudEvents_"
"""The binding lets a sender choose between the two, and bids a receiver know both."""


def schema_of(event_type: str) -> str:
    """The `dataschema` of a type."""
    return f"urn:liaison:schema:{event_type}"


def write(envelope: Envelope, traceparent: str | None) -> Message:
    headers: dict[str, Any] = {
        "cloudEvents:specversion": "1.0",
        "cloudEvents:id": str(envelope.id),
        "cloudEvents:source": envelope.source,
        "cloudEvents:type": envelope.type,
        "cloudEvents:subject": envelope.subject,
        "cloudEvents:time": envelope.time.isoformat(),
        "cloudEvents:dataschema": schema_of(envelope.type),
        "cloudEvents:actor": envelope.actor,
        "cloudEvents:correlationid": envelope.correlation_id,
    }
    if traceparent is not None:
        headers["traceparent"] = traceparent
    return Message(
        envelope.data,
        headers=headers,
        content_type=CONTENT_TYPE,
        delivery_mode=DeliveryMode.PERSISTENT,
        message_id=str(envelope.id),
    )


def read(headers: Mapping[str, Any] | None, content_type: str | None, body: bytes) -> Envelope:
    """Raises `Unreadable` with the name of the header that is missing or wrong."""
    if not (content_type or "").startswith(CONTENT_TYPE):
        raise Unreadable("content-type", f"is {content_type!r}, not {CONTENT_TYPE}")
    attributes = _Attributes(headers or {})
    if attributes.text("specversion") != "1.0":
        raise attributes.wrong("specversion", "is not 1.0")
    return Envelope(
        id=attributes.uuid("id"),
        source=attributes.text("source"),
        type=attributes.text("type"),
        subject=attributes.text("subject"),
        time=attributes.time("time"),
        actor=attributes.text("actor"),
        correlation_id=attributes.text("correlationid"),
        traceparent=attributes.traceparent,
        data=body,
    )


def header_text(headers: Mapping[str, Any], name: str) -> str | None:
    """An attribute of a message that may be unreadable."""
    value = headers.get(PREFIX + name) or headers.get(OTHER_PREFIX + name)
    return value if isinstance(value, str) else None


class _Attributes:
    def __init__(self, headers: Mapping[str, Any]) -> None:
        self._headers = headers
        self._prefix = OTHER_PREFIX if f"{OTHER_PREFIX}id" in headers else PREFIX

    @property
    def traceparent(self) -> str | None:
        found = self._headers.get("traceparent")
        return found if isinstance(found, str) else None

    def text(self, name: str) -> str:
        value = self._headers.get(self._prefix + name)
        if not isinstance(value, str) or not value:
            raise self.wrong(name, "is missing" if value in (None, "") else "is not text")
        return value

    def uuid(self, name: str) -> UUID:
        try:
            return UUID(self.text(name))
        except ValueError:
            raise self.wrong(name, "is not a UUID") from None

    def time(self, name: str) -> datetime:
        try:
            time = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise self.wrong(name, "is not a time in RFC 3339") from None
        if time.tzinfo is None:
            raise self.wrong(name, "has no time zone")
        return time

    def wrong(self, name: str, reason: str) -> Unreadable:
        return Unreadable(self._prefix + name, reason)
