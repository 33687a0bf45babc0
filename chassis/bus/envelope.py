"""The envelope of an event as CloudEvents 1.0 has it; the body stays unread until somebody asks for the event."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import ValidationError

from contracts.events import CATALOGUE, Event


class Unreadable(Exception):  # noqa: N818 - named for what the message is
    """A message nobody can understand, today or after a retry. `field` is what is wrong with it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Envelope:
    """`actor`, `correlation_id` and `traceparent` are extensions; `data` is the JSON body as it was recorded."""

    id: UUID
    source: str
    type: str
    subject: str
    time: datetime
    actor: str
    correlation_id: str
    traceparent: str | None
    data: bytes

    def event(self) -> Event:
        """Raises `Unreadable` for a type that is not in the catalogue and for a body that is not of its form."""
        cls = CATALOGUE.get(self.type)
        if cls is None:
            raise Unreadable("type", f"there is no event {self.type!r}")
        try:
            return cls.model_validate_json(self.data)
        except ValidationError as error:
            raise _unreadable(error) from None


def source_of(service: str) -> str:
    return f"urn:liaison:{service}"


def _unreadable(error: ValidationError) -> Unreadable:
    """The first finding, without the value: a body may hold what a log must not."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return Unreadable(".".join(["body", *map(str, first["loc"])]), first["msg"])
