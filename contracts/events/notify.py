"""Facts of the notify service."""

from uuid import UUID

from contracts.events.base import Event, PersonalDataErased, event


@event("notify.delivery.abandoned.v1")
class DeliveryAbandoned(Event):
    """A message could not be delivered after its last attempt. Names no address."""

    message_id: UUID
    channel: str
    party: str
    attempts: int
    error: str

    @property
    def subject(self) -> str:
        return f"message/{self.message_id}"


@event("notify.personal_data.erased.v1")
class NotifyDataErased(PersonalDataErased):
    """Answers that were kept by idempotency key."""
