"""The AsyncAPI document tells of every event, and its references lead somewhere."""

import json
from typing import Any

import pytest

from chassis.bus.asyncapi import document
from chassis.bus.wire import write
from contracts.events import CATALOGUE
from tests.chassis.bus.samples import envelope_of, withdrawal

DOCUMENT = document("1.0.0")


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in references(value)]
    return [found for value in node for found in references(value)] if isinstance(node, list) else []


def resolve(reference: str) -> Any:
    node: Any = DOCUMENT
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    return node


def test_every_event_has_a_channel_and_an_operation() -> None:
    assert set(DOCUMENT["channels"]) == set(CATALOGUE)
    assert {operation["channel"]["$ref"].split("/")[-1] for operation in DOCUMENT["operations"].values()} == set(
        CATALOGUE
    )


@pytest.mark.parametrize("reference", sorted(set(references(DOCUMENT))))
def test_references_resolve(reference: str) -> None:
    assert resolve(reference)


def test_payloads_are_the_schemas_of_the_catalogue() -> None:
    payload = resolve("#/components/schemas/WithdrawalRequested")
    assert set(payload["required"]) == {"nomination_id", "campaign_id", "credit_code", "reason"}


def test_the_headers_are_those_on_the_wire() -> None:
    headers = resolve("#/components/messageTraits/cloudEvent")["headers"]
    assert set(headers["required"]) == set(write(envelope_of(withdrawal("a")), None).headers)


def test_it_is_plain_json() -> None:
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT
