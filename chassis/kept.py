"""Keeps what is costly to make and follows from its key alone."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The values that were used last, in this process alone. A key names all that its value depends on."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[K, V] = OrderedDict()
        self._turns: WeakValueDictionary[K, asyncio.Lock] = WeakValueDictionary()

    async def get(self, key: K, make: Callable[[], Awaitable[V]]) -> V:
        """Made by whoever asks first; who asks meanwhile waits. What fails isn't kept."""
        if key not in self._values:
            turn = self._turns.setdefault(key, asyncio.Lock())
            async with turn:
                if key not in self._values:
                    self._keep(key, await make())
                return self._values[key]
        self._values.move_to_end(key)
        return self._values[key]

    def _keep(self, key: K, value: V) -> None:
        self._values[key] = value
        while len(self._values) > self._most:
            self._values.popitem(last=False)
