"""The AsyncAPI 3.0 document of all events: what a program outside of this repository needs to listen."""

from typing import Any

from pydantic.json_schema import models_json_schema

from chassis.bus.topology import EVENTS
from chassis.bus.wire import CONTENT_TYPE, PREFIX, schema_of
from contracts.events import CATALOGUE, Event

SCHEMAS = "#/components/schemas/{model}"
ATTRIBUTES = {
    "specversion": "Always 1.0",
    "id": "UUID; the same event may be delivered more than once, always with the same id",
    "source": "urn:liaison:{service}",
    "type": "Type of the event, and routing key",
    "subject": "What the event is about; events of one subject come in the order in which they were recorded",
    "time": "When it was recorded, RFC 3339",
    "dataschema": "urn:liaison:schema:{type}",
    "actor": "Who did it, as officer:zhang or system:workflow",
    "correlationid": "What belongs together across services",
}


def document(version: str) -> dict[str, Any]:
    """Pure: the same catalogue gives the same document."""
    _, definitions = models_json_schema(
        [(event, "serialization") for _, event in sorted(CATALOGUE.items())], ref_template=SCHEMAS
    )
    types = sorted(CATALOGUE)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Liaison events",
            "version": version,
            "description": "Facts of all services, as CloudEvents 1.0 in the binary mode of the AMQP binding.",
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": {event_type: _channel(CATALOGUE[event_type]) for event_type in types},
        "operations": {f"{CATALOGUE[event_type].__name__}.publish": _operation(event_type) for event_type in types},
        "components": {
            "messages": {CATALOGUE[event_type].__name__: _message(CATALOGUE[event_type]) for event_type in types},
            "messageTraits": {"cloudEvent": {"headers": _headers()}},
            "schemas": definitions.get("$defs", {}),
        },
    }


def _channel(event: type[Event]) -> dict[str, Any]:
    exchange = {"name": EVENTS, "type": "topic", "durable": True, "autoDelete": False}
    return {
        "address": event.TYPE,
        "messages": {event.__name__: {"$ref": f"#/components/messages/{event.__name__}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange}},
    }


def _operation(event_type: str) -> dict[str, Any]:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{event_type}"},
        "bindings": {"amqp": {"deliveryMode": 2, "mandatory": True, "ack": True}},
    }


def _message(event: type[Event]) -> dict[str, Any]:
    message = {
        "name": event.TYPE,
        "title": event.__name__,
        "contentType": CONTENT_TYPE,
        "traits": [{"$ref": "#/components/messageTraits/cloudEvent"}],
        "x-dataschema": schema_of(event.TYPE),
        "payload": {"$ref": SCHEMAS.format(model=event.__name__)},
    }
    # A docstring may be inherited from `Event`, and then says nothing of this one.
    return message | ({"summary": event.__dict__["__doc__"]} if event.__dict__.get("__doc__") else {})


def _headers() -> dict[str, Any]:
    attributes = {f"{PREFIX}{name}": {"type": "string", "description": text} for name, text in ATTRIBUTES.items()}
    return {
        "type": "object",
        "required": list(attributes),
        "properties": attributes | {"traceparent": {"type": "string", "description": "W3C trace context, if traced"}},
    }
