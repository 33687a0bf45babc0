"""Dead letters are shown without what they say, sent again, or dropped; the journal's are never dropped."""

from contextlib import AbstractAsyncContextManager

import aio_pika
import pytest
from aio_pika.abc import AbstractConnection
from pydantic import SecretStr

from chassis.bus import dead_letters
from chassis.bus.broker import connected
from chassis.bus.topology import dead_queue_of
from contracts.enums import Role
from deploy.queues import declare_queues, subscribers
from services.console.pages.admin.queues import JOURNAL, QUEUES
from tests.console.conftest import Console, OpenConsole

BODY = b'{"name": "a person"}'
HEADERS = {"type": "filing.withdrawal.requested.v1", "subject": "nomination/1", "liaison-reason": "ValueError: so"}


@pytest.fixture
async def console(open_console: OpenConsole, vhost: str) -> Console:
    """With a dead letter at notify, and one at the journal."""
    await declare_queues(vhost)
    async with connected(vhost, "test") as connection, connection.channel() as channel:
        for name in ("notify.messages", JOURNAL):
            letter = aio_pika.Message(BODY, headers=dict(HEADERS), message_id=f"to-{name}")
            await channel.default_exchange.publish(letter, dead_queue_of(name), mandatory=True)
    return await open_console(broker_url=SecretStr(vhost))


def test_every_queue_has_its_words() -> None:
    assert set(QUEUES) == {subscriber.name for subscriber in subscribers()}


async def test_they_are_counted_and_shown_without_their_bodies(console: Console) -> None:
    headers, _ = await console.signed_in(Role.ADMIN)
    assert "2 waiting" in (await console.client.get("/admin", headers=headers)).text
    page = (await console.client.get("/admin/dead-letters/notify.messages", headers=headers)).text
    assert "ValueError: so" in page
    assert "a person" not in page


async def test_all_queues_are_counted_over_one_connection(vhost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await declare_queues(vhost)
    opened = []

    def connect(url: str, name: str) -> AbstractAsyncContextManager[AbstractConnection]:
        opened.append(url)
        return connected(url, name)

    monkeypatch.setattr(dead_letters, "connected", connect)
    counts = await dead_letters.counts(vhost, [*QUEUES, "of.nobody"])
    assert counts == dict.fromkeys([*QUEUES, "of.nobody"], 0)
    assert len(opened) == 1


async def test_they_are_sent_again_one_by_one_or_all(console: Console, vhost: str) -> None:
    headers, csrf = await console.signed_in(Role.ADMIN)
    address = "/admin/dead-letters/notify.messages/replay"
    await console.client.post(address, data={"csrf": csrf, "id": "another"}, headers=headers)
    assert await dead_letters.count(vhost, "notify.messages") == 1
    await console.client.post(address, data={"csrf": csrf}, headers=headers)
    assert await dead_letters.count(vhost, "notify.messages") == 0


async def test_they_are_dropped_but_not_those_of_the_journal(console: Console, vhost: str) -> None:
    headers, csrf = await console.signed_in(Role.ADMIN)
    for queue, status, left in (("notify.messages", 303, 0), (JOURNAL, 409, 1)):
        form = {"csrf": csrf, "id": f"to-{queue}"}
        answer = await console.client.post(f"/admin/dead-letters/{queue}/drop", data=form, headers=headers)
        assert (answer.status_code, await dead_letters.count(vhost, queue)) == (status, left)


async def test_a_queue_that_is_none_is_not_found(console: Console) -> None:
    headers, _ = await console.signed_in(Role.ADMIN)
    assert (await console.client.get("/admin/dead-letters/other.queue", headers=headers)).status_code == 404
