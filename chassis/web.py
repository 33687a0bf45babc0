"""The HTTP door: builds a service's app out of its routers, with what every door has."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Annotated, TypeVar, cast

from fastapi import Depends, FastAPI, Header, Request
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.access import check_access
from chassis.checks import Check
from chassis.door import FORM, Door
from chassis.health import health_router
from chassis.problem_pages import install_problems
from chassis.service import Runtime, Service
from chassis.settings import Settings
from chassis.unforeseen import Unforeseen

S = TypeVar("S", bound=Settings)


def create_app(
    service: Service, runtime: Runtime, *, api: bool = True, checks: Mapping[str, Check] | None = None
) -> FastAPI:
    """The app of a service. Raises when a route doesn't say who may call it: denied by default.

    Without `api` it only tells its health and metrics. `checks`: what else this process lives on, by name.
    """
    described = "/openapi.json" if service.described else None  # without it there are no pages about the API either
    app = FastAPI(title=f"Liaison {service.title}", version="1", redirect_slashes=False, openapi_url=described)
    app.state.runtime = runtime
    app.state.stopping = asyncio.Event()
    app.state.checks = checks or {}
    app.state.identify = service.identify
    for router in service.routers if api else ():
        app.include_router(router)
    app.include_router(health_router(service.name))
    check_access(app)
    install_problems(app)
    app.add_middleware(Unforeseen)
    uploads = {path: getattr(runtime.settings, setting) + FORM for path, setting in service.uploads.items()}
    if service.furnish:
        service.furnish(app, runtime)
    app.add_middleware(Door, service=service.name, largest_body=runtime.settings.largest_body, largest_uploads=uploads)
    return app


async def _session(request: Request) -> AsyncIterator[AsyncSession]:
    runtime: Runtime = request.app.state.runtime
    async with runtime.database.transaction() as session:
        yield session


async def _reading(request: Request) -> AsyncIterator[AsyncSession]:
    runtime: Runtime = request.app.state.runtime
    async with runtime.database.reading() as session:
        yield session


# Dependencies are coroutines even where nothing is awaited: FastAPI sends plain functions to a thread.
async def language(accept_language: Annotated[str, Header()] = "zh") -> str:
    """`zh` unless English is preferred in `Accept-Language`."""
    return "en" if accept_language.strip().lower().startswith("en") else "zh"


def settings_of(_cls: type[S]) -> Callable[[Request], Awaitable[S]]:
    """Dependency: the settings of this service, as its own class."""

    async def get(request: Request) -> S:
        return cast(S, request.app.state.runtime.settings)

    return get


Session = Annotated[AsyncSession, Depends(_session, scope="function")]
"""One transaction a request, committed before the reply is sent."""

Reading = Annotated[AsyncSession, Depends(_reading, scope="function")]
"""For a request that changes nothing: without a transaction, see `Database.reading`."""

Language = Annotated[str, Depends(language)]
