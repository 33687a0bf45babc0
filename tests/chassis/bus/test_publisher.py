"""The publisher: confirmed means on a queue; what nobody listens to is not taken for published."""

import pytest
from aio_pika.exceptions import DeliveryError

from chassis.bus import Consumer, Envelope, declare, publisher
from contracts.events import Event
from contracts.events.filing import WithdrawalRequested
from tests.chassis.bus.samples import envelope_of, withdrawal


async def ignore(session: object, event: Event, envelope: Envelope) -> None:
    pass


async def test_what_nobody_listens_to_is_refused(vhost: str) -> None:
    async with publisher(vhost, "test") as broker:
        with pytest.raises(DeliveryError, match="NO_ROUTE"):
            await broker.publish(envelope_of(withdrawal("a")))


async def test_a_refused_event_holds_its_subject_only(vhost: str) -> None:
    consumer = Consumer("test.consumer")
    consumer.on(WithdrawalRequested)(ignore)
    await declare([consumer], vhost)
    lost = envelope_of(withdrawal("a", 1), type="nobody.listens.v1")
    behind, beside = envelope_of(withdrawal("b", 1)), envelope_of(withdrawal("c", 2))
    async with publisher(vhost, "test") as broker:
        outcome = await broker.publish_all([lost, behind, beside])
    assert outcome.confirmed == [beside]
    assert list(outcome.refused) == [lost.subject]
    assert outcome.lost is None
