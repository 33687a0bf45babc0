"""What the platform of this folder, or the servers that settings name, say when asked."""

import asyncio
from collections.abc import AsyncIterator

import aio_pika
import httpx
from aio_pika.exceptions import AMQPError
from sqlalchemy.exc import SQLAlchemyError

from chassis.migrate import current_revision, latest_revision
from chassis.settings import Settings
from deploy.doctor.finding import Finding, State
from deploy.stack.lock import StateLock
from deploy.stack.settings import StackSettings
from deploy.stack.temporal import answers

START = "liaison up"
PATIENCE = 5


async def look_at_running(stack: StackSettings, settings: Settings) -> AsyncIterator[Finding]:
    """`stack`: as the environment says. `settings`: with what the launcher of this folder chose besides.

    What a launcher runs, or a setting names, must answer; the rest isn't asked.
    """
    launcher = StateLock(stack.state).holder() if stack.state.exists() else None
    if launcher is None:
        yield Finding("launcher", State.RESTING, f"does not run with {stack.state}", START)
    else:
        yield Finding("launcher", State.GOOD, f"runs as process {launcher}")
    for service in settings.databases if launcher else stack.databases:
        yield await _database(service, settings)
    if launcher or stack.broker_url:
        yield await _broker(settings)
    if launcher or stack.temporal_address:
        yield await _temporal(settings)
    for service, url in settings.service_urls.items() if launcher else ():
        yield await _process(service, str(url))


async def _database(service: str, settings: Settings) -> Finding:
    subject = f"database of {service}"
    try:
        async with asyncio.timeout(PATIENCE):
            current = await current_revision(settings.database(service))
    except (OSError, SQLAlchemyError, TimeoutError) as error:
        return Finding(subject, State.MISSING, f"does not answer: {_short(error)}", START)
    latest = latest_revision(service)
    if current == latest:
        return Finding(subject, State.GOOD, f"is at {current}")
    return Finding(subject, State.MISSING, f"is at {current}, the code at {latest}", f"liaison migrate {service}")


async def _broker(settings: Settings) -> Finding:
    try:
        connection = await aio_pika.connect(settings.broker_url.get_secret_value(), timeout=PATIENCE)
    except (OSError, AMQPError, TimeoutError) as error:
        return Finding(
            "RabbitMQ", State.MISSING, f"does not answer: {_short(error)}", f"{START}, or set LIAISON_BROKER_URL"
        )
    await connection.close()
    return Finding("RabbitMQ", State.GOOD, "answers")


async def _temporal(settings: Settings) -> Finding:
    if await answers(settings.temporal_address):
        return Finding("Temporal", State.GOOD, "answers")
    mend = f"{START}, or set LIAISON_TEMPORAL_ADDRESS"
    return Finding("Temporal", State.MISSING, f"does not answer at {settings.temporal_address}", mend)


async def _process(service: str, url: str) -> Finding:
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client:
            answer = await client.get(f"{url.rstrip('/')}/health/ready")
    except httpx.TransportError:
        return Finding(service, State.MISSING, f"does not answer at {url}", START)
    if answer.is_success:
        return Finding(service, State.GOOD, f"is ready at {url}")
    return Finding(service, State.MISSING, f"is not ready: {answer.text}", "look into its log")


def _short(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
