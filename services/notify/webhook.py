"""Carries events to endpoints, signed as Standard Webhooks has it."""

from uuid import UUID

import httpx
import orjson
from standardwebhooks import Webhook

from chassis.clock import now
from chassis.db import Database
from services.notify import parties
from services.notify.carriers import Failed, NowhereToSend, Refused
from services.notify.models import Message, WebhookEndpoint
from services.notify.settings import NotifySettings
from services.notify.targets import TargetRefused, resolve

TIMEOUT = 10.0
CONTENT_TYPE = "application/cloudevents+json"


class WebhookCarrier:
    """Follows no redirect and uses no proxy: the address that was checked is the one that is called."""

    def __init__(self, settings: NotifySettings, database: Database) -> None:
        self._settings = settings
        self._database = database
        # no connection is kept: the pool knows addresses only, and two hosts of one address have two certificates
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False, follow_redirects=False, limits=limits)

    async def deliver(self, message: Message) -> None:
        """Any 2xx is success; the reply's body is not read."""
        endpoint = await self._endpoint(message.party)
        try:
            address = await resolve(endpoint.url, self._settings)
        except TargetRefused as error:
            raise Refused(str(error)) from error
        request = self._request(endpoint, address, str(message.id), orjson.dumps(message.event))
        reply = await self._client.send(request, stream=True)
        await reply.aclose()
        if not reply.is_success:
            raise Failed(f"HTTP {reply.status_code}")

    async def close(self) -> None:
        await self._client.aclose()

    async def _endpoint(self, party: str) -> WebhookEndpoint:
        endpoint_id = UUID(party.removeprefix(parties.endpoint("")))
        async with self._database.transaction() as session:
            endpoint = await session.get(WebhookEndpoint, endpoint_id)
        if endpoint is None or not endpoint.active:
            raise NowhereToSend("the endpoint is gone or switched off")
        return endpoint

    def _request(self, endpoint: WebhookEndpoint, address: str, message_id: str, body: bytes) -> httpx.Request:
        url, at = httpx.URL(endpoint.url), now()
        headers = {
            "Host": url.netloc.decode(),
            "Content-Type": CONTENT_TYPE,
            "User-Agent": "liaison",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(endpoint.secret).sign(message_id, at, body.decode()),
        }
        # the certificate is checked against the host's name, whatever address is called
        extensions = {"sni_hostname": url.host}
        return self._client.build_request(
            "POST", url.copy_with(host=address), content=body, headers=headers, extensions=extensions
        )
