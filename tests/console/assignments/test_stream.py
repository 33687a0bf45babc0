"""The stream of counts, to who asks only what it would be."""

import asyncio

from services.console.pages.live import EVERY
from tests.console.assignments.conftest import Desk


async def test_head_of_a_stream_ends_at_once(desk: Desk) -> None:
    async with asyncio.timeout(EVERY / 2):
        answer = await desk.console.client.head("/live", headers=desk.headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert "content-length" not in answer.headers
