"""Who may call a route. Every route names exactly one rule, or the app is not built: denied by default."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts

from chassis.auth.describe import describe
from chassis.auth.principal import Principal
from chassis.context import become
from chassis.problems import Forbidden, Unauthenticated
from contracts.enums import Role

Identify = Callable[[Request], Awaitable[Principal]]
"""Finds out who calls; raises `Unauthenticated` for somebody who has not signed in."""

log = structlog.get_logger("auth")


@dataclass(frozen=True)
class Access:
    """The rule of a route: one of `roles`, or nobody needs to sign in when there are none."""

    roles: frozenset[Role]

    async def __call__(self, request: Request) -> Principal | None:
        if not self.roles:
            return None
        caller: Principal = await request.app.state.identify(request)
        if not caller.has(*self.roles):
            log.warning("role_refused", caller=caller.actor, needed=sorted(self.roles))
            raise Forbidden
        become(caller.actor)
        return caller


def allow(*roles: Role) -> Any:
    """Dependency that lets callers with one of `roles` in and gives the `Principal`.

    `caller: Annotated[Principal, allow(Role.OFFICER)]`, or in `dependencies` of a route or a router.
    """
    if not roles:
        raise ValueError("name a role; a route for everybody has PUBLIC")
    return Depends(Access(frozenset(roles)))


PUBLIC: Any = Depends(Access(frozenset()))
"""For routes that anybody may call: `dependencies=[PUBLIC]`."""


def check_access(app: FastAPI) -> None:
    """Raises `LookupError` with all routes that don't name exactly one rule, mounted apps included.

    The rules appear in the OpenAPI document. FastAPI's own pages about the API need none.
    """
    own = {app.openapi_url, app.docs_url, app.redoc_url, app.swagger_ui_oauth2_redirect_url}
    rules: dict[tuple[str, str], frozenset[Role]] = {}
    wrong: list[str] = []
    for route in iter_route_contexts(app.routes):
        if route.path in own:
            continue
        access = access_of(route)
        if access is None:
            wrong.append(f"{'/'.join(sorted(route.methods or ()))} {route.path}")
            continue
        rules |= {(str(route.path_format), method): access.roles for method in route.methods or ()}
    if wrong:
        raise LookupError(f"these routes don't say who may call them, or say it twice: {', '.join(wrong)}")
    describe(app, rules)


def access_of(route: RouteContext) -> Access | None:
    """The one rule of a route; None when it has none, or several that differ."""
    dependant = getattr(route, "dependant", None)
    found = set(_rules_in(dependant)) if dependant else set()
    return found.pop() if len(found) == 1 else None


def _rules_in(dependant: Dependant) -> Iterator[Access]:
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, Access):
            yield dependency.call
        yield from _rules_in(dependency)


async def by_bearer(request: Request) -> Principal:
    """By the token of an issuer that the settings trust: how APIs know their callers."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated
    principal: Principal = await request.app.state.runtime.verifier.verify(token.strip())
    return principal
