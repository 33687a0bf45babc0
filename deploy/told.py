"""Stopping in order: Ctrl-C and SIGTERM end a command's work, they don't break it off."""

import asyncio
import signal
import threading
from collections.abc import Coroutine
from types import FrameType
from typing import Any, NoReturn, TypeVar

from deploy.console import say

T = TypeVar("T")


async def until_told(work: Coroutine[Any, Any, T]) -> T | None:
    """What comes of the work; None when it was told to stop, and has."""
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    waiting, working = asyncio.create_task(told.wait()), asyncio.create_task(work)
    await asyncio.wait([waiting, working], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if working.done():
        return await working
    say("Stopping")
    working.cancel()
    try:
        return await working
    except asyncio.CancelledError:
        return None


def end_when_told() -> None:
    """SIGTERM from now on ends this command as an error would: what it holds it lets go."""

    def end(number: int, _: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, end)
