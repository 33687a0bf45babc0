"""What the services count of themselves, read from their metrics."""

import asyncio
from dataclasses import dataclass

import httpx
from prometheus_client.parser import text_string_to_metric_families

from deploy.stack import Stack

CONSOLE = "console"
REQUESTS, STATEMENTS = "liaison_http_request_seconds_count", "liaison_http_request_statements_sum"


@dataclass(frozen=True)
class Counted:
    """Since the processes began. `calls` are requests that came to services other than the console."""

    calls: float
    statements: float


class Counters:
    def __init__(self, stack: Stack, http: httpx.AsyncClient) -> None:
        self._urls, self._http = stack.urls, http

    async def read(self) -> Counted:
        told = dict(zip(self._urls, await asyncio.gather(*map(self._read, self._urls.values())), strict=True))
        calls = sum(samples[REQUESTS] for service, samples in told.items() if service != CONSOLE)
        return Counted(calls, sum(samples[STATEMENTS] for samples in told.values()))

    async def _read(self, url: str) -> dict[str, float]:
        answer = await self._http.get(f"{url}/metrics")
        sums = {REQUESTS: 0.0, STATEMENTS: 0.0}
        for family in text_string_to_metric_families(answer.text):
            for sample in family.samples:
                if sample.name in sums:
                    sums[sample.name] += sample.value
        return sums
