"""One whole platform for these tests, on servers of its own, and a collector for its traces."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from deploy.demo.caller import Services
from deploy.stack import Stack, StackSettings
from tests.system.collector import Collector


@asynccontextmanager
async def running(state: Path, **extra: str) -> AsyncIterator[Stack]:
    """Nothing but its own servers, whatever runs on this machine."""
    async with Stack(StackSettings(_env_file=None, state=state, find_servers=False), extra) as stack:
        yield stack


@pytest.fixture(scope="package")
def collector() -> Iterator[Collector]:
    with Collector() as collector:
        yield collector


@pytest.fixture(scope="package")
async def platform(tmp_path_factory: pytest.TempPathFactory, collector: Collector) -> AsyncIterator[Stack]:
    traced = {"LIAISON_OTLP_ENDPOINT": collector.url, "OTEL_BSP_SCHEDULE_DELAY": "200"}
    async with running(tmp_path_factory.mktemp("platform"), **traced) as stack:
        yield stack


@pytest.fixture
async def parties(platform: Stack) -> AsyncIterator[Services]:
    services = Services(platform.urls, platform.signer)
    yield services
    await services.close()
