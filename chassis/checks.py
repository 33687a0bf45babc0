"""Whether a server that a process needs is there: asked when somebody asks, and no more often than `KEPT`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic

from chassis.bus.broker import connected

Check = Callable[[], Awaitable[bool]]
KEPT = 5.0
PATIENCE = 3.0
"""Seconds; who doesn't answer within them is away."""


class Seldom:
    """A check whose finding is kept for a while: whoever asks all the time doesn't burden the server."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self._at, self._found = float("-inf"), False
        self._asking = asyncio.Lock()

    async def __call__(self) -> bool:
        async with self._asking:
            if monotonic() - self._at > KEPT:
                self._found = await holds(self._check)
                self._at = monotonic()
        return self._found


def broker_answers(url: str) -> Check:
    """Signs in, as consumers do: a broker that lost its users or its virtual host is away too."""

    async def answers() -> bool:
        async with connected(url, "health"):
            return True

    return Seldom(answers)


async def holds(check: Check) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            return await check()
    except Exception:  # whatever fails: it is away
        return False


async def all_found(checks: Mapping[str, Check]) -> dict[str, bool]:
    found = await asyncio.gather(*(holds(check) for check in checks.values()))
    return dict(zip(checks, found, strict=True))
