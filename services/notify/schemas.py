"""What the API of notify takes and gives."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Self, TypeVar
from uuid import UUID

from pydantic import AfterValidator, Field

from chassis.storable import STORABLE
from contracts.model import Model
from services.notify.models import Message, WebhookEndpoint
from services.notify.texts import letter
from services.notify.webhook_rules import OFFERED_TYPES


def _offered(event_type: str) -> str:
    if event_type not in OFFERED_TYPES:
        raise ValueError(f"webhooks carry only: {', '.join(sorted(OFFERED_TYPES))}")
    return event_type


EventType = Annotated[str, AfterValidator(_offered)]
Url = Annotated[str, Field(min_length=1, max_length=2000, pattern=STORABLE)]


class WithId(Model):
    id: UUID


Item = TypeVar("Item", bound=WithId)


class Page(Model, Generic[Item]):
    """`next` is the cursor of the following page; None on the last one."""

    items: tuple[Item, ...]
    next: UUID | None = None

    @classmethod
    def of(cls, items: Sequence[Item], limit: int) -> Self:
        return cls(items=tuple(items), next=items[-1].id if len(items) == limit else None)


class InboxMessage(WithId):
    """`subject` is what it is about, as `nomination/{id}`."""

    kind: str
    subject: str
    title: str
    text: str
    created_at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, message: Message, language: str) -> Self:
        title, text = letter(message.template, message.event, language)
        return cls(
            id=message.id,
            kind=message.template,
            subject=message.event["subject"],
            title=title,
            text=text,
            created_at=message.created_at,
            read_at=message.read_at,
        )


class MessageCounts(Model):
    unread: int


class MessagesRead(Model):
    """How many were unread until now."""

    read: int


class NewWebhook(Model):
    """`party` is `ministry` or `authority:<code>`; only an administrator names it. No `event_types`: all offered."""

    url: Url
    event_types: tuple[EventType, ...] = Field((), max_length=50)
    party: str | None = Field(None, pattern=r"^(ministry|authority:\d{6})$")


class WebhookChanges(Model):
    """What is left out stays as it is."""

    url: Url | None = None
    event_types: tuple[EventType, ...] | None = Field(None, max_length=50)
    active: bool | None = None


class Webhook(WithId):
    party: str
    url: str
    event_types: tuple[str, ...]
    active: bool
    created_at: datetime

    @classmethod
    def of(cls, endpoint: WebhookEndpoint) -> Self:
        return cls.model_validate(endpoint, from_attributes=True)


class WebhookWithSecret(Webhook):
    """The only answer that shows the secret: `whsec_` and base64, as Standard Webhooks libraries take it."""

    secret: str


class Delivery(WithId):
    event_id: UUID
    event_type: str
    subject: str
    state: str
    attempts: int
    error: str | None
    created_at: datetime
    delivered_at: datetime | None
    next_attempt_at: datetime | None

    @classmethod
    def of(cls, message: Message) -> Self:
        return cls(
            event_type=message.event["type"],
            subject=message.event["subject"],
            next_attempt_at=message.due_at if message.state == "pending" else None,
            **{
                name: getattr(message, name)
                for name in ("id", "event_id", "state", "attempts", "error", "created_at", "delivered_at")
            },
        )
