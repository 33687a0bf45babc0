"""Calls a service's API with a short-lived token of the person who is signed in."""

from collections.abc import Mapping
from typing import Any

import httpx
import structlog
from opentelemetry import propagate

from chassis.auth.principal import Principal
from chassis.auth.tokens import signer_of
from chassis.context import CORRELATION
from chassis.problems import Problem, Unavailable
from chassis.settings import Settings

TIMEOUT = httpx.Timeout(10.0, connect=2.0)
AWAY = frozenset({502, 503, 504})
log = structlog.get_logger("backends")


class Away(Unavailable):
    """The service doesn't answer, or says that it can't now."""

    code = "service_away"

    def __init__(self, service: str) -> None:
        super().__init__(service=service)
        self.service = service


class Refused(Problem):
    """The service answered with a problem; its code, fields and words (in the reader's language) are kept."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__()
        self.said: dict[str, Any] = {"status": status, "code": "problem", **body}
        self.status = status  # type: ignore[misc]
        self.code = str(self.said["code"])  # type: ignore[misc]

    def body(self, language: str) -> dict[str, Any]:  # noqa: ARG002 - the service chose it
        return self.said

    @property
    def words(self) -> str:
        return str(self.said.get("detail") or self.said.get("title") or self.code)

    @property
    def fields(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {error["field"]: error["message"] for error in self.said.get("errors", ())}


class Backends:
    """The connections of one process to the services, where its settings say that each answers.

    `transport` is how they are reached; None: over the network.
    """

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._settings = settings
        self._urls = {service: str(url).rstrip("/") for service, url in settings.service_urls.items()}
        self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False, transport=transport)

    def caller(self, service: str, principal: Principal | None, language: str) -> "Caller":
        """`principal` None calls as the public."""
        return Caller(self, service, principal, language)

    async def send(
        self, method: str, service: str, path: str, principal: Principal | None, language: str, **options: Any
    ) -> httpx.Response:
        """Raises `Away` or `Refused`.

        A service that doesn't take our own token, for its keys or its clock, is as good as away: signing in again would
        mend nothing.
        """
        headers = self._headers(principal, language) | options.pop("headers", {})
        try:
            reply = await self._client.request(method, self._url(service) + path, headers=headers, **options)
        except httpx.TransportError as error:
            raise Away(service) from error
        if reply.status_code == 401 and principal:
            log.error("token_not_taken", service=service, problem=_problem(reply).get("code"))
            raise Away(service)
        if reply.status_code in AWAY:
            raise Away(service)
        if reply.is_error:
            raise Refused(reply.status_code, _problem(reply))
        return reply

    async def close(self) -> None:
        await self._client.aclose()

    def _url(self, service: str) -> str:
        if service not in self._urls:
            raise Away(service)
        return self._urls[service]

    def _headers(self, principal: Principal | None, language: str) -> dict[str, str]:
        headers = {"Accept-Language": language, "X-Correlation-Id": CORRELATION.get() or ""}
        propagate.inject(headers)
        if principal:
            headers["Authorization"] = f"Bearer {signer_of(self._settings).sign(principal)}"
        return headers


class Caller:
    """One service, called by one person in one language. Answers are the JSON of its OpenAPI document."""

    def __init__(self, backends: Backends, service: str, principal: Principal | None, language: str) -> None:
        self._backends, self._service, self._principal, self._language = backends, service, principal, language

    async def get(self, path: str, **query: Any) -> Any:
        """`query` without its Nones."""
        given = {name: value for name, value in query.items() if value is not None}
        return (await self.send("GET", path, params=given)).json()

    async def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return (await self.send("POST", path, json=body, headers=headers)).json()

    async def put(self, path: str, body: Any = None) -> Any:
        return (await self.send("PUT", path, json=body)).json()

    async def patch(self, path: str, body: Any = None) -> Any:
        return (await self.send("PATCH", path, json=body)).json()

    async def delete(self, path: str) -> None:
        await self.send("DELETE", path)

    async def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The whole reply, for files and for what has no JSON."""
        return await self._backends.send(method, self._service, path, self._principal, self._language, **options)


def _problem(reply: httpx.Response) -> dict[str, Any]:
    try:
        body = reply.json()
    except ValueError:
        body = None
    return body if isinstance(body, dict) else {"title": reply.reason_phrase, "code": "problem"}
