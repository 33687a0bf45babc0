"""Calls the services' APIs in the name of one party, and goes on calling while a service is away."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx

from chassis.auth.principal import Principal
from chassis.auth.tokens import TokenSigner
from contracts.enums import Role

AWAY = frozenset({502, 503, 504})
LIFETIME = timedelta(minutes=30)


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """The service answered with a problem."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(f"{response.request.method} {response.request.url}: {response.status_code} {response.text}")
        self.status = response.status_code
        self.body: dict[str, Any] = response.json() if "json" in response.headers.get("content-type", "") else {}

    @property
    def code(self) -> str:
        return str(self.body.get("code", ""))


class Services:
    """The running platform: where each service answers, and a signer its services trust."""

    def __init__(self, urls: dict[str, str], signer: TokenSigner, patience: float = 120) -> None:
        """`patience`: seconds for which a service may be away before a call gives up."""
        self.urls, self.signer, self.patience = urls, signer, patience
        self.http = httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=24, max_keepalive_connections=24))

    def caller(self, role: Role, subject: str, **claims: str) -> "Caller":
        principal = Principal(subject=subject, roles=frozenset({role}), **claims)
        return Caller(self, {"Authorization": f"Bearer {self.signer.sign(principal, LIFETIME)}"})

    def public(self) -> "Caller":
        return Caller(self, {})

    async def close(self) -> None:
        await self.http.aclose()


class Caller:
    def __init__(self, services: Services, headers: dict[str, str]) -> None:
        self.services, self.headers = services, headers

    async def get(self, service: str, path: str, **params: Any) -> Any:
        return (await self.send("GET", service, path, params=params)).json()

    async def post(self, service: str, path: str, body: Any = None, **options: Any) -> Any:
        return (await self.send("POST", service, path, json=body, **options)).json()

    async def pages(self, service: str, path: str, **params: Any) -> AsyncIterator[Any]:
        """All items of a paged collection."""
        cursor = None
        while True:
            page = await self.get(service, path, **params, **({"cursor": cursor} if cursor else {}))
            for item in page["items"]:
                yield item
            cursor = page["next"]
            if cursor is None:
                return

    async def send(self, method: str, service: str, path: str, **options: Any) -> httpx.Response:
        """One request, sent again while nobody answers; raises `Refused` for a problem."""
        headers = {"Accept-Language": "en", **self.headers, **options.pop("headers", {})}
        deadline = asyncio.get_running_loop().time() + self.services.patience
        while True:
            response = await self._try(method, f"{self.services.urls[service]}{path}", headers, options)
            if response is not None and response.status_code not in AWAY:
                break
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(f"{service} is away")
            await asyncio.sleep(0.3)
        if response.is_error:
            raise Refused(response)
        return response

    async def _try(
        self, method: str, url: str, headers: dict[str, str], options: dict[str, Any]
    ) -> httpx.Response | None:
        try:
            return await self.services.http.request(method, url, headers=headers, **options)
        except httpx.TransportError:
            return None
