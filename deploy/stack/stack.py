"""Starts the platform, keeps it running, and stops it in order."""

import json
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from chassis.auth.tokens import TokenSigner
from deploy.child import Child, end_leftover
from deploy.keepsakes import Ports, is_free
from deploy.queues import declare_queues
from deploy.servers import DidNotStart
from deploy.stack import environment
from deploy.stack.broker import take_broker
from deploy.stack.component import Component
from deploy.stack.databases import take_databases
from deploy.stack.keys import ISSUER, Keys
from deploy.stack.lock import StateLock
from deploy.stack.postgres import DatabaseUrls
from deploy.stack.processes import PROCESSES, SERVICES, ProcessSpec
from deploy.stack.readiness import until_ready
from deploy.stack.settings import StackSettings
from deploy.stack.supervisor import Supervisor
from deploy.stack.temporal import take_temporal
from deploy.stack.together import together

PROCESS_FOLDER = "processes"
Say = Callable[[str], None]


class Stack:
    """One platform under one state folder. Use it as `async with Stack(settings) as stack`, or start and stop it."""

    def __init__(
        self, settings: StackSettings, extra: Mapping[str, str] | None = None, say: Say = lambda _line: None
    ) -> None:
        """`extra`: settings (`LIAISON_…`) for all processes, over the usual ones. `say` is told what goes on."""
        self.settings = settings
        self.keys = Keys(settings.state / "keys", settings)
        self.components: list[Component] = []
        self.processes: dict[str, Child] = {}
        self.environment: dict[str, str] = {}
        self.supervisor = Supervisor(say)
        self._extra = dict(extra or {})
        self._say = say
        self._ports = Ports(settings.state)
        self._http_ports: dict[str, int] = {}
        self._lock = StateLock(settings.state)
        self._servers: dict[str, str] = {}

    @property
    def urls(self) -> dict[str, str]:
        """Service → where its API answers."""
        return {service: self.addresses[service] for service in SERVICES}

    @property
    def addresses(self) -> dict[str, str]:
        """Process → its base URL: health and metrics of every one, and the APIs of the services."""
        return {name: f"http://{self.settings.http_host}:{port}" for name, port in self._http_ports.items()}

    @property
    def signer(self) -> TokenSigner:
        """Signs tokens that the services of this stack trust."""
        return TokenSigner(json.loads(self.keys.signing_key_file.read_text()), ISSUER, "liaison")

    async def start(self) -> None:
        """Start all of it and wait until it is ready. After `AlreadyRunning` or `DidNotStart` nothing is left."""
        self._lock.take()
        try:
            for name in await self._end_all():
                self._say(f"Ended {name}, left by a launcher that was killed")
            self._check_ports()
            databases = await self._start_servers()
            await self._choose_ports()
            await self._start_processes(databases)
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Processes first, then the servers that are this launcher's own."""
        if self._lock.held:  # what another launcher runs in this folder is none of our business
            await self.supervisor.let_go()
            await self._end_all()
            self._lock.release()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _end_all(self) -> list[str]:
        """End everything on record in this state folder, its own and what a killed launcher left: processes, then
        servers. Returns the names of what ran."""
        ended: list[str] = []
        for folder in (self.settings.state / PROCESS_FOLDER, self.settings.state):
            records = sorted(folder.glob("*.process" if folder.name == PROCESS_FOLDER else "*/*.process"))
            running = await together(*(end_leftover(record) for record in records))
            ended += [record.stem for record, ran in zip(records, running, strict=True) if ran]
        return ended

    async def _start_servers(self) -> dict[str, DatabaseUrls]:
        self._say("Looking for PostgreSQL, RabbitMQ and Temporal, starting what is not there")
        (postgres, databases), (broker, broker_url), (temporal, place) = await together(
            take_databases(self.settings, self.keys, self._say),
            take_broker(self.settings, self.keys),
            take_temporal(self.settings, self.keys),
        )
        self.components = [postgres, broker, temporal]
        self._servers = {"LIAISON_BROKER_URL": broker_url, **place.environment()}
        for component in self.components:
            if component.own:
                self.supervisor.keep(component.own)
        return databases

    def _check_ports(self) -> None:
        for name, port in self.settings.http_ports.items():
            if port and not is_free(port):
                raise DidNotStart(f"LIAISON_HTTP_PORTS__{name.upper()} is {port}: somebody listens there already")

    async def _choose_ports(self) -> None:
        for spec in PROCESSES:
            named = self.settings.http_ports.get(spec.name)
            self._http_ports[spec.name] = named or await self._ports.reclaim(f"http-{spec.name}")

    async def _start_processes(self, databases: Mapping[str, DatabaseUrls]) -> None:
        common = environment.shared(self.settings, self._http_ports, self.urls, self.keys) | self._servers | self._extra
        self.environment = environment.of_tools(common, databases, self.keys)
        environment.keep(self.settings.state, self.environment)
        await declare_queues(self._servers["LIAISON_BROKER_URL"])
        for spec in PROCESSES:
            process = self._process(spec, environment.of_process(spec, common, databases, self.keys))
            await process.start()
            self.processes[spec.name] = process
            self.supervisor.keep(process)
        self._say("Waiting until all processes are ready")
        addresses = {process: self.addresses[name] for name, process in self.processes.items()}
        await until_ready(addresses, self.supervisor.restarts)

    def _process(self, spec: ProcessSpec, its_environment: Mapping[str, str]) -> Child:
        command = [sys.executable, "-m", "deploy.cli", *spec.arguments]
        return Child(spec.name, command, self.settings.state / PROCESS_FOLDER, env=its_environment)
