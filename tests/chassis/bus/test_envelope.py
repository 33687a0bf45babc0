"""Envelopes on the wire: nothing is lost, and what is wrong with a message is named."""

from typing import Any

import pytest

from chassis.bus.envelope import Envelope, Unreadable
from chassis.bus.wire import read, write
from tests.chassis.bus.samples import envelope_of, withdrawal

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def headers_of(envelope: Envelope) -> dict[str, Any]:
    return dict(write(envelope, envelope.traceparent).headers)


@pytest.mark.parametrize("traceparent", [None, TRACE])
def test_nothing_is_lost_on_the_wire(traceparent: str | None) -> None:
    envelope = envelope_of(withdrawal("合并"), traceparent=traceparent)
    message = write(envelope, traceparent)
    assert read(message.headers, message.content_type, message.body) == envelope
    assert envelope.event() == withdrawal("合并")
    assert message.headers["cloudEvents:dataschema"] == "urn:liaison:schema:filing.withdrawal.requested.v1"


def test_both_prefixes_of_the_binding_are_understood() -> None:
    envelope = envelope_of(withdrawal("a"))
    headers = {key.replace("cloudEvents:", "cloudEvents_"): value for key, value in headers_of(envelope).items()}
    assert read(headers, "application/json; charset=utf-8", envelope.data) == envelope


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"cloudEvents:id": None}, "cloudEvents:id", "is missing"),
        ({"cloudEvents:id": "17"}, "cloudEvents:id", "is not a UUID"),
        ({"cloudEvents:id": 17}, "cloudEvents:id", "is not text"),
        ({"cloudEvents:type": ""}, "cloudEvents:type", "is missing"),
        ({"cloudEvents:actor": None}, "cloudEvents:actor", "is missing"),
        ({"cloudEvents:time": "yesterday"}, "cloudEvents:time", "is not a time in RFC 3339"),
        ({"cloudEvents:time": "2026-11-23T10:00:00"}, "cloudEvents:time", "has no time zone"),
        ({"cloudEvents:specversion": "2.0"}, "cloudEvents:specversion", "is not 1.0"),
    ],
)
def test_a_wrong_attribute_is_named(change: dict[str, Any], field: str, reason: str) -> None:
    envelope = envelope_of(withdrawal("a"))
    with pytest.raises(Unreadable) as raised:
        read(headers_of(envelope) | change, "application/json", envelope.data)
    assert (raised.value.field, raised.value.reason) == (field, reason)


@pytest.mark.parametrize("headers", [None, {}])
def test_a_foreign_message_is_unreadable(headers: dict[str, Any] | None) -> None:
    with pytest.raises(Unreadable, match=r"cloudEvents:specversion: is missing"):
        read(headers, "application/json", b"{}")
    with pytest.raises(Unreadable, match="content-type: is None"):
        read(headers, None, b"\xff")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "filing.withdrawal.requested.v9"}, "type: there is no event 'filing.withdrawal.requested.v9'"),
        ({"data": b"\x00\xff"}, "body: Invalid JSON"),
        ({"data": b'{"nomination_id": 7}'}, "body.nomination_id: UUID input should be"),
    ],
)
def test_a_body_that_is_no_such_event_is_unreadable(change: dict[str, Any], message: str) -> None:
    with pytest.raises(Unreadable, match=message.replace(".", r"\.")):
        envelope_of(withdrawal("a"), **change).event()


def test_a_reason_never_repeats_the_value() -> None:
    with pytest.raises(Unreadable) as raised:
        envelope_of(withdrawal("a"), data=b'{"nomination_id": "13800138000"}').event()
    assert "13800138000" not in str(raised.value)


def test_unknown_optional_fields_of_a_newer_writer_are_passed_over() -> None:
    data = withdrawal("a").model_dump_json().encode()
    assert envelope_of(withdrawal("a"), data=data[:-1] + b',"new":1}').event() == withdrawal("a")
