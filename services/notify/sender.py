"""Sends due messages: claims them under a lease, gives each to its carrier, writes down how it went."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import cast

import sqlalchemy as sa
import structlog
from prometheus_client import Counter

from chassis.bus.faults import is_passing, summary
from chassis.clock import now
from chassis.context import acting
from chassis.db import Database
from chassis.outbox import record
from chassis.service import Runtime
from contracts.events.notify import DeliveryAbandoned
from services.notify.carriers import Carrier, NowhereToSend, Refused, Undelivered
from services.notify.claims import claim, skip
from services.notify.contacts import Contacts
from services.notify.mail import MailCarrier
from services.notify.models import Message, State
from services.notify.rules import Channel
from services.notify.settings import NotifySettings
from services.notify.webhook import WebhookCarrier

ACTOR = "system:notify.sender"
AT_ONCE = 16
DELIVERIES = Counter("liaison_deliveries_total", "Attempts to deliver messages", ["channel", "result"])
log = structlog.get_logger("notify")
Carriers = Mapping[Channel, Carrier]


async def send_messages(runtime: Runtime) -> None:
    """The service's loop: runs until it is cancelled. Several may run at once, each message is claimed by one."""
    settings = cast(NotifySettings, runtime.settings)
    async with AsyncExitStack() as stack:
        sender = Sender(runtime.database, await _carriers(settings, runtime.database, stack), settings)
        while True:
            try:
                sent = await sender.send_due()
            except Exception as error:
                if not is_passing(error):
                    raise
                log.warning("sender_waits", error=summary(error))
                sent = 0
            if not sent:
                await asyncio.sleep(settings.poll_every)


async def _carriers(settings: NotifySettings, database: Database, stack: AsyncExitStack) -> Carriers:
    contacts = Contacts(settings)
    mail, webhook = MailCarrier(settings, contacts.find), WebhookCarrier(settings, database)
    for each in (contacts, mail, webhook):
        stack.push_async_callback(each.close)
    return {Channel.EMAIL: mail, Channel.WEBHOOK: webhook}


class Sender:
    def __init__(self, database: Database, carriers: Carriers, settings: NotifySettings) -> None:
        self._database = database
        self._carriers = carriers
        self._settings = settings

    async def send_due(self) -> int:
        """Try every message that is due, `AT_ONCE` at most; returns how many were tried."""
        async with self._database.transaction() as session:
            claimed = await claim(session, AT_ONCE, timedelta(seconds=self._settings.lease))
        reasons = await asyncio.gather(*map(self._send, claimed))
        await self._skip([(message, why) for message, why in zip(claimed, reasons, strict=True) if why is not None])
        return len(claimed)

    async def _send(self, message: Message) -> str | None:
        """Send it and write down how it went; returns why there is nowhere to send it, and then writes nothing."""
        error: str | None
        try:
            async with asyncio.timeout(self._settings.lease / 2):  # done, one way or the other, while it is still ours
                await self._carriers[Channel(message.channel)].deliver(message)
        except NowhereToSend as reason:
            return str(reason)
        except Exception as failure:
            last = isinstance(failure, Refused) or message.attempts >= self._settings.delivery_attempts
            state, error = State.ABANDONED if last else State.PENDING, _reason(failure)
        else:
            state, error = State.DELIVERED, None
        await self._settle(message, state, error)
        return None

    async def _settle(self, message: Message, state: State, error: str | None) -> None:
        """Whoever lost the lease meanwhile writes nothing."""
        at = now()
        changes = {"state": state, "error": error, "delivered_at": at if state is State.DELIVERED else None}
        if state is State.PENDING:
            changes["due_at"] = at + timedelta(seconds=pause(message.attempts, self._settings))
        mine = (Message.id == message.id, Message.state == State.PENDING, Message.attempts == message.attempts)
        with acting(ACTOR, message.event["subject"]):
            async with self._database.transaction() as session:
                settled = await session.execute(sa.update(Message).where(*mine).values(changes).returning(Message.id))
                if settled.first() and state is State.ABANDONED:
                    await record(session, _abandoned(message, error or ""))
            _told(message, state, error)

    async def _skip(self, skipped: Sequence[tuple[Message, str]]) -> None:
        """All in one statement: where no mail server is set, these are all the e-mail there is."""
        if not skipped:
            return
        async with self._database.transaction() as session:
            await skip(session, skipped)
        for message, why in skipped:
            _told(message, State.SKIPPED, why)


def _told(message: Message, state: State, reason: str | None) -> None:
    DELIVERIES.labels(message.channel, state).inc()
    note = log.info if state in (State.DELIVERED, State.SKIPPED) else log.warning
    note(
        "message_tried", message=message.id, channel=message.channel, state=state, attempt=message.attempts,
        reason=reason,
    )  # fmt: skip


def pause(attempts: int, settings: NotifySettings) -> float:
    """Seconds to the next attempt: doubled each time up to the longest, and less by up to a half at random."""
    longest: float = min(settings.retry_longest, settings.retry_first * 2.0 ** (attempts - 1))
    return longest * random.uniform(0.5, 1)  # noqa: S311 - spreads attempts, guards nothing


def _reason(failure: Exception) -> str:
    """Other exceptions' words may hold an address: only their kind is kept."""
    return str(failure) if isinstance(failure, Undelivered) else type(failure).__name__


def _abandoned(message: Message, error: str) -> DeliveryAbandoned:
    return DeliveryAbandoned(
        message_id=message.id, channel=message.channel, party=message.party, attempts=message.attempts, error=error
    )
