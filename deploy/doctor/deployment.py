"""What is to be looked at: the platform that runs with this folder, or servers that settings name."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from chassis.settings import Settings
from deploy.backup.s3.configured import configured
from deploy.backup.s3.settings import S3
from deploy.backup.s3.trouble import Trouble
from deploy.healthy import PORT
from deploy.keepsakes import Ports
from deploy.stack.environment import PREPARED
from deploy.stack.lock import StateLock
from deploy.stack.settings import StackSettings

WORKFLOWS = "workflows"
MANAGEMENT_PORT = 15672


@dataclass(frozen=True)
class Deployment:
    start: str
    """What brings it up, and mends what a start mends."""
    launcher: str | None = None
    """Process id of the launcher that runs it."""
    prepared: bool = False
    """`liaison prepare` made it ready for processes that somebody else starts: containers."""
    databases: Mapping[str, str] | None = None
    """Service → URL."""
    broker: str | None = None
    management: str | None = None
    """Where the broker's management plugin answers, if it does."""
    temporal: tuple[str, str] | None = None
    """Address and namespace."""
    processes: Mapping[str, str] | None = None
    """Process → where it tells its health. None: none should run."""
    console: str | None = None
    """Where people reach the console."""
    archives: S3 | Trouble | None = None
    """The bucket for archives, if there is one; or what is wrong with its settings."""


def find_deployment(named: StackSettings, settings: Settings) -> Deployment:
    """`named`: as the environment says. `settings`: with what was chosen besides for the platform of this folder.

    What runs here, or a setting names, is asked; the rest isn't.
    """
    prepared = PREPARED in os.environ
    launcher = StateLock(named.state).holder() if named.state.exists() and not prepared else None
    runs = prepared or launcher is not None
    databases = settings.databases if runs else named.databases
    broker = settings.broker_url.get_secret_value() if runs or named.broker_url else None
    console = StackSettings().console_url if runs else None
    return Deployment(
        start="docker compose -f deploy/compose.yaml up --wait" if prepared else "liaison up",
        launcher=launcher,
        prepared=prepared,
        databases={service: url.get_secret_value() for service, url in databases.items()},
        broker=broker,
        management=_management(broker, named) if broker else None,
        temporal=(settings.temporal_address, settings.temporal_namespace) if runs or named.temporal_address else None,
        processes=_processes(settings, prepared=prepared) if runs else None,
        console=str(console) if console else None,
        archives=_archives(),
    )


def _archives() -> S3 | Trouble | None:
    try:
        settings = configured()
    except Trouble as trouble:
        return trouble
    return settings if settings.bucket else None


def _processes(settings: Settings, *, prepared: bool) -> dict[str, str]:
    """The worker of workflows has no API, but tells its health as all do."""
    services = {service: str(url).rstrip("/") for service, url in settings.service_urls.items()}
    port = settings.http_ports.get(WORKFLOWS, PORT)
    return services | {WORKFLOWS: f"http://{WORKFLOWS if prepared else settings.http_host}:{port}"}


def _management(broker: str, named: StackSettings) -> str:
    """At the usual port of the same host, unless the broker is the launcher's own."""
    url, own = urlsplit(broker), Ports(named.state / "rabbitmq").known()
    port = own["management"] if own and own.get("amqp") == url.port else MANAGEMENT_PORT
    return f"http://{url.hostname}:{port}"
