"""Looks at every page some times and takes the console's own word for how long it took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx

from deploy.stack import Stack
from tests.bench.pages.catalogue import Page
from tests.bench.pages.counters import Counters
from tests.bench.pages.places import find_places
from tests.bench.pages.routes import measured
from tests.bench.pages.visitors import sign_in

WARM_UP = 5
TIMEOUT = 60.0


@dataclass
class Seen:
    """`milliseconds` of server time, sorted; `calls` of other services and SQL `statements` of one request."""

    page: Page
    status: int = 0
    milliseconds: list[float] = field(default_factory=list)
    size: int = 0
    calls: int = 0
    statements: int = 0


async def look_at_pages(stack: Stack, times: int, pages: Sequence[Page] | None = None) -> list[Seen]:
    """All of the catalogue, or these. One after another, with nothing else to do; each after some looks that aren't
    counted."""
    places = await find_places(stack)
    visitors = await sign_in(stack, places)
    async with httpx.AsyncClient(base_url=stack.addresses["console"], timeout=TIMEOUT, trust_env=False) as http:
        counters = Counters(stack, http)
        return [await _look(http, counters, page, visitors[page.who], places, times) for page in pages or measured()]


async def _look(
    http: httpx.AsyncClient,
    counters: Counters,
    page: Page,
    browser: Mapping[str, str],
    places: Mapping[str, str],
    times: int,
) -> Seen:
    seen, address = Seen(page), page.path.format_map(places)
    for _ in range(WARM_UP):
        await http.get(address, headers=browser)
    before = await counters.read()
    for _ in range(times):
        answer = await http.get(address, headers=browser)
        seen.milliseconds.append(_server_time(answer))
    after = await counters.read()
    seen.status, seen.size = answer.status_code, len(answer.content)
    seen.calls = round((after.calls - before.calls) / times)
    seen.statements = round((after.statements - before.statements) / times)
    seen.milliseconds.sort()
    return seen


def _server_time(answer: httpx.Response) -> float:
    return float(answer.headers["server-timing"].partition("app;dur=")[2])
