"""The identity provider: where it is found, where it sends people, what it answers for a code."""

from time import monotonic
from typing import Any

import httpx
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url

from chassis.auth.keys import KeySource
from chassis.problems import Problem
from contracts.model import Text
from services.console.oidc.attempt import Attempt
from services.console.oidc.id_token import NotTrusted, checked
from services.console.settings import ConsoleSettings

SCOPE = "openid profile"
TIMEOUT = httpx.Timeout(10.0, connect=3.0)
FRESH = 3600.0
"""Seconds for which the provider's description is kept."""
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


class NoProvider(Problem):
    """Nobody could enter an account that is left to it."""

    code = "no_provider"
    status = 409
    title = Text(zh="本系统没有接入单位账号", en="No identity provider is set up here")


class ProviderAway(Exception):  # noqa: N818 - it comes back
    """The provider doesn't answer, or not as one should."""


class Provider:
    """One a process. Made only where the settings name an issuer."""

    def __init__(self, settings: ConsoleSettings) -> None:
        self._issuer = str(settings.oidc_issuer)
        self._client_id = str(settings.oidc_client_id)
        self._secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else None
        self._redirect = f"{str(settings.console_url).rstrip('/')}/sign-in/oidc/callback"
        self._http = httpx.AsyncClient(timeout=TIMEOUT)
        self._found: dict[str, Any] = {}
        self._found_at = float("-inf")
        self._keys: KeySource | None = None

    async def address_for(self, attempt: Attempt) -> str:
        """Where the person signs in."""
        found = await self._metadata()
        client = OAuth2Client(
            None, self._client_id, scope=SCOPE, redirect_uri=self._redirect, code_challenge_method="S256"
        )
        address, _ = client.create_authorization_url(
            found["authorization_endpoint"], attempt.state, attempt.verifier, nonce=attempt.nonce
        )
        return str(address)

    async def claims_for(self, code: str, attempt: Attempt) -> dict[str, Any]:
        """What the provider says of the person. `ProviderAway`, `NotTrusted`; `Unavailable` without its keys."""
        found = await self._metadata()
        answer = await self._exchange(found["token_endpoint"], code, attempt)
        if self._keys is None or self._keys.location != found["jwks_uri"]:
            self._keys = KeySource(found["jwks_uri"], self._http)
        expected = {
            "issuer": self._issuer,
            "client_id": self._client_id,
            "nonce": attempt.nonce,
            "access_token": str(answer.get("access_token", "")),
        }
        return await checked(str(answer.get("id_token", "")), self._keys, expected)

    @property
    def issuer(self) -> str:
        return self._issuer

    async def close(self) -> None:
        await self._http.aclose()

    async def _exchange(self, address: str, code: str, attempt: Attempt) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect,
            "code_verifier": attempt.verifier,
            "client_id": self._client_id,
        }
        auth = httpx.BasicAuth(self._client_id, self._secret) if self._secret else None
        reply = await self._send("POST", address, data=form, auth=auth)
        answer = _json(reply)
        if reply.is_error:
            raise NotTrusted(f"the provider refused the code: {str(answer.get('error'))[:100]}")
        return answer

    async def _metadata(self) -> dict[str, Any]:
        """By discovery, of the issuer that the settings name and no other."""
        if monotonic() - self._found_at < FRESH:
            return self._found
        reply = await self._send("GET", get_well_known_url(self._issuer, external=True))
        found = OpenIDProviderMetadata(_json(reply))
        if reply.is_error or found.get("issuer") != self._issuer or not all(found.get(name) for name in NEEDED):
            raise ProviderAway("its description is not that of the issuer")
        self._found, self._found_at = dict(found), monotonic()
        return self._found

    async def _send(self, method: str, address: str, **options: Any) -> httpx.Response:
        try:
            reply = await self._http.request(method, address, **options)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise ProviderAway(repr(error)) from error
        if reply.status_code >= 500:
            raise ProviderAway(f"it answers {reply.status_code}")
        return reply


def _json(reply: httpx.Response) -> dict[str, Any]:
    try:
        body = reply.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ProviderAway("it answers with no JSON object")
    return body
