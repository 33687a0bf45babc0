"""Each process of the platform: whether it is ready, its version, its clock. Every replica behind a name is asked."""

import asyncio
import re
import socket
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from chassis.clock import now
from chassis.version import VERSION
from deploy.doctor.clocks import compare
from deploy.doctor.deployment import Deployment
from deploy.doctor.finding import Finding, good, missing, wrong

PATIENCE = 5
TOLD_VERSION = re.compile(r'^liaison_build_info\{version="([^"]*)"\}', re.MULTILINE)
HALF_A_SECOND = timedelta(seconds=0.5)
"""`Date` is cut off to whole seconds."""


async def look_at_processes(deployment: Deployment) -> list[Finding]:
    looks = (_look_at(name, url, deployment.start) for name, url in (deployment.processes or {}).items())
    return [finding for findings in await asyncio.gather(*looks) for finding in findings]


async def _look_at(name: str, url: str, start: str) -> list[Finding]:
    replicas = await _replicas(url)
    if len(replicas) < 2:
        return await _ask(name, url, start)
    looks = (_ask(f"{name} at {one}", one, start) for one in replicas)
    return [finding for findings in await asyncio.gather(*looks) for finding in findings]


async def _replicas(url: str) -> list[str]:
    """Containers of one service share its name."""
    parts, loop = urlsplit(url), asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(parts.hostname, None, family=socket.AF_INET, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [f"http://{host}:{parts.port}" for host in sorted({str(address[0]) for *_, address in found})]


async def _ask(name: str, url: str, start: str) -> list[Finding]:
    try:
        async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=PATIENCE) as client:
            asked = now()
            health = await client.get("/health/ready")
            answered = now()
            metrics = await client.get("/metrics")
        found = [_health(name, url, health), _version(name, metrics.text)]
    except httpx.TransportError:
        return [missing(name, f"does not answer at {url}", start)]
    except ValueError:
        return [wrong(name, f"something else answers at {url}", f"end what listens there, then {start}")]
    if "date" in health.headers:
        time = parsedate_to_datetime(health.headers["date"]) + HALF_A_SECOND
        found.append(compare(f"clock of {name}", time, asked, answered))
    return found


def _health(name: str, url: str, health: httpx.Response) -> Finding:
    checks = health.json().get("checks", {})
    away = ", ".join(check for check, holds in checks.items() if not holds)
    if not health.is_success:
        return wrong(name, f"is not ready at {url}: it lacks {away}", "look at that, and into its log")
    if away:
        return wrong(name, f"is ready at {url}, but lacks {away}", "look at that; what waits for it is done then")
    return good(name, f"is ready at {url}")


def _version(name: str, metrics: str) -> Finding:
    told = TOLD_VERSION.search(metrics)
    running = told[1] if told else "older than all that tell it"
    if running == VERSION:
        return good(f"version of {name}", running)
    return wrong(f"version of {name}", f"{running}; this code is {VERSION}", "start it again, with the same version")
