"""`liaison serve`: one service, as one process."""

from enum import StrEnum
from typing import Annotated

import typer


class ServiceName(StrEnum):
    FILING = "filing"
    REVIEW = "review"
    REGISTRY = "registry"
    NOTIFY = "notify"
    CONSOLE = "console"


class Part(StrEnum):
    API = "api"
    WORKER = "worker"


def serve(
    service: ServiceName,
    only: Annotated[Part | None, typer.Option(help="Only its API, or only relay, consumers and orders.")] = None,
) -> None:
    """Run a service, its API and its worker part, until SIGTERM or SIGINT."""
    from importlib import import_module

    from chassis.process import run
    from chassis.service import Service
    from deploy.one_process import run_and_exit

    found: Service = import_module(f"services.{service.value}.app").SERVICE
    run_and_exit(run(found, found.settings(), only.value if only else None))
