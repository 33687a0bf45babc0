"""Where a party gets its e-mail: staff from the settings, an enterprise's contact from filing, at the time of sending.

Neither events nor this database hold an enterprise's contact.
"""

from typing import Literal

import httpx

from chassis.auth.tokens import service_token
from contracts.model import Model
from services.notify import parties
from services.notify.models import Message
from services.notify.settings import NotifySettings

TIMEOUT = 10.0
NOBODY = 404


class Contact(Model):
    """`email` is None or empty when there is none."""

    email: str | None = None
    language: Literal["zh", "en"] = "zh"


class Contacts:
    def __init__(self, settings: NotifySettings) -> None:
        self._settings = settings
        self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False)

    async def find(self, message: Message) -> Contact:
        """Raises what httpx raises while filing is away."""
        if message.party.startswith(parties.enterprise("")):
            return await self._of_nomination(message.event["data"]["nomination_id"])
        address = self._settings.addresses.get(message.party)
        return Contact(email=address, language=self._settings.language)

    async def close(self) -> None:
        await self._client.aclose()

    async def _of_nomination(self, nomination_id: str) -> Contact:
        filing = str(self._settings.service_urls["filing"]).rstrip("/")
        reply = await self._client.get(
            f"{filing}/v1/nominations/{nomination_id}/contact",
            headers={"Authorization": f"Bearer {service_token(self._settings, 'notify')}"},
        )
        if reply.status_code == NOBODY:
            return Contact()
        return Contact.model_validate(reply.raise_for_status().json())
