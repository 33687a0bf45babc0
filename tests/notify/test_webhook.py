"""Webhooks: signed, tried again with the same id, and nowhere they must not go."""

import orjson
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from services.notify.models import WebhookEndpoint
from services.notify.rules import Channel
from services.notify.settings import NotifySettings
from tests.fixtures.apps import recorded
from tests.notify.conftest import SECRET, MakePost, Post
from tests.notify.receiver import Receiver
from tests.notify.samples import APPROVED, CREDIT_CODE


async def state(post: Post) -> tuple[str, int, str | None]:
    [message] = await post.messages(Channel.WEBHOOK)
    return message.state, message.attempts, message.error


async def test_the_receiver_can_check_the_signature(post: Post, receiver: Receiver) -> None:
    await post.endpoint(f"{receiver.url}/hook?from=liaison")
    await post.told(APPROVED)
    await post.sent()
    [got] = receiver.received
    event = Webhook(SECRET).verify(got.body, got.headers)
    assert event["specversion"] == "1.0"
    assert (event["type"], event["subject"]) == (APPROVED.TYPE, APPROVED.subject)
    assert event["data"]["credit_code"] == CREDIT_CODE
    assert got.headers["content-type"] == "application/cloudevents+json"
    assert got.headers["host"] == receiver.url.removeprefix("http://")
    assert got.path == "/hook?from=liaison"
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(got.body.replace(b"APPROVED", b"REJECTED"), got.headers)


async def test_an_attempt_that_fails_is_made_again_with_the_same_id(post: Post, receiver: Receiver) -> None:
    receiver.answers = [500, None]
    await post.endpoint(receiver.url)
    await post.told(APPROVED)
    await post.sent()
    assert await state(post) == ("delivered", 3, None)
    assert len(receiver.received) == 3
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 1
    assert len({orjson.loads(got.body)["id"] for got in receiver.received}) == 1


@pytest.mark.parametrize("status", [301, 307, 400, 404, 500])
async def test_only_2xx_is_success_and_no_redirect_is_followed(post: Post, receiver: Receiver, status: int) -> None:
    receiver.always = status
    await post.endpoint(receiver.url)
    await post.told(APPROVED)
    await post.sent()
    assert await state(post) == ("abandoned", 3, f"HTTP {status}")
    assert [got.path for got in receiver.received] == ["/"] * 3
    [abandoned] = await recorded(post.database)
    assert abandoned.model_dump()["channel"] == "webhook"


async def test_a_private_target_is_refused_when_sent_too(
    make_post: MakePost, settings: NotifySettings, receiver: Receiver
) -> None:
    post = make_post(settings.model_copy(update={"webhook_private_targets": False}))
    await post.endpoint(receiver.url.replace("127.0.0.1", "localhost"))
    await post.told(APPROVED)
    await post.sent()
    assert await state(post) == ("abandoned", 1, "the host is in a private network")
    assert receiver.received == []


async def test_an_endpoint_removed_meanwhile_gets_nothing(post: Post, receiver: Receiver) -> None:
    endpoint_id = await post.endpoint(receiver.url)
    await post.told(APPROVED)
    async with post.database.transaction() as session:
        await session.delete(await session.get_one(WebhookEndpoint, endpoint_id))
    await post.sent()
    assert await state(post) == ("skipped", 1, "the endpoint is gone or switched off")
    assert receiver.received == []
