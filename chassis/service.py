"""What a service is made of. `services/<name>/app.py` fills in one of these: its table of contents."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from fastapi import APIRouter, FastAPI

from chassis.auth.access import Identify, by_bearer
from chassis.auth.verify import Verifier
from chassis.bus import Consumer
from chassis.db import Database
from chassis.settings import Settings
from chassis.temporal import Orders


@dataclass(frozen=True)
class Runtime:
    """What one running process of a service has in hand."""

    settings: Settings
    database: Database
    verifier: Verifier


class Loop(Protocol):
    """A background coroutine that runs beside the worker's other parts until it is cancelled."""

    __name__: str

    def __call__(self, runtime: Runtime) -> Coroutine[Any, Any, None]: ...


@dataclass(frozen=True)
class Service:
    """`uploads`: a path that takes files → the setting that says how many bytes.

    `identify` finds out who calls; `furnish` gives the app what only this service's has. `described`: whoever reaches
    the API is served its OpenAPI document, and pages about it.
    """

    name: str
    title: str
    routers: Sequence[APIRouter]
    settings: type[Settings] = Settings
    consumers: Sequence[Consumer] = ()
    orders: Orders | None = None
    loops: Sequence[Loop] = field(default=())
    uploads: Mapping[str, str] = field(default_factory=dict)
    identify: Identify = by_bearer
    described: bool = True
    furnish: Callable[[FastAPI, Runtime], None] | None = None
