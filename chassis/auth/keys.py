"""The public keys of one issuer, from its JWKS: fetched when needed, kept, fetched again for an unknown key."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from urllib.parse import unquote, urlsplit

import httpx
import orjson
import structlog
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import Key, KeySet

from chassis.problems import Unavailable

FRESH = 600.0  # seconds; older keys are fetched again, and trusted meanwhile while their issuer is away
KEPT = 3600.0  # seconds; a key that its issuer withdrew is trusted no longer than this, whatever happens
BETWEEN_FETCHES = 10.0  # seconds; made-up key ids must not become a flood of requests to the issuer
TOO_LARGE = 256 * 1024
log = structlog.get_logger("auth")


class KeySource:
    """`location` is `https://`, `http://` or `file://`; `clock` counts seconds."""

    def __init__(self, location: str, client: httpx.AsyncClient, clock: Callable[[], float] = monotonic) -> None:
        self.location = location
        self._client = client
        self._clock = clock
        self._keys: KeySet | None = None
        self._fetched = self._tried = float("-inf")
        self._fetching = asyncio.Lock()

    async def find(self, kid: str | None) -> Key | None:
        """The key of this id; None when the issuer has none such. Without an id, the issuer's only key.

        Raises `Unavailable` while no keys are to be had, or only too old ones: such a token is neither good nor bad.
        """
        if self._age > FRESH:
            await self._refresh()
        if self._age > KEPT:
            raise Unavailable
        key = self._look_up(kid)
        if key is None:
            await self._refresh()
            key = self._look_up(kid)
        return key

    @property
    def _age(self) -> float:
        """Seconds since the keys were fetched; infinite when they never were."""
        return self._clock() - self._fetched

    def _look_up(self, kid: str | None) -> Key | None:
        if self._keys is None:
            return None
        try:
            return self._keys.get_by_kid(kid)
        except InvalidKeyIdError:
            return None

    async def _refresh(self) -> None:
        async with self._fetching:
            if self._clock() - self._tried < BETWEEN_FETCHES:
                return
            self._tried = self._clock()
            try:
                self._keys = KeySet.import_key_set(orjson.loads(await self._read()))
            except (httpx.HTTPError, OSError, ValueError, TypeError, KeyError, JoseError) as error:
                log.warning("issuer_keys_not_fetched", location=self.location, error=repr(error))
            else:
                self._fetched = self._clock()

    async def _read(self) -> bytes:
        parts = urlsplit(self.location)
        if parts.scheme == "file":
            return await asyncio.to_thread(Path(unquote(parts.path)).read_bytes)
        reply = await self._client.get(self.location)
        reply.raise_for_status()
        if len(reply.content) > TOO_LARGE:
            raise ValueError("the key set is too large")
        return reply.content
