"""What an operator does beside a running stack: commands, a look into a database, into a log, into Temporal."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from unittest import mock

import asyncpg
from temporalio.client import Client

from chassis.settings import Settings
from chassis.temporal import connect
from deploy.child import Child
from deploy.stack import Stack

PATIENCE = 60.0


async def liaison(stack: Stack, *arguments: str) -> tuple[int, Any]:
    """Exit code of `liaison … --json`, and what it wrote."""
    command = [sys.executable, "-m", "deploy.cli", *arguments, "--json"]
    environment = {**os.environ, **stack.environment, "LIAISON_STATE": str(stack.settings.state)}
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    return process.returncode or 0, json.loads(output)


def settings_of(stack: Stack) -> Settings:
    with mock.patch.dict(os.environ, stack.environment):
        return Settings()


async def temporal_of(stack: Stack) -> Client:
    return await connect(settings_of(stack))


async def rows(stack: Stack, service: str, query: str, *values: Any) -> list[asyncpg.Record]:
    """As the service's own user sees its database."""
    connection = await asyncpg.connect(settings_of(stack).database(service).replace("+asyncpg", ""))
    try:
        return list(await connection.fetch(query, *values))
    finally:
        await connection.close()


def logged(stack: Stack, process: str, event: str) -> list[dict[str, Any]]:
    """The lines of this event in the process's log file."""
    return [entry for entry in log_of(stack.processes[process]) if entry.get("event") == event]


def about(stack: Stack, process: str, correlation: str) -> list[dict[str, Any]]:
    """What the process has logged of one request, once it has answered it."""
    entries = [entry for entry in log_of(stack.processes[process]) if entry.get("correlation_id") == correlation]
    return entries if any(entry["event"] == "request" for entry in entries) else []


def log_of(process: Child) -> list[dict[str, Any]]:
    """What isn't JSON in a log file was not written by the platform's logger."""
    lines = process.log_file.read_text(errors="replace").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


async def until(
    holds: Callable[[], Awaitable[Any]], what: str, *, every: float = 0.2, patience: float = PATIENCE
) -> None:
    """Fails with `what` when it does not hold after `patience` seconds."""
    try:
        async with asyncio.timeout(patience):
            while not await holds():
                await asyncio.sleep(every)
    except TimeoutError:
        raise AssertionError(f"after {patience:.0f} s it is still not so: {what}") from None
