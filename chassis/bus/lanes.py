"""Lanes keep the order of a subject: what stands in one is settled one after another, lanes go beside each other."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from chassis.bus.subscriber import Delivery


class Lanes:
    """`settle` returns False when it gave up because everything is being stopped; `fail` is told what it raises."""

    def __init__(self, settle: Callable[[Delivery], Awaitable[bool]], fail: Callable[[BaseException], None]) -> None:
        self._settle = settle
        self._fail = fail
        self._lanes: dict[str, deque[Delivery]] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    def __contains__(self, subject: str) -> bool:
        return subject in self._lanes

    def add(self, delivery: Delivery) -> None:
        subject = delivery.envelope.subject
        if subject in self._lanes:
            self._lanes[subject].append(delivery)
            return
        self._lanes[subject] = deque([delivery])
        task = asyncio.create_task(self._walk(subject))
        self.tasks.add(task)
        task.add_done_callback(self._ended)

    async def _walk(self, subject: str) -> None:
        lane = self._lanes[subject]
        while lane and await self._settle(lane[0]):
            lane.popleft()
        del self._lanes[subject]

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is not None:
            self._fail(error)
