"""A sender in a process of its own, to be killed: `python -m tests.notify.lone_sender DATABASE_URL`."""

import asyncio
import sys

from chassis.auth.verify import Verifier
from chassis.db import Database
from chassis.service import Runtime
from services.notify.sender import send_messages
from services.notify.settings import NotifySettings


async def main(url: str) -> None:
    settings = NotifySettings(webhook_private_targets=True, webhook_plain_http=True)
    await send_messages(Runtime(settings, Database(url), Verifier(settings)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
