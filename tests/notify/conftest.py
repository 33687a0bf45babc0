"""A mail server, a receiver of webhooks, notify's database, and a sender between them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
import sqlalchemy as sa
from aiosmtpd.smtp import SMTP, Envelope, Session

from chassis.auth.tokens import generate_key
from chassis.db import Database
from chassis.ids import new_id
from contracts.events import Event
from services.notify.contacts import Contacts
from services.notify.mail import MailCarrier
from services.notify.making import make_messages
from services.notify.models import Message, WebhookEndpoint
from services.notify.rules import Channel
from services.notify.sender import Sender
from services.notify.settings import NotifySettings
from services.notify.webhook import WebhookCarrier
from tests.fixtures.databases import MakeDatabase
from tests.notify.receiver import Receiver, receiving
from tests.notify.samples import HENAN, envelope_of

SECRET = "whsec_" + "QUJD" * 11
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class Mailbox:
    """An SMTP server's handler. `answers` are used up one by one, then everything is taken."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.SMTP)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    made = Mailbox()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(made), "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as made:
        yield made


@pytest.fixture
async def filing() -> AsyncIterator[Receiver]:
    """Answers as filing does when it is asked for an enterprise's contact."""
    async with receiving() as made:
        made.always, made.reply = 200, {"name": "王五", "phone": "1", "email": "wang@example.com", "language": "en"}
        yield made


@pytest.fixture
async def database(service_database: MakeDatabase) -> Database:
    return await service_database("notify")


@pytest.fixture
def settings(tmp_path: Path, mailbox: Mailbox, filing: Receiver) -> NotifySettings:
    key = tmp_path / "key.json"
    key.write_bytes(orjson.dumps(generate_key()))
    return NotifySettings.model_validate(
        {
            "addresses": {"ministry": "office@example.cn"},
            "smtp_host": "127.0.0.1",
            "smtp_port": mailbox.port,
            "mail_from": "联络通 <liaison@example.cn>",
            "service_urls": {"filing": filing.url},
            "signing_key_file": key,
            "webhook_private_targets": True,
            "webhook_plain_http": True,
            "delivery_attempts": 3,
            "retry_first": 0,
        }
    )


@dataclass
class Post:
    """Everything between an event and its delivery, bus apart."""

    database: Database
    sender: Sender

    async def told(self, *events: Event) -> None:
        async with self.database.transaction() as session:
            for event in events:
                await make_messages(session, event, envelope_of(event))

    async def sent(self) -> int:
        """Everything is due now, gathered or not; sends until nothing is."""
        tried = 0
        while True:
            async with self.database.transaction() as session:
                await session.execute(sa.update(Message).where(Message.attempts == 0).values(due_at=LONG_AGO))
            now = await self.sender.send_due()
            tried += now
            if not now:
                return tried

    async def messages(self, channel: Channel) -> list[Message]:
        async with self.database.transaction() as session:
            found = sa.select(Message).where(Message.channel == channel).order_by(Message.id)
            return list((await session.scalars(found)).all())

    async def endpoint(self, url: str, party: str = HENAN, **changes: Any) -> UUID:
        async with self.database.transaction() as session:
            row = {"id": new_id(), "party": party, "url": url, "secret": SECRET, "event_types": [], "active": True,
                   "created_at": LONG_AGO, "created_by": "authority:li"} | changes  # fmt: skip
            session.add(WebhookEndpoint(**row))
        return UUID(str(row["id"]))


MakePost = Callable[[NotifySettings], Post]


@pytest.fixture
async def make_post(database: Database) -> AsyncIterator[MakePost]:
    opened: list[Any] = []

    def make(settings: NotifySettings) -> Post:
        contacts = Contacts(settings)
        mail, webhook = MailCarrier(settings, contacts.find), WebhookCarrier(settings, database)
        opened.extend([contacts, mail, webhook])
        return Post(database, Sender(database, {Channel.EMAIL: mail, Channel.WEBHOOK: webhook}, settings))

    yield make
    for each in opened:
        await each.close()


@pytest.fixture
def post(make_post: MakePost, settings: NotifySettings) -> Post:
    return make_post(settings)
