"""What carries a message out of the house, and how it may fail. No reason names an address."""

from typing import Protocol

from services.notify.models import Message


class Undelivered(Exception):  # noqa: N818 - the outcome of an attempt
    """Its words are written down."""


class NowhereToSend(Undelivered):
    """There is no address, or the endpoint is gone: nothing failed, and nothing is to be tried again."""


class Refused(Undelivered):
    """The other side will never take it: no further attempt."""


class Failed(Undelivered):
    """It may go better next time."""


class Carrier(Protocol):
    async def deliver(self, message: Message) -> None:
        """Returns when the other side has taken the message. It may be given the same message again.

        Raises `NowhereToSend`, `Refused`, or anything else for a failure that may pass.
        """

    async def close(self) -> None: ...
